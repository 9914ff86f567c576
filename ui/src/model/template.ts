/** Where the expressions of a template are. What they mean is the core's business, not the window's. */

export interface TemplatePart {
  kind: "text" | "expression" | "broken";
  from: number;
  to: number;
  /** The expression without its braces; the text itself otherwise. */
  text: string;
}

const CLOSING: Record<string, string> = { "{{": "}}", "{%": "%}", "{#": "#}" };

/** The end of the expression that opens at `from`, quotes respected; -1 where it never closes. */
function closingIndex(source: string, from: number, closing: string): number {
  let quote = "";
  for (let i = from; i < source.length; i += 1) {
    const char = source[i];
    if (quote !== "") {
      if (char === "\\") i += 1;
      else if (char === quote) quote = "";
    } else if (closing !== "#}" && (char === '"' || char === "'")) quote = char;
    else if (source.startsWith(closing, i)) return i;
  }
  return -1;
}

export function templateParts(source: string): TemplatePart[] {
  const parts: TemplatePart[] = [];
  let at = 0;
  while (at < source.length) {
    const open = source.slice(at).search(/\{[{%#]/);
    if (open < 0) break;
    const from = at + open;
    if (from > at) parts.push({ kind: "text", from: at, to: from, text: source.slice(at, from) });
    const closing = CLOSING[source.slice(from, from + 2)] ?? "}}";
    const end = closingIndex(source, from + 2, closing);
    const stop = end < 0 ? source.length : end + 2;
    const inner = source.slice(from + 2, end < 0 ? source.length : end).trim();
    const broken = end < 0 || (closing === "}}" && inner === "");
    parts.push({ kind: broken ? "broken" : "expression", from, to: stop, text: inner });
    at = stop;
  }
  if (at < source.length) parts.push({ kind: "text", from: at, to: source.length, text: source.slice(at) });
  return parts;
}

/** The expression's text where the template is exactly one expression, otherwise null. */
export function singleExpression(source: string): string | null {
  const parts = templateParts(source.trim());
  return parts.length === 1 && parts[0]?.kind === "expression" ? parts[0].text : null;
}

export function expressionOf(path: string): string {
  return `{{ ${path} }}`;
}

/** A member below a template path, quoted where it is no plain name: `login.headers['content-type']`. */
export function memberPath(parent: string, member: string | number): string {
  if (typeof member === "number") return `${parent}[${member}]`;
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(member)) return parent === "" ? member : `${parent}.${member}`;
  return `${parent}['${member.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`;
}
