/**
 * The app file as its editor sees it (format `latchwork.app/1`), and the questions that the editor asks of one.
 * Members that this release does not know pass through unread. How an app is edited is in `appEdits.ts`.
 */
import type { Connector, FileNumber, FormOption } from "./connector";
import { parseJson, writeJson } from "./json";
import type { Path } from "./path";

export interface CallAction {
  type: "call";
  connector: string;
  endpoint: string;
  inputs?: Record<string, string>;
  then?: Action[];
  otherwise?: Action[];
}
export type MessageTone = "info" | "success" | "warning" | "danger";

type ActionFields =
  | CallAction
  | { type: "load"; control: string }
  | { type: "set_value"; target: string; value: string }
  | { type: "go_to_screen"; screen: string }
  | { type: "show_message"; text: string; tone?: MessageTone }
  | { type: "open_link"; url: string }
  | { type: "navigate_to_authentication"; reload_app?: boolean }
  | { type: "clear_cached_auth"; connector: string };
export type Action = ActionFields & { when?: string };
export type ActionType = Action["type"];

export type EventName = "load" | "click" | "row_select" | "change";
export type ControlEvents = Partial<Record<EventName, Action[]>>;

export interface Source {
  connector: string;
  endpoint: string;
  inputs?: Record<string, string>;
  run?: "auto" | "manual";
  when?: string;
}

interface ControlCommon {
  id: string;
  label?: string;
  visible?: string;
  /** Of a row's twelve columns; all of them where left out. */
  width?: FileNumber;
  source?: Source;
  on?: ControlEvents;
}

/** A column of a table, a line of a record. */
export interface LabelledValue {
  label: string;
  value: string;
}

export type TextStyle = "title" | "heading" | "body" | "muted";
export type AppInputType = "text" | "number" | "email" | "multiline";
export type ButtonStyle = "primary" | "secondary" | "danger";

export type TextControl = ControlCommon & { type: "text"; text?: string; style?: TextStyle };
export type InputControl = ControlCommon & {
  type: "input";
  input_type?: AppInputType;
  default?: string;
  placeholder?: string;
  required?: boolean;
};
export type ButtonControl = ControlCommon & {
  type: "button";
  text?: string;
  style?: ButtonStyle;
  disabled?: string;
};
export type TableControl = ControlCommon & {
  type: "table";
  rows?: string;
  columns?: LabelledValue[];
  empty_text?: string;
};
export type SelectControl = ControlCommon & {
  type: "select";
  /** The source's answer where left out. */
  options?: FormOption[] | string;
  /** Out of a list of something else than `{ value, label }`: the item is there as `row`. */
  option_value?: string;
  option_label?: string;
  default?: string;
  placeholder?: string;
};
export type RecordControl = ControlCommon & { type: "record"; value?: string; fields?: LabelledValue[] };
export type JsonControl = ControlCommon & { type: "json"; value?: string };
export type ImageControl = ControlCommon & { type: "image"; value?: string; description?: string };

export type Control =
  | TextControl
  | InputControl
  | ButtonControl
  | TableControl
  | SelectControl
  | RecordControl
  | JsonControl
  | ImageControl;
export type ControlType = Control["type"];

export interface Screen {
  id: string;
  name?: string;
  in_menu?: boolean;
  on_load?: Action[];
  controls?: Control[];
}

export interface AppConnector {
  id: string;
  connector: string;
  required?: boolean;
  /** The connector itself, in a file that is to work without a library. */
  definition?: Connector;
}

export interface AppVariable {
  name: string;
  value?: string;
}

export interface App {
  format: "latchwork.app/1";
  id?: string;
  name: string;
  description?: string;
  managed_auth_at_start?: boolean;
  connectors?: AppConnector[];
  variables?: AppVariable[];
  screens: Screen[];
}

export function readApp(text: string): App {
  return parseJson(text) as App;
}

export function writeApp(app: App): string {
  return `${writeJson(app, 2)}\n`;
}

export function screenTitle(screen: Screen): string {
  return screen.name?.trim() || screen.id;
}

/** What `screens` holds, where it is a list at all: a draft may be anything. */
export function screensOf(app: App): readonly Screen[] {
  return Array.isArray(app.screens) ? app.screens : [];
}

export interface ControlLocation {
  control: Control;
  screen: Screen;
  screenIndex: number;
  index: number;
  at: Path;
}

/** All controls, with where they stand. */
export function* controlsOf(app: App): Generator<ControlLocation> {
  for (const [screenIndex, screen] of screensOf(app).entries()) {
    for (const [index, control] of (screen.controls ?? []).entries()) {
      yield { control, screen, screenIndex, index, at: ["screens", screenIndex, "controls", index] };
    }
  }
}

export function locateControl(app: App, id: string): ControlLocation | null {
  for (const location of controlsOf(app)) if (location.control.id === id) return location;
  return null;
}

export function screenIndex(app: App, id: string): number {
  return screensOf(app).findIndex((screen) => screen.id === id);
}

export function controlIds(app: App): Set<string> {
  return new Set([...controlsOf(app)].map((location) => location.control.id));
}

export function screenIds(app: App): Set<string> {
  return new Set(screensOf(app).map((screen) => screen.id));
}

export function connectorIds(app: App): Set<string> {
  return new Set((app.connectors ?? []).map((connector) => connector.id));
}

/** How many of twelve columns a control takes. */
export function widthOf(control: Control): number {
  const width = Number(control.width ?? 12);
  return Number.isInteger(width) && width >= 1 && width <= 12 ? width : 12;
}

/** An action and all that stand inside it. */
function* actionsIn(actions: readonly Action[] | undefined): Generator<Action> {
  for (const action of actions ?? []) {
    yield action;
    if (action.type !== "call") continue;
    yield* actionsIn(action.then);
    yield* actionsIn(action.otherwise);
  }
}

/** What calls or clears a connector, by what people call it. */
export function usesOfConnector(app: App, id: string): string[] {
  const uses = (actions: readonly Action[] | undefined) =>
    [...actionsIn(actions)].some((action) => "connector" in action && action.connector === id);
  const found: string[] = [];
  for (const { control, screen } of controlsOf(app)) {
    const isUsed = control.source?.connector === id || Object.values(control.on ?? {}).some(uses);
    if (isUsed) found.push(`${control.id} on ${screenTitle(screen)}`);
  }
  for (const screen of screensOf(app)) {
    if (uses(screen.on_load)) found.push(`Screen ${screenTitle(screen)}`);
  }
  return found;
}
