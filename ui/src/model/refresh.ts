/** What the window knows of the refresh flow: what it may hold, how it is told in a line. What it does is the core's. */
import type { Connector, Refresh, RefreshTriggers, Step, StepType } from "./connector";
import { authSteps, isMultistep } from "./document";
import { isOauthStep, stepTypeOf } from "./oauth";
import type { Path } from "./path";
import { stepOutputs, stepTitle } from "./stepKinds";
import { memberPath } from "./template";

export const REFRESH: Path = ["auth", "refresh"];
export const UPDATES: Path = [...REFRESH, "updates"];

/** What "Add step" offers in a refresh flow at once. */
export const REFRESH_KINDS: readonly StepType[] = ["api_request", "sso_token"];
/** The other kinds that need no person. */
export const MORE_REFRESH_KINDS: readonly StepType[] = [
  "set_variables",
  "poll",
  "oauth2_client_credentials",
  "oauth2_jwt_bearer",
];

const NO_REFRESH: Refresh = { mode: "none" };

export function refreshOf(connector: Connector): Refresh {
  return (isMultistep(connector.auth) && connector.auth.refresh) || NO_REFRESH;
}

/** The statuses that start a refresh, as the file means them: 401 where it says nothing. */
export function refreshStatuses(on: RefreshTriggers | undefined): string[] {
  return (on?.statuses ?? [401]).map(String);
}

/** `statuses` as the file has them: left out where they are the default. */
export function writtenStatuses(statuses: readonly string[]): RefreshTriggers["statuses"] {
  if (statuses.length === 1 && statuses[0] === "401") return undefined;
  return statuses.map((status) => (/^\d+$/.test(status) ? Number(status) : status));
}

/** When it runs, as its heading says it. */
export function triggerWords(refresh: Refresh): string {
  if (refresh.mode === "none") return "off";
  const statuses = refreshStatuses(refresh.on);
  const when = [
    statuses.length > 0 ? `on ${statuses.slice(0, 3).join(", ")}${statuses.length > 3 ? "…" : ""}` : "",
    refresh.on?.when ? "on a condition" : "",
    Number(refresh.on?.before_expiry_seconds ?? 0) > 0 ? "before expiry" : "",
  ].filter(Boolean);
  return when.length > 1 ? `${when[0]} and more` : (when[0] ?? "on expiry");
}

/** Grants whose answer usually holds a refresh token. */
const WITH_REFRESH_TOKEN: readonly StepType[] = [
  "oauth2_authorization_code",
  "oauth2_pkce",
  "oauth2_device_code",
];

/** The first sign-in that renews itself with its refresh token, by the name people know it by. */
export function selfRenewing(connector: Connector): string | null {
  const { auth } = connector;
  if (auth.method === "oauth2")
    return WITH_REFRESH_TOKEN.includes(stepTypeOf(auth.grant)) ? "OAuth 2.0" : null;
  const step = authSteps(connector).find(
    (one) => isOauthStep(one) && !one.disabled && WITH_REFRESH_TOKEN.includes(one.type),
  );
  return step ? stepTitle(step) : null;
}

/** What happens without a refresh flow where a sign-in holds a refresh token: one step of a flow, or all there is. */
export function selfRenewalWords(renewing: string, isStep: boolean): string {
  return isStep
    ? `“${renewing}” renews itself with its refresh token; a refresh flow is only needed for what other steps left.`
    : `“${renewing}” renews itself with its refresh token.`;
}

const DEEPEST = 5;
const MOST_BELOW_ONE = 60;

/** The paths of all values inside an output, nearest first. */
function pathsInside(value: unknown, path: string): string[] {
  const found: string[] = [];
  const queue: [unknown, string, number][] = [[value, path, 0]];
  for (let next = queue.shift(); next && found.length < MOST_BELOW_ONE; next = queue.shift()) {
    const [current, at, depth] = next;
    if (typeof current !== "object" || current === null || depth >= DEEPEST) continue;
    const members = Array.isArray(current) ? current.slice(0, 3).entries() : Object.entries(current);
    for (const [name, member] of members) {
      const below = memberPath(at, name);
      found.push(below);
      queue.push([member, below, depth + 1]);
    }
  }
  return found;
}

/**
 * What an update can renew: the outputs of the auth flow, and what is inside them as far as a run has shown it.
 * Headers and cookies are there by themselves; their parts are left out.
 */
export function updateTargets(connector: Connector, outputsOf: (step: Step) => unknown): string[] {
  const targets = authSteps(connector).flatMap((step) => {
    const seen = outputsOf(step);
    return stepOutputs(step).flatMap((output) => {
      const path = memberPath(step.id, output);
      const value = (seen as Record<string, unknown> | null)?.[output];
      const isPlain = output === "headers" || output === "cookies" || output === "raw";
      return isPlain ? [path] : [path, ...pathsInside(value, path)];
    });
  });
  return [...new Set(targets)];
}
