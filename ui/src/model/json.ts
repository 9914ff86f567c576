/**
 * JSON text in and out without loss: a number that JavaScript cannot hold exactly stays as the text it was.
 */
import { isLosslessNumber, LosslessNumber, parse, stringify } from "lossless-json";

function parseNumber(text: string): number | LosslessNumber {
  const value = Number(text);
  return Number.isFinite(value) && String(value) === text ? value : new LosslessNumber(text);
}

export function parseJson(text: string): unknown {
  return parse(text, undefined, { parseNumber });
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
