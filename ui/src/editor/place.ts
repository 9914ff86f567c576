/** What of a connector is open in the middle of the editor, and which place a fault's path belongs to. */
import type { Connector } from "@/model/connector";
import { authSteps, FLOW_STEPS, isMultistep, locateStep, refreshSteps } from "@/model/document";
import { type Path, parsePath } from "@/model/path";

export type Place =
  | { type: "step"; id: string }
  | { type: "auth" }
  | { type: "refresh" }
  | { type: "request_parameters" }
  | { type: "signing" }
  | { type: "test_request" }
  | { type: "endpoints" }
  | { type: "endpoint"; index: number }
  | { type: "variables" }
  | { type: "accounts" }
  | { type: "settings" };

export function firstPlace(connector: Connector): Place {
  if (!isMultistep(connector.auth)) return { type: "auth" };
  const [first] = authSteps(connector);
  return first ? { type: "step", id: first.id } : { type: "auth" };
}

/** The same place, or the next best where undo or a deletion took it away. */
export function existingPlace(connector: Connector, place: Place): Place {
  if (place.type === "step" && !locateStep(connector, place.id)) return firstPlace(connector);
  if (place.type === "endpoint" && !connector.endpoints?.[place.index]) return { type: "endpoints" };
  const isFlowOnly = ["request_parameters", "signing", "refresh"].includes(place.type);
  if (isFlowOnly && !isMultistep(connector.auth)) return { type: "auth" };
  return place;
}

export function placeOfPath(connector: Connector, path: string): Place {
  const [top, second, third, fourth] = parsePath(path);
  switch (top) {
    case "auth":
      if (second === "steps" && typeof third === "number") {
        const step = authSteps(connector)[third];
        if (step) return { type: "step", id: step.id };
      }
      if (second === "refresh") {
        const step = third === "steps" ? refreshSteps(connector)[Number(fourth)] : undefined;
        return step ? { type: "step", id: step.id } : { type: "refresh" };
      }
      if (!isMultistep(connector.auth)) return { type: "auth" };
      if (second === "request_parameters" || second === "send_cookies") return { type: "request_parameters" };
      if (second === "signing") return { type: "signing" };
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

/** What the connector's settings edit. */
export const SETTINGS_PATHS: readonly Path[] = [
  ["name"],
  ["base_url"],
  ["description"],
  ["documentation_url"],
  ["account_name"],
  ["allowed_origins"],
  ["network"],
  ["kind"],
];

/** The path of what a place edits; faults inside it are shown there. */
export function pathOfPlace(connector: Connector, place: Place): Path[] {
  switch (place.type) {
    case "step":
      return [locateStep(connector, place.id)?.at ?? FLOW_STEPS.auth];
    case "auth":
      return [["auth"]];
    case "refresh":
      return [["auth", "refresh"]];
    case "request_parameters":
      return [
        ["auth", "request_parameters"],
        ["auth", "send_cookies"],
      ];
    case "signing":
      return [["auth", "signing"]];
    case "test_request":
      return [["test"]];
    case "endpoints":
      return [["endpoints"]];
    case "endpoint":
      return [["endpoints", place.index]];
    case "variables":
      return [["variables"]];
    case "accounts":
      return [];
    case "settings":
      return [...SETTINGS_PATHS];
  }
}
