/** Enough of the template language to make the in-memory runs believable: paths, and a few functions. */

import { isLosslessNumber } from "@/model/json";
import { parsePath, valueAt } from "@/model/path";
import { singleExpression, templateParts } from "@/model/template";
import type { AppError } from "../wire";

export type Scope = Record<string, unknown>;

export function failure(code: string, message: string, more: Partial<AppError> = {}): AppError {
  return { code, message, hint: null, step: null, field: null, retryable: false, ...more };
}

function evaluate(expression: string, scope: Scope): unknown {
  const [head = "", ...filters] = expression.split("|").map((part) => part.trim());
  if (head === "uuid()") return "3f0c2a9e-5b7d-4b61-9a51-0f2e6f1d7c44";
  if (head === "now()") return 1_760_000_000;
  const literal = /^(['"])(.*)\1$/.exec(head);
  const comparison = /^(.+?)\s*(==|!=)\s*(['"])(.*)\3$/.exec(head);
  if (comparison) {
    const same = String(evaluate(comparison[1] ?? "", scope)) === comparison[4];
    return comparison[2] === "==" ? same : !same;
  }
  const defined = /^(.+) is defined$/.exec(head);
  if (defined) return valueAt(scope, parsePath(defined[1] ?? "")) !== undefined;
  let value = literal ? literal[2] : valueAt(scope, parsePath(head));
  for (const filter of filters) {
    if (filter === "base64encode") value = btoa(String(value));
    else if (filter.startsWith("default")) value ??= /\((['"]?)(.*?)\1\)/.exec(filter)?.[2];
  }
  if (value === undefined) {
    throw failure("template.undefined", `“${head}” is not defined here.`, {
      hint: `These exist: ${Object.keys(scope).join(", ")}.`,
    });
  }
  return value;
}

export function render(source: string, scope: Scope): unknown {
  const single = singleExpression(source);
  if (single !== null) return evaluate(single, scope);
  return templateParts(source)
    .map((part) => {
      if (part.kind === "text") return part.text;
      const value = evaluate(part.text, scope);
      return typeof value === "string" ? value : JSON.stringify(value);
    })
    .join("");
}

export function renderDeep(value: unknown, scope: Scope): unknown {
  if (typeof value === "string") return render(value, scope);
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, scope));
  if (typeof value === "object" && value !== null && !isLosslessNumber(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, renderDeep(item, scope)]));
  }
  return value;
}

const SECRET = /token(?!_(?:type|url))|secret|password|key|session|cookie|authorization(?!_url)/i;
export const MASK = "•••";

/** Secret members of a value, masked; the core does this for real. */
export function masked(value: unknown, name = ""): unknown {
  if (Array.isArray(value)) return value.map((item) => masked(item, name));
  if (typeof value === "object" && value !== null && !isLosslessNumber(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(item, key)]));
  }
  return SECRET.test(name) && value !== "" ? MASK : value;
}
