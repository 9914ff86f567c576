/**
 * JSON text in and out without loss: a number that JavaScript cannot hold exactly stays as the text it was.
 */
import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";

function parseNumber(text: string): number | LosslessNumber {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : new LosslessNumber(text);
}

export function parseJson(text: string): unknown {
  // These names cannot be assigned to objects whose prototype is frozen, as it is in the app's window;
  // JSON.parse defines its members instead. It reads the numbers as doubles, which is the smaller loss.
  if (PROTOTYPE_NAMES.test(text)) {
    const native: unknown = JSON.parse(text);
    if (hasPrototypeName(native)) return native;
  }
  return parse(text, undefined, { parseNumber });
}

const PROTOTYPE_NAMES =
  /"(?:__proto__|constructor|toString|toLocaleString|valueOf|hasOwnProperty|isPrototypeOf|propertyIsEnumerable|__\w+Getter__|__\w+Setter__)"/;

function hasPrototypeName(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return Object.entries(value).some(([name, member]) => name in Object.prototype || hasPrototypeName(member));
}

export function writeJson(value: unknown, indent?: number): string {
  return stringify(value, undefined, indent) ?? "null";
}

export { isLosslessNumber };

/** `JSON.parse` that gives `undefined` instead of throwing. */
export function tryParseJson(text: string): unknown {
  try {
    return parseJson(text);
  } catch {
    return undefined;
  }
}
