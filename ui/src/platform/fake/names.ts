/** Names that exist at a place of a document, references to a step, and a small checker. */
import type { Connector, Step } from "@/model/connector";
import { authSteps, isMultistep, refreshSteps } from "@/model/document";
import { formatPath, isInside, type Path, parsePath } from "@/model/path";
import { refreshOf } from "@/model/refresh";
import { stepKind, stepOutputs } from "@/model/stepKinds";
import { templateParts } from "@/model/template";
import type { Diagnostic, Reference, TemplateName } from "../wire";

export const FUNCTIONS: TemplateName[] = [
  { name: "now()", detail: "Unix seconds", kind: "function" },
  { name: "uuid()", detail: "random UUID", kind: "function" },
  { name: "random_hex(16)", detail: "random bytes", kind: "function" },
];
export const FILTERS: TemplateName[] = [
  "base64encode",
  "urlencode",
  "default('')",
  "hash('sha256')",
  "json",
].map((name) => ({ name, detail: "filter", kind: "filter" }));

/** The steps whose outputs are there: of the flow so far, and in a refresh all of the auth flow's. */
function stepsBefore(connector: Connector, parts: readonly (string | number)[]): readonly Step[] {
  const [top, second, third, fourth] = parts;
  const steps = authSteps(connector);
  if (top !== "auth") return steps;
  if (second === "steps") return steps.slice(0, Number(third));
  if (second !== "refresh") return steps;
  const renewing = refreshSteps(connector);
  if (third === "on") return steps;
  return [...steps, ...(third === "steps" ? renewing.slice(0, Number(fourth)) : renewing)];
}

export function namesAt(connector: Connector, path: string): TemplateName[] {
  const parts = parsePath(path);
  const inRefresh = parts[0] === "auth" && parts[1] === "refresh";
  const names: TemplateName[] = [];
  for (const step of stepsBefore(connector, parts)) {
    if (step.disabled) continue;
    for (const output of stepOutputs(step)) {
      names.push({ name: `${step.id}.${output}`, detail: stepKind(step.type).name, kind: "step_output" });
    }
  }
  for (const variable of connector.variables ?? []) {
    names.push({
      name: `vars.${variable.name}`,
      detail: variable.secret ? "secret" : "variable",
      kind: "variable",
    });
  }
  names.push({ name: "connector.base_url", detail: connector.base_url, kind: "connector" });
  names.push({ name: "connector.name", detail: connector.name, kind: "connector" });
  names.push({ name: "account.name", detail: "the account", kind: "account" });
  if (parts[0] === "endpoints") {
    for (const input of connector.endpoints?.[Number(parts[1])]?.inputs ?? []) {
      names.push({ name: `input.${input.name}`, detail: input.type ?? "text", kind: "input" });
    }
  }
  const own = parts[1] === "steps" ? parts.slice(3) : parts[2] === "steps" ? parts.slice(4) : [];
  const isTrigger = inRefresh && parts[2] === "on";
  if (
    isTrigger ||
    own[0] === "outputs" ||
    (own[0] === "success" && own[1] === "when") ||
    own[0] === "until"
  ) {
    for (const name of ["body", "headers", "status", "cookies", "raw"]) {
      names.push({ name, detail: "the answer at hand", kind: "answer" });
    }
  }
  return [...names, ...FUNCTIONS, ...FILTERS];
}

export function* templates(value: unknown, path: Path): Generator<[Path, string]> {
  if (typeof value === "string") {
    if (value.includes("{{")) yield [path, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) yield* templates(item, [...path, index]);
  } else if (typeof value === "object" && value !== null) {
    for (const [key, item] of Object.entries(value)) yield* templates(item, [...path, key]);
  }
}

export function referencesTo(connector: Connector, step: string): Reference[] {
  const found: Reference[] = [];
  for (const [path, source] of templates(connector, [])) {
    for (const part of templateParts(source)) {
      if (part.kind === "expression" && new RegExp(`\\b${step}[.[]`).test(part.text)) {
        found.push({ path: formatPath(path), expression: `{{ ${part.text} }}` });
      }
    }
  }
  for (const [index, update] of (refreshOf(connector).updates ?? []).entries()) {
    if (parsePath(update.target)[0] !== step) continue;
    found.push({ path: `auth.refresh.updates[${index}].target`, expression: update.target });
  }
  return found;
}

