/** What the window knows of each kind of control: its name, what it is for, what it can do, a new one, a summary. */
import type { Control, ControlType, EventName } from "./app";
import { freeId, idProblem } from "./stepKinds";
import { templateParts } from "./template";

export interface ControlKind {
  type: ControlType;
  name: string;
  description: string;
  /** The events that it has actions for, most used first. */
  events: readonly EventName[];
  /** What it leaves for templates, beside `data` and `status` of its source. */
  names: readonly string[];
  /** Whether an answer is its usual content. */
  hasData: boolean;
}

export const CONTROL_KINDS: readonly ControlKind[] = [
  {
    type: "text",
    name: "Text",
    description: "Words: a title, a heading, a value in a sentence.",
    events: ["load"],
    names: [],
    hasData: true,
  },
  {
    type: "input",
    name: "Input",
    description: "One value that a person types.",
    events: ["change", "load"],
    names: ["value"],
    hasData: true,
  },
  {
    type: "button",
    name: "Button",
    description: "Something to click: call, save, go on.",
    events: ["click", "load"],
    names: [],
    hasData: false,
  },
  {
    type: "table",
    name: "Table",
    description: "The rows of an answer, one of which can be selected.",
    events: ["row_select", "load"],
    names: ["selected", "rows"],
    hasData: true,
  },
  {
    type: "select",
    name: "Select",
    description: "One value out of some.",
    events: ["change", "load"],
    names: ["value"],
    hasData: true,
  },
  {
    type: "record",
    name: "Record",
    description: "The members of one object, line by line.",
    events: ["load"],
    names: [],
    hasData: true,
  },
  {
    type: "json",
    name: "JSON",
    description: "A value as it came, to look into.",
    events: ["load"],
    names: [],
    hasData: true,
  },
  {
    type: "image",
    name: "Image",
    description: "A picture out of an answer.",
    events: ["click", "load"],
    names: [],
    hasData: true,
  },
];

const BY_TYPE = new Map<string, ControlKind>(CONTROL_KINDS.map((kind) => [kind.type, kind]));

export function isControlType(type: unknown): type is ControlType {
  return typeof type === "string" && BY_TYPE.has(type);
}

export function controlKind(type: ControlType): ControlKind {
  return BY_TYPE.get(type) ?? { type, name: type, description: "", events: [], names: [], hasData: true };
}

const NEW_ID: Record<ControlType, string> = {
  text: "text",
  input: "input",
  button: "button",
  table: "table",
  select: "choice",
  record: "details",
  json: "answer_json",
  image: "picture",
};

export function newControl(type: ControlType, taken: ReadonlySet<string>): Control {
  const id = freeId(NEW_ID[type], taken);
  switch (type) {
    case "text":
      return { id, type, text: "Some words" };
    case "input":
      return { id, type, label: "Input", width: 6 };
    case "button":
      return { id, type, width: 3, text: "Button", style: "primary" };
    case "table":
      return { id, type, label: "Table" };
    case "select":
      return { id, type, label: "Choice", width: 6, options: [{ value: "one", label: "One" }] };
    case "record":
      return { id, type, label: "Details" };
    case "json":
      return { id, type, label: "Answer" };
    case "image":
      return { id, type, width: 3 };
  }
}

/** A template without its braces and without its statements and comments, as a name in a line. */
function plainWords(source: string): string {
  return templateParts(source)
    .filter((part) => !source.startsWith("{%", part.from) && !source.startsWith("{#", part.from))
    .map((part) => part.text)
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

/** What people read of a control in a list: its label, its words, or its kind. */
export function controlTitle(control: Control): string {
  const words = "text" in control ? control.text : undefined;
  return plainWords(control.label ?? "") || plainWords(words ?? "") || controlKind(control.type).name;
}

export function controlSummary(control: Control): string {
  const { source } = control;
  const binding = source ? `${source.connector}.${source.endpoint || "…"}` : controlKind(control.type).name;
  return `${control.id} · ${binding}`;
}

/** Facts, and what is there by a bare name in some place. */
const RESERVED = new Set("vars app screen data row index record answer error".split(" "));

/** Why this cannot be a control's id, or null where it can. */
export function controlIdProblem(id: string, taken: ReadonlySet<string>): string | null {
  return idProblem(id, "control", RESERVED, taken);
}

/** A control out of the clipboard, or nothing where there is none in it. */
export function controlFrom(pasted: unknown): Control | null {
  if (typeof pasted !== "object" || pasted === null) return null;
  const { format, control } = pasted as { format?: unknown; control?: unknown };
  if (format !== CONTROL_FORMAT || typeof control !== "object" || control === null) return null;
  const { id, type } = control as { id?: unknown; type?: unknown };
  return typeof id === "string" && /^[a-z][a-z0-9_]*$/.test(id) && isControlType(type)
    ? (control as Control)
    : null;
}

export const CONTROL_FORMAT = "latchwork.control/1";
