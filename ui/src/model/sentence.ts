/** A text that ends as a sentence does, so that another can follow on the same line. */
export function sentence(text: string): string {
  return /[.!?:…]$/.test(text.trimEnd()) ? text : `${text}.`;
}

/**
 * What the core says, as a sentence of its own. One that begins with a word of the language gets a capital; a name, a
 * path or an address stays as it is.
 */
export function spoken(message: string): string {
  const [first = ""] = message.split(" ", 1);
  const isWord = /^[a-z]+$/.test(first) && first !== message;
  return sentence(isWord ? message.charAt(0).toUpperCase() + message.slice(1) : message);
}

/** The same where nothing but plain text can be, a tooltip say: without the backticks around names. */
export function unmarked(text: string): string {
  return text.replaceAll("`", "");
}
