/** What of an app is open in its editor, and which place a finding's path belongs to. */
import { type App, locateControl, screenIndex, screensOf, screenTitle } from "@/model/app";
import { controlTitle } from "@/model/controlKinds";
import { type Path, parsePath } from "@/model/path";

export type AppPlace =
  | { type: "screen"; id: string }
  | { type: "control"; id: string }
  | { type: "connectors" }
  | { type: "variables" }
  | { type: "settings" };

export function firstAppPlace(app: App): AppPlace {
  const [first] = screensOf(app);
  return first ? { type: "screen", id: first.id } : { type: "settings" };
}

/** The same place, or the next best where undo or a deletion took it away. */
export function existingAppPlace(app: App, place: AppPlace): AppPlace {
  if (place.type === "control" && !locateControl(app, place.id)) return firstAppPlace(app);
  if (place.type === "screen" && screenIndex(app, place.id) < 0) return firstAppPlace(app);
  return place;
}

/** The screen that the canvas shows: the place's own, else the one shown before, else the first. */
export function shownScreen(app: App, place: AppPlace, before: string): number {
  if (place.type === "control") return locateControl(app, place.id)?.screenIndex ?? 0;
  const index = screenIndex(app, place.type === "screen" ? place.id : before);
  return Math.max(0, index);
}

export function appPlaceOfPath(app: App, path: string): AppPlace {
  const [top, second, third, fourth] = parsePath(path);
  if (top === "connectors" || top === "variables") return { type: top };
  if (top !== "screens" || typeof second !== "number") return { type: "settings" };
  const screen = screensOf(app)[second];
  if (!screen) return { type: "settings" };
  const control = third === "controls" && typeof fourth === "number" ? screen.controls?.[fourth] : undefined;
  return control ? { type: "control", id: control.id } : { type: "screen", id: screen.id };
}

/** Where a path is, in words: "Details on Contact". */
export function whereOf(app: App, path: string): string {
  const place = appPlaceOfPath(app, path);
  switch (place.type) {
    case "control": {
      const found = locateControl(app, place.id);
      return found ? `${controlTitle(found.control)} on ${screenTitle(found.screen)}` : path;
    }
    case "screen": {
      const screen = screensOf(app)[screenIndex(app, place.id)];
      return screen ? `Screen ${screenTitle(screen)}` : path;
    }
    case "connectors":
      return "Connectors";
    case "variables":
      return "Variables";
    case "settings":
      return "App settings";
  }
}

/** The path of what a place edits; findings inside it are shown there. */
export function pathsOfAppPlace(app: App, place: AppPlace): Path[] {
  switch (place.type) {
    case "control":
      return [locateControl(app, place.id)?.at ?? ["screens"]];
    case "screen": {
      const at = ["screens", Math.max(0, screenIndex(app, place.id))];
      return ["id", "name", "in_menu", "on_load"].map((member) => [...at, member]);
    }
    case "connectors":
      return [["connectors"]];
    case "variables":
      return [["variables"]];
    case "settings":
      return [["name"], ["description"], ["managed_auth_at_start"], ["format"], ["id"]];
  }
}
