/** What the window knows of each kind of action: its name, what it is for, a new one, and a summary in a line. */
import { type Action, type ActionType, type App, type EventName, screensOf, screenTitle } from "./app";

export interface ActionKind {
  type: ActionType;
  name: string;
  description: string;
}

export const ACTION_KINDS: readonly ActionKind[] = [
  { type: "call", name: "Call an endpoint", description: "Send a request, then go on with its answer." },
  { type: "load", name: "Load a control again", description: "Run a control's source once more." },
  { type: "set_value", name: "Set a value", description: "Of a variable, an input or a select." },
  { type: "go_to_screen", name: "Go to a screen", description: "Show another screen of this app." },
  { type: "show_message", name: "Show a message", description: "Say something to the person." },
  { type: "open_link", name: "Open a link", description: "In the system's browser." },
  {
    type: "navigate_to_authentication",
    name: "Navigate to Authentication screen",
    description: "Sign out of the app's connectors and sign in anew.",
  },
  {
    type: "clear_cached_auth",
    name: "Clear cached auth",
    description: "Forget the person's sign-in of one connector.",
  },
];

const BY_TYPE = new Map(ACTION_KINDS.map((kind) => [kind.type, kind]));

export function actionKind(type: ActionType): ActionKind {
  return BY_TYPE.get(type) ?? { type, name: type, description: "" };
}

/** A new action, bound to what the app has first. */
export function newAction(type: ActionType, app: App): Action {
  const connector = app.connectors?.[0]?.id ?? "";
  const firstWith = (isWanted: (control: { source?: unknown; type: string }) => boolean) =>
    screensOf(app)
      .flatMap((screen) => screen.controls ?? [])
      .find(isWanted)?.id ?? "";
  switch (type) {
    case "call":
      return { type, connector, endpoint: "" };
    case "load":
      return { type, control: firstWith((control) => control.source !== undefined) };
    case "set_value": {
      const [variable] = app.variables ?? [];
      const input = firstWith((control) => control.type === "input" || control.type === "select");
      return { type, target: variable ? `vars.${variable.name}` : input, value: "" };
    }
    case "go_to_screen":
      return { type, screen: (screensOf(app)[1] ?? screensOf(app)[0])?.id ?? "" };
    case "show_message":
      return { type, text: "Done", tone: "success" };
    case "open_link":
      return { type, url: "https://" };
    case "navigate_to_authentication":
      return { type };
    case "clear_cached_auth":
      return { type, connector };
  }
}

export function actionSummary(action: Action, app: App): string {
  switch (action.type) {
    case "call":
      return action.endpoint ? `${action.connector}.${action.endpoint}` : "no endpoint yet";
    case "load":
      return action.control || "no control yet";
    case "set_value":
      return action.target || "no target yet";
    case "go_to_screen": {
      const screen = screensOf(app).find((one) => one.id === action.screen);
      return screen ? screenTitle(screen) : action.screen || "no screen yet";
    }
    case "show_message":
      return action.text;
    case "open_link":
      return action.url;
    case "navigate_to_authentication":
      return action.reload_app ? "then reload the app" : "then go on where they were";
    case "clear_cached_auth":
      return action.connector || "no connector yet";
  }
}

/** An event as a heading, and when it comes. */
export const EVENT_WORDS: Record<EventName, { name: string; when: string }> = {
  load: {
    name: "On load",
    when: "Once its source has an answer; once the screen is shown where it has none.",
  },
  click: { name: "On click", when: "A person clicks it." },
  row_select: { name: "On row select", when: "A person selects a row, which is there as row." },
  change: { name: "On change", when: "A person changes its value." },
};
