/** Edits of an app that touch more than one member. Pure: what is not touched is shared with the app that was given. */
import {
  type Action,
  type App,
  type AppConnector,
  type Control,
  type ControlEvents,
  connectorIds,
  controlIds,
  locateControl,
  type Screen,
  screenIds,
  screensOf,
} from "./app";
import { valueAt, withValueAt } from "./path";
import { freeId } from "./stepKinds";

function withScreens(app: App, change: (screens: Screen[]) => Screen[]): App {
  return { ...app, screens: change([...screensOf(app)]) };
}

function withControls(app: App, screen: number, change: (controls: Control[]) => Control[]): App {
  return withScreens(app, (screens) =>
    screens.map((one, index) =>
      index === screen ? { ...one, controls: change([...(one.controls ?? [])]) } : one,
    ),
  );
}

function clamped(index: number, count: number): number {
  return Math.max(0, Math.min(index, count));
}

export function controlAdded(app: App, screen: number, index: number, control: Control): App {
  return withControls(app, screen, (controls) =>
    controls.toSpliced(clamped(index, controls.length), 0, control),
  );
}

export function controlRemoved(app: App, id: string): App {
  const found = locateControl(app, id);
  if (!found) return app;
  return withControls(app, found.screenIndex, (controls) => controls.toSpliced(found.index, 1));
}

/** Moves a control to a place of its own or of another screen; `index` is where it stands afterwards. */
export function controlMoved(app: App, id: string, screen: number, index: number): App {
  const found = locateControl(app, id);
  if (!found || !screensOf(app)[screen]) return app;
  const count = screensOf(app)[screen]?.controls?.length ?? 0;
  const target = clamped(index, found.screenIndex === screen ? count - 1 : count);
  if (found.screenIndex === screen && found.index === target) return app;
  return controlAdded(controlRemoved(app, id), screen, target, found.control);
}

/** A copy right behind it, under an id of its own; that id, and the app with it. */
export function controlDuplicated(app: App, id: string): { app: App; id: string } {
  const found = locateControl(app, id);
  if (!found) return { app, id };
  const copy = { ...found.control, id: freeId(id, controlIds(app)) };
  return { app: controlAdded(app, found.screenIndex, found.index + 1, copy), id: copy.id };
}

/** Sets members of a control; `undefined` takes one out. */
export function controlPatched(app: App, id: string, patch: Record<string, unknown>): App {
  const found = locateControl(app, id);
  if (!found) return app;
  return Object.entries(patch).reduce(
    (edited, [member, value]) => withValueAt(edited, [...found.at, member], value),
    app,
  );
}

export function screenAdded(app: App, index: number, name: string): { app: App; id: string } {
  const id = freeId(slug(name, "screen"), screenIds(app));
  const screen: Screen = { id, name, controls: [] };
  return {
    app: withScreens(app, (screens) => screens.toSpliced(clamped(index, screens.length), 0, screen)),
    id,
  };
}

/** The last screen stays: an app without one cannot be opened. */
export function screenRemoved(app: App, id: string): App {
  if (screensOf(app).length < 2) return app;
  return withScreens(app, (screens) => screens.filter((screen) => screen.id !== id));
}

/** Gives a screen another id, and every action that goes to it. */
export function screenRenamed(app: App, from: string, to: string): { app: App; changed: number } {
  const { app: rewritten, changed } = withActions(app, (action) =>
    action.type === "go_to_screen" && action.screen === from ? { ...action, screen: to } : action,
  );
  return {
    app: withScreens(rewritten, (screens) =>
      screens.map((screen) => (screen.id === from ? { ...screen, id: to } : screen)),
    ),
    changed,
  };
}

export function connectorAdded(app: App, connector: AppConnector): App {
  return { ...app, connectors: [...(app.connectors ?? []), connector] };
}

export function connectorRemoved(app: App, id: string): App {
  const { connectors = [], ...rest } = app;
  const kept = connectors.filter((one) => one.id !== id);
  return kept.length === 0 ? rest : { ...app, connectors: kept };
}

/** Gives a connector another id in the app, and every source and action that calls it. */
export function connectorRenamed(app: App, from: string, to: string): { app: App; changed: number } {
  const { app: rewritten, changed } = withActions(app, (action) =>
    "connector" in action && action.connector === from ? { ...action, connector: to } : action,
  );
  let sources = 0;
  const edited = withScreens(rewritten, (screens) =>
    screens.map((screen) => ({
      ...screen,
      ...(screen.controls && {
        controls: screen.controls.map((control) => {
          if (control.source?.connector !== from) return control;
          sources += 1;
          return { ...control, source: { ...control.source, connector: to } };
        }),
      }),
    })),
  );
  return {
    app: {
      ...edited,
      connectors: (app.connectors ?? []).map((one) => (one.id === from ? { ...one, id: to } : one)),
    },
    changed: changed + sources,
  };
}

/** The id that a connector of the library gets in this app. */
export function newConnectorId(app: App, name: string): string {
  return freeId(slug(name, "api"), connectorIds(app));
}

/** A name as an id: small letters, digits and underscores. */
export function slug(name: string, otherwise: string): string {
  const text = name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^[^a-z]+|_+$/g, "")
    .slice(0, 32)
    .replace(/_+$/, "");
  return text || otherwise;
}

/** Every action of the app, nested ones too, through `change`; how many it gave anew. */
function withActions(app: App, change: (action: Action) => Action): { app: App; changed: number } {
  let changed = 0;
  const rewritten = (actions: Action[]): Action[] =>
    actions.map((action) => {
      const next = change(action);
      if (next !== action) changed += 1;
      return (["then", "otherwise"] as const).reduce<Action>((edited, member) => {
        const inside = next.type === "call" ? next[member] : undefined;
        return inside ? withValueAt(edited, [member], rewritten(inside)) : edited;
      }, next);
    });
  const events = (on: ControlEvents): ControlEvents =>
    Object.fromEntries(
      Object.entries(on).map(([event, actions]) => [event, actions ? rewritten(actions) : actions]),
    );
  const screens = screensOf(app).map((screen) => ({
    ...screen,
    ...(screen.on_load && { on_load: rewritten(screen.on_load) }),
    ...(screen.controls && {
      controls: screen.controls.map((control) =>
        control.on ? { ...control, on: events(control.on) } : control,
      ),
    }),
  }));
  return changed === 0 ? { app, changed } : { app: { ...app, screens }, changed };
}

/** A list of actions without one of them; the list goes out of the file with its last one. */
export function actionRemoved(app: App, list: readonly (string | number)[], index: number): App {
  const actions = valueAt(app, list);
  if (!Array.isArray(actions)) return app;
  const kept = actions.toSpliced(index, 1);
  const edited = withValueAt(app, list, kept.length === 0 ? undefined : kept);
  const parent = list.slice(0, -1);
  const isEvents = parent.at(-1) === "on";
  const events = valueAt(edited, parent);
  const isEmpty =
    isEvents && typeof events === "object" && events !== null && Object.keys(events).length === 0;
  return isEmpty ? withValueAt(edited, parent, undefined) : edited;
}
