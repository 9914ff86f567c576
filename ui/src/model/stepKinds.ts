/** What the window knows of each step kind: its name, what it is for, a new one, and a summary in a line. */
import type { OutputDefinition, Request, Step, StepType } from "./connector";
import type { Flow } from "./document";
import { isOauthStep, oauthSummary } from "./oauth";

export interface StepKind {
  type: StepType;
  name: string;
  description: string;
  /** Whether "Add step" offers it in this release. */
  creatable: boolean;
  /** The outputs that are there by themselves; a form's are its keys. */
  outputs: readonly string[];
}

const EXCHANGE = ["body", "headers", "status", "cookies"] as const;
const OAUTH = [
  "access_token",
  "refresh_token",
  "token_type",
  "scope",
  "id_token",
  "expires_in",
  "expires_at",
  "raw",
  "callback",
  "client_id",
  "client_secret",
  "authorization_url",
  "token_url",
  "redirect_uri",
  "scopes",
] as const;

export const STEP_KINDS: readonly StepKind[] = [
  {
    type: "form",
    name: "Form",
    description: "Ask the person for values, such as an e-mail and a password.",
    creatable: true,
    outputs: [],
  },
  {
    type: "api_request",
    name: "API request",
    description: "Send a request and keep its answer.",
    creatable: true,
    outputs: EXCHANGE,
  },
  {
    type: "oauth2_authorization_code",
    name: "OAuth 2.0",
    description: "Sign in in the browser; for apps with a client secret.",
    creatable: true,
    outputs: OAUTH,
  },
  {
    type: "oauth2_pkce",
    name: "OAuth 2.0 PKCE",
    description: "The same for apps without one, by S256 or plain.",
    creatable: true,
    outputs: OAUTH,
  },
  {
    type: "oauth2_client_credentials",
    name: "OAuth 2.0 client credentials",
    description: "The program signs in as itself; no person is asked.",
    creatable: true,
    outputs: OAUTH,
  },
  {
    type: "oauth2_device_code",
    name: "OAuth 2.0 device code",
    description: "Show a code that the person types on any device.",
    creatable: true,
    outputs: OAUTH,
  },
  {
    type: "basic_auth",
    name: "Basic auth",
    description: "Make the Basic header from a username and a password.",
    creatable: true,
    outputs: ["username", "password", "token", "header"],
  },
  {
    type: "sso_token",
    name: "SSO token",
    description: "Use the session you signed in to in Settings.",
    creatable: true,
    outputs: ["access_token", "id_token", "token_type", "expires_at", "claims"],
  },
  {
    type: "set_variables",
    name: "Set variables",
    description: "Work out values from earlier outputs and name them.",
    creatable: true,
    outputs: [],
  },
  {
    type: "poll",
    name: "Poll until ready",
    description: "Repeat a request until its answer says that it is done.",
    creatable: true,
    outputs: EXCHANGE,
  },
  {
    type: "oauth2_jwt_bearer",
    name: "JWT bearer",
    description: "Trade a signed assertion for a token; no person is asked.",
    creatable: true,
    outputs: OAUTH,
  },
];

const BY_TYPE = new Map(STEP_KINDS.map((kind) => [kind.type, kind]));

export function stepKind(type: StepType): StepKind {
  return BY_TYPE.get(type) ?? { type, name: type, description: "", creatable: false, outputs: [] };
}

export function stepTitle(step: Step): string {
  return step.label || (step.type === "form" && step.title) || stepKind(step.type).name;
}

function requestSummary(request: Request | undefined): string {
  return request ? `${request.method} ${request.url || "/"}` : "";
}

export function stepSummary(step: Step): string {
  switch (step.type) {
    case "form":
      return step.fields.length > 0 ? step.fields.map((field) => field.key).join(", ") : "no fields yet";
    case "api_request":
    case "poll":
      return requestSummary(step.request);
    case "basic_auth":
      return step.username === undefined || step.password === undefined ? "asked for" : "from values";
    case "set_variables":
      return (step.outputs ?? []).map((output) => output.name).join(", ") || "no variables yet";
    case "sso_token":
      return "your session from Settings";
    default:
      return isOauthStep(step) ? oauthSummary(step.type, step) : "";
  }
}