/** A value whose templates call something by another name; how many expressions were rewritten. */
export function rewritten(value: unknown, from: string, to: string): { value: unknown; changed: number } {
  let changed = 0;
  const rewrite = (one: unknown): unknown => {
    if (typeof one === "string" && one.includes("{{")) {
      return templateParts(one)
        .map((part) => {
          const source = one.slice(part.from, part.to);
          if (part.kind !== "expression") return source;
          const next = source.replace(new RegExp(`\\b${from}(?=[.[])`, "g"), to);
          if (next !== source) changed += 1;
          return next;
        })
        .join("");
    }
    if (Array.isArray(one)) return one.map(rewrite);
    if (typeof one === "object" && one !== null) {
      return Object.fromEntries(Object.entries(one).map(([key, item]) => [key, rewrite(item)]));
    }
    return one;
  };
  return { value: rewrite(value), changed };
}

export function renamed(
  connector: Connector,
  from: string,
  to: string,
): { connector: Connector; changed: number } {
  const { value, changed: references } = rewritten(connector, from, to);
  let changed = references;
  const next = value as Connector;
  if (isMultistep(next.auth)) {
    const withId = (step: Step): Step => (step.id === from ? { ...step, id: to } : step);
    next.auth.steps = next.auth.steps.map(withId);
    const { refresh } = next.auth;
    if (refresh?.steps) refresh.steps = refresh.steps.map(withId);
    for (const update of refresh?.updates ?? []) {
      if (parsePath(update.target)[0] !== from) continue;
      update.target = to + update.target.slice(from.length);
      changed += 1;
    }
  }
  return { connector: next, changed };
}

export function check(connector: Connector): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const [path, source] of templates(connector, [])) {
    const text = formatPath(path);
    const names = namesAt(connector, text);
    for (const part of templateParts(source)) {
      if (part.kind === "broken") {
        found.push({
          code: "template.syntax",
          severity: "error",
          path: text,
          message: "The expression is empty or does not end.",
          help: "Close it with }}.",
        });
      }
      const used = /^[a-z_][\w.]*/.exec(part.text)?.[0];
      if (part.kind !== "expression" || !used || part.text.includes("default(")) continue;
      const known = names.some((name) => used === name.name.replace(/\(.*/, "") || isInside(used, name.name));
      if (known) continue;
      const near = names.find((name) => name.name.split(".")[0] === used.split(".")[0]) ?? names[0];
      found.push({
        code: "template.undefined",
        severity: "error",
        path: text,
        message: `“${used}” is not defined here.`,
        help: near ? `The nearest name is “${near.name}”.` : "",
      });
    }
  }
  const steps = new Set(authSteps(connector).map((step) => step.id));
  for (const [index, { target }] of (refreshOf(connector).updates ?? []).entries()) {
    if (steps.has(String(parsePath(target)[0]))) continue;
    found.push({
      code: "template.undefined",
      severity: "error",
      path: `auth.refresh.updates[${index}].target`,
      message: target === "" ? "The update has no target." : `“${target}” is no output of the auth flow.`,
      help: "Name an output of the auth flow, such as login.body.token.",
    });
  }
  if (connector.base_url.startsWith("http://") && !connector.base_url.includes("127.0.0.1")) {
    found.push({
      code: "url.not_encrypted",
      severity: "warning",
      path: "base_url",
      message: "The base URL is not encrypted.",
      help: "Use https where the API offers it.",
    });
  }
  for (const [index, step] of authSteps(connector).entries()) {
    if (step.type === "oauth2_pkce" && step.code_challenge_method === "plain") {
      found.push({
        code: "oauth.pkce_plain",
        severity: "warning",
        path: `auth.steps[${index}].code_challenge_method`,
        message: "the code challenge is the verifier itself: whoever sees the address can use the code",
        help: "Use S256 unless the provider knows `plain` alone.",
      });
    }
    if (step.type === "form" && step.fields.length === 0) {
      found.push({
        code: "form.empty",
        severity: "warning",
        path: `auth.steps[${index}].fields`,
        message: "This form asks for nothing.",
        help: "Add a field, or delete the step.",
      });
    }
  }
  return found;
}
