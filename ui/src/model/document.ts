/** A connector file's text in and out, and the questions the editor asks of one. */
import type { Auth, AuthMethod, Connector, MultistepAuth, Step } from "./connector";
import { parseJson, writeJson } from "./json";
import type { Path } from "./path";
import { newAwsSigV4 } from "./signing";

export function readDocument(text: string): Connector {
  return parseJson(text) as Connector;
}

export function writeDocument(connector: Connector): string {
  return `${writeJson(connector, 2)}\n`;
}

export function isMultistep(auth: Auth): auth is MultistepAuth {
  return auth.method === "multistep";
}

/** The two lists of steps that a file can have. */
export type Flow = "auth" | "refresh";

export const FLOW_STEPS: Record<Flow, Path> = {
  auth: ["auth", "steps"],
  refresh: ["auth", "refresh", "steps"],
};

export function authSteps(connector: Connector): readonly Step[] {
  return isMultistep(connector.auth) ? connector.auth.steps : [];
}

export function refreshSteps(connector: Connector): readonly Step[] {
  return isMultistep(connector.auth) ? (connector.auth.refresh?.steps ?? []) : [];
}

/** Every step id of the file: they are unique over auth and refresh steps. */
export function stepIds(connector: Connector): Set<string> {
  return new Set([...authSteps(connector), ...refreshSteps(connector)].map((step) => step.id));
}

export function flowSteps(connector: Connector, flow: Flow): readonly Step[] {
  return flow === "auth" ? authSteps(connector) : refreshSteps(connector);
}

export interface StepLocation {
  step: Step;
  flow: Flow;
  index: number;
  at: Path;
}

/** Where a step stands; nothing where there is none of this id. */
export function locateStep(connector: Connector, id: string): StepLocation | null {
  for (const flow of ["auth", "refresh"] as const) {
    const steps = flowSteps(connector, flow);
    const index = steps.findIndex((step) => step.id === id);
    const step = steps[index];
    if (step) return { step, flow, index, at: [...FLOW_STEPS[flow], index] };
  }
  return null;
}

export const AUTH_METHOD_NAMES: Record<AuthMethod, string> = {
  none: "None",
  api_key: "API key",
  bearer: "Bearer token",
  basic: "Basic auth",
  oauth2: "OAuth 2.0",
  aws_sigv4: "AWS SigV4",
  multistep: "Multistep",
};

export function authMethodName(method: string): string {
  return AUTH_METHOD_NAMES[method as AuthMethod] ?? method;
}

/** In the order in which they are offered. */
export const AUTH_METHODS: readonly AuthMethod[] = [
  "multistep",
  "oauth2",
  "api_key",
  "bearer",
  "basic",
  "aws_sigv4",
  "none",
];

export function newAuth(method: AuthMethod): Auth {
  switch (method) {
    case "api_key":
      return { method, name: "X-API-Key", value: "", location: "header" };
    case "bearer":
      return { method, token: "" };
    case "basic":
    case "none":
      return { method };
    case "oauth2":
      return { method, grant: "pkce" };
    case "aws_sigv4":
      return { method, ...newAwsSigV4() };
    case "multistep":
      return { method, steps: [], refresh: { mode: "none" }, request_parameters: [] };
  }
}

/** Whether anything was filled in: what is as it was made is lost to nobody. */
export function isFilledIn(auth: Auth): boolean {
  return writeJson(auth) !== writeJson(newAuth(auth.method));
}

export function newEndpointId(connector: Connector): string {
  const taken = new Set((connector.endpoints ?? []).map((endpoint) => endpoint.id));
  let number = 1;
  while (taken.has(`endpoint_${number}`)) number += 1;
  return `endpoint_${number}`;
}