/** Why no step of this kind can be added, or null where it can. */
export function additionProblem(type: StepType, steps: readonly Step[]): string | null {
  const known = type === "sso_token" ? steps.find((step) => step.type === type) : undefined;
  return known ? `This flow has one already (${known.id}); one is all there can be.` : null;
}

/** The names under which later steps find what this one leaves, in order and without repeats. */
export function stepOutputs(step: Step): string[] {
  const standard = step.type === "form" ? step.fields.map((field) => field.key) : stepKind(step.type).outputs;
  const own = (step.outputs ?? []).map((output: OutputDefinition) => output.name);
  return [...new Set([...standard, ...own])].filter((name) => name !== "");
}

const NEW_ID: Partial<Record<StepType, string>> = {
  form: "signin",
  basic_auth: "basic",
  set_variables: "values",
  poll: "wait",
  oauth2_authorization_code: "grant",
  oauth2_pkce: "grant",
  oauth2_client_credentials: "client",
  oauth2_device_code: "device",
  oauth2_jwt_bearer: "assertion",
  sso_token: "sso",
};

/** An id of the form `name`, `name2`, … that no step has yet. */
export function freeId(wanted: string, taken: ReadonlySet<string>): string {
  if (!taken.has(wanted)) return wanted;
  const stem = wanted.replace(/_?\d+$/, "") || wanted;
  let number = 2;
  while (taken.has(`${stem}${number}`)) number += 1;
  return `${stem}${number}`;
}

/** The first request of a flow usually logs in, or renews; the ones after it do something else. */
function wantedId(type: StepType, taken: ReadonlySet<string>, flow: Flow): string {
  if (type !== "api_request") return NEW_ID[type] ?? "step";
  const first = flow === "refresh" ? "renew" : "login";
  return taken.has(first) ? "call" : first;
}

export function newStep(type: StepType, taken: ReadonlySet<string>, flow: Flow = "auth"): Step {
  const wanted = wantedId(type, taken, flow);
  const id = freeId(wanted, taken);
  switch (type) {
    case "form":
      return {
        id,
        type,
        title: "Sign in",
        fields: [
          { key: "email", label: "E-mail", type: "email" },
          { key: "password", label: "Password", type: "password" },
        ],
      };
    case "api_request":
      return { id, type, request: { method: "POST", url: "/" } };
    case "poll":
      return { id, type, request: { method: "GET", url: "/" }, until: "{{ body.status == 'done' }}" };
    case "basic_auth":
      return { id, type };
    case "set_variables":
      return { id, type, outputs: [{ name: "value", value: "" }] };
    case "oauth2_jwt_bearer":
      return { id, type, key: "", algorithm: "RS256" };
    default:
      return { id, type };
  }
}

const IDENTIFIER = /^[a-z][a-z0-9_]*$/;
/** What the template language keeps for itself, wherever it is used. */
const TEMPLATE_WORDS =
  `and or not in is if else elif for true false none null undefined defined set with block loop self
   caller now uuid random_hex range dict debug namespace cycler joiner lipsum`.split(/\s+/);
const RESERVED = new Set(
  "vars connector account input request body headers status cookies raw callback".split(" "),
);

/** Why this cannot name a `noun` in templates, or null where it can. */
export function idProblem(
  id: string,
  noun: string,
  reserved: ReadonlySet<string>,
  taken: ReadonlySet<string>,
): string | null {
  if (!IDENTIFIER.test(id)) return "Use small letters, digits and _, and begin with a letter.";
  if (reserved.has(id) || TEMPLATE_WORDS.includes(id)) {
    return `“${id}” is a word of the template language. Choose another name.`;
  }
  return taken.has(id) ? `Another ${noun} is already called “${id}”.` : null;
}

/** Why this cannot be a step's id, or null where it can. */
export function stepIdProblem(id: string, taken: ReadonlySet<string>): string | null {
  return idProblem(id, "step", RESERVED, taken);
}
