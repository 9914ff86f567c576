/** A text that ends as a sentence does, so that another can follow on the same line. */
export function sentence(text: string): string {
  return /[.!?:…]$/.test(text.trimEnd()) ? text : `${text}.`;
}
