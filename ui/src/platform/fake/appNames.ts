/** Names that exist at a place of an app, a rename, and a small checker: as much as a person can tell from the core. */
import { type App, controlsOf, locateControl, readApp, screensOf } from "@/model/app";
import { controlKind } from "@/model/controlKinds";
import { formatPath, isInside, parsePath } from "@/model/path";
import { templateParts } from "@/model/template";
import type { BindableConnector, Diagnostic, TemplateName } from "../wire";
import { FILTERS, FUNCTIONS, rewritten, templates } from "./names";

const local = (name: string, detail: string): TemplateName => ({ name, detail, kind: "answer" });

export function appNamesAt(app: App, path: string): TemplateName[] {
  const parts = parsePath(path);
  const names: TemplateName[] = [];
  for (const { control } of controlsOf(app)) {
    const { id, type } = control;
    for (const name of controlKind(type).names) {
      names.push({ name: `${id}.${name}`, detail: controlKind(type).name, kind: "control" });
    }
    if (!control.source) continue;
    for (const name of ["data", "status"]) {
      names.push({ name: `${id}.${name}`, detail: "its last answer", kind: "control" });
    }
  }
  for (const { name } of app.variables ?? []) {
    names.push({ name: `vars.${name}`, detail: "variable", kind: "variable" });
  }
  for (const name of ["app.name", "screen.id", "screen.name"]) {
    names.push({ name, detail: "a fact", kind: "app" });
  }
  if (parts[2] === "controls" && parts[4] !== "source") names.push(local("data", "its answer"));
  const ofRows = ["columns", "row_select", "option_value", "option_label"];
  if (ofRows.some((one) => parts.includes(one))) {
    names.push(local("row", "the row"), local("index", "its place"));
  }
  if (parts.includes("fields")) names.push(local("record", "the object"));
  if (parts.includes("then")) {
    names.push(...["answer.body", "answer.status", "answer.headers"].map((one) => local(one, "the answer")));
  }
  if (parts.includes("otherwise")) {
    names.push(...["error.code", "error.message", "error.status"].map((one) => local(one, "what failed")));
  }
  return [...names, ...FUNCTIONS, ...FILTERS];
}

export function controlRenamed(text: string, from: string, to: string): { app: App; changed: number } {
  const app = readApp(text);
  const { value, changed } = rewritten(app, from, to);
  let more = 0;
  const withControl = (one: unknown): unknown => {
    if (Array.isArray(one)) return one.map(withControl);
    if (typeof one !== "object" || one === null) return one;
    const members = Object.entries(one).map(([name, member]) => {
      const isName = (name === "control" || name === "target") && member === from;
      if (isName) more += 1;
      return [name, isName ? to : withControl(member)];
    });
    return Object.fromEntries(members);
  };
  const next = withControl(value) as App;
  const found = locateControl(next, from);
  if (found) found.control.id = to;
  return { app: next, changed: changed + more };
}

function finding(
  code: string,
  path: string,
  message: string,
  help = "",
  severity: Diagnostic["severity"] = "error",
): Diagnostic {
  return { code, severity, path, message, help };
}

export function checkApp(app: App, library: readonly BindableConnector[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (!app.name) found.push(finding("file.invalid", "name", "the name is empty", "Give the app a name."));
  const seen = new Set<string>();
  for (const { control, at } of controlsOf(app)) {
    if (seen.has(control.id)) {
      found.push(finding("app.doubled_id", formatPath([...at, "id"]), `“${control.id}” is there twice.`));
    }
    seen.add(control.id);
  }
  for (const [path, source] of templates(app, [])) {
    const text = formatPath(path);
    const names = appNamesAt(app, text);
    for (const part of templateParts(source)) {
      if (part.kind === "broken") {
        found.push(
          finding("template.syntax", text, "The expression is empty or does not end.", "Close it with }}."),
        );
      }
      const used = /^[a-z_][\w.]*/.exec(part.text)?.[0];
      if (part.kind !== "expression" || !used || part.text.includes("default(")) continue;
      if (names.some((name) => used === name.name.replace(/\(.*/, "") || isInside(used, name.name))) continue;
      found.push(finding("template.undefined", text, `“${used}” is not defined here.`));
    }
  }
  const walk = (value: unknown, path: readonly (string | number)[]) => {
    if (typeof value !== "object" || value === null) return;
    if ("connector" in value && "endpoint" in value) checkCall(value as Call, path);
    const { type, screen, control } = value as Record<string, unknown>;
    if (type === "go_to_screen" && !screensOf(app).some((one) => one.id === screen)) {
      found.push(
        finding("app.screen_unknown", formatPath([...path, "screen"]), `There is no screen “${screen}”.`),
      );
    }
    if (type === "load" && !locateControl(app, String(control))) {
      found.push(
        finding("app.control_unknown", formatPath([...path, "control"]), `There is no control “${control}”.`),
      );
    }
    for (const [name, member] of Object.entries(value))
      walk(member, [...path, Array.isArray(value) ? Number(name) : name]);
  };
  const checkCall = (call: Call, path: readonly (string | number)[]) => {
    const used = app.connectors?.find((one) => one.id === call.connector);
    const connector = library.find((one) => one.id === used?.connector || one.name === used?.connector);
    if (!used) {
      const message = `The app has no connector “${call.connector}”.`;
      found.push(
        finding("app.connector_unknown", formatPath([...path, "connector"]), message, "Add it to the app."),
      );
      return;
    }
    const endpoint = connector?.endpoints.find((one) => one.id === call.endpoint);
    if (!endpoint) {
      const message = `“${call.connector}” has no endpoint “${call.endpoint}”.`;
      found.push(finding("app.endpoint_unknown", formatPath([...path, "endpoint"]), message));
      return;
    }
    for (const input of endpoint.inputs.filter((one) => one.required && !call.inputs?.[one.name])) {
      const message = `The endpoint needs “${input.name}”.`;
      found.push(finding("app.input_missing", formatPath([...path, "inputs"]), message));
    }
  };
  walk(app.screens, ["screens"]);
  for (const [index, used] of (app.connectors ?? []).entries()) {
    const isThere = library.some((one) => one.id === used.connector || one.name === used.connector);
    if (isThere || used.definition) continue;
    const message = `There is no connector “${used.connector}” here.`;
    found.push(finding("app.connector_missing", `connectors[${index}].connector`, message));
  }
  return found;
}

interface Call {
  connector: string;
  endpoint: string;
  inputs?: Record<string, string>;
}
