/** What of a connector is open in the middle of the editor, and which place a fault's path belongs to. */
import type { Connector } from "@/model/connector";
import { authSteps, isMultistep } from "@/model/document";
import { type Path, parsePath } from "@/model/path";

export type Place =
  | { type: "step"; id: string }
  | { type: "auth" }
  | { type: "request_parameters" }
  | { type: "test_request" }
  | { type: "endpoints" }
  | { type: "endpoint"; index: number }
  | { type: "variables" }
  | { type: "settings" };

export function firstPlace(connector: Connector): Place {
  if (!isMultistep(connector.auth)) return { type: "auth" };
  const [first] = authSteps(connector);
  return first ? { type: "step", id: first.id } : { type: "auth" };
}

/** The same place, or the next best where undo or a deletion took it away. */
export function existingPlace(connector: Connector, place: Place): Place {
  if (place.type === "step" && !authSteps(connector).some((step) => step.id === place.id)) {
    return firstPlace(connector);
  }
  if (place.type === "endpoint" && !connector.endpoints?.[place.index]) return { type: "endpoints" };
  if (place.type === "request_parameters" && !isMultistep(connector.auth)) return { type: "auth" };
  return place;
}

export function placeOfPath(connector: Connector, path: string): Place {
  const [top, second, third] = parsePath(path);
  switch (top) {
    case "auth":
      if (second === "steps" && typeof third === "number") {
        const step = authSteps(connector)[third];
        if (step) return { type: "step", id: step.id };
      }
      if (second === "request_parameters") return { type: "request_parameters" };
      return { type: "auth" };
    case "test":
      return { type: "test_request" };
    case "endpoints":
      return typeof second === "number" ? { type: "endpoint", index: second } : { type: "endpoints" };
    case "variables":
      return { type: "variables" };
    default:
      return { type: "settings" };
  }
}

/** The path of what a place edits; faults inside it are shown there. */
export function pathOfPlace(connector: Connector, place: Place): Path[] {
  switch (place.type) {
    case "step":
      return [["auth", "steps", authSteps(connector).findIndex((step) => step.id === place.id)]];
    case "auth":
      return [["auth"]];
    case "request_parameters":
      return [["auth", "request_parameters"]];
    case "test_request":
      return [["test"]];
    case "endpoints":
      return [["endpoints"]];
    case "endpoint":
      return [["endpoints", place.index]];
    case "variables":
      return [["variables"]];
    case "settings":
      return [
        ["name"],
        ["base_url"],
        ["description"],
        ["documentation_url"],
        ["allowed_origins"],
        ["network"],
        ["kind"],
      ];
  }
}
