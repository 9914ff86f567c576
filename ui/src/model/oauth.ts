/**
 * What the window knows of the OAuth step kinds: which members each has, what is left out of a file as the
 * default, and how one is told in a line. What they do is the core's business.
 */
import type {
  ClientAuth,
  Connector,
  Grant,
  Oauth2Auth,
  OauthFields,
  OauthMember,
  OauthStep,
  OauthStepType,
  RedirectKind,
  Step,
} from "./connector";
import { templateParts } from "./template";

const STEP_TYPES: Record<Grant, OauthStepType> = {
  authorization_code: "oauth2_authorization_code",
  pkce: "oauth2_pkce",
  client_credentials: "oauth2_client_credentials",
  device_code: "oauth2_device_code",
  jwt_bearer: "oauth2_jwt_bearer",
};

export const GRANTS: readonly { value: Grant; label: string; description: string }[] = [
  { value: "pkce", label: "Authorization code with PKCE", description: "A person signs in in the browser" },
  {
    value: "authorization_code",
    label: "Authorization code",
    description: "The same, where PKCE may be off",
  },
  { value: "client_credentials", label: "Client credentials", description: "The program itself, no person" },
  { value: "device_code", label: "Device code", description: "A person types a code on another device" },
  { value: "jwt_bearer", label: "JWT bearer", description: "A signed assertion, no person" },
];

export function stepTypeOf(grant: Grant): OauthStepType {
  return STEP_TYPES[grant] ?? "oauth2_pkce";
}

/** The members that only one kind has. */
const OWN: Record<OauthStepType, readonly OauthMember[]> = {
  oauth2_authorization_code: ["pkce"],
  oauth2_pkce: ["code_challenge_method"],
  oauth2_client_credentials: [],
  oauth2_device_code: ["device_authorization_url"],
  oauth2_jwt_bearer: ["key", "algorithm", "key_id", "claims", "lifetime_seconds"],
};

/** The preset with another grant: what both can hold is kept, what only the old one had is taken out. */
export function withGrant(auth: Oauth2Auth, grant: Grant): Oauth2Auth {
  const gone = new Set<string>(Object.values(OWN).flat());
  for (const member of OWN[stepTypeOf(grant)]) gone.delete(member);
  const kept = Object.fromEntries(Object.entries(auth).filter(([member]) => !gone.has(member)));
  const own = grant === "jwt_bearer" ? { key: auth.key ?? "", algorithm: auth.algorithm ?? "RS256" } : {};
  return { ...(kept as unknown as Oauth2Auth), ...own, grant };
}

export function isOauthStep(step: Step): step is OauthStep {
  return step.type.startsWith("oauth2_");
}

/** Whether one person's sign-in at this step serves everyone. */
export function isSharedStep(step: Step): boolean {
  return isOauthStep(step) && step.shared_credentials === true;
}

/** Whether anything of a connector is signed in to once for everyone. */
export function wantsShared(connector: Connector): boolean {
  const { auth } = connector;
  if (auth.method === "oauth2") return auth.shared_credentials === true;
  return auth.method === "multistep" && auth.steps.some(isSharedStep);
}

export function isOauthType(type: string): type is OauthStepType {
  return type in OWN;
}

/** Whether a person is sent to the browser and comes back with an answer. */
export function usesBrowser(type: OauthStepType): boolean {
  return type === "oauth2_authorization_code" || type === "oauth2_pkce";
}

/** What a member is where the file leaves it out; a value that equals it is not written. */
const DEFAULTS: Partial<Record<OauthMember, unknown>> = {
  scope_separator: " ",
  client_auth: "auto" satisfies ClientAuth,
  redirect: "loopback" satisfies RedirectKind,
  token_method: "POST",
  token_body: "form",
  client_registration: "static",
  shared_credentials: false,
  pkce: "S256",
  code_challenge_method: "S256",
  lifetime_seconds: 300,
};

/** The value as the file has it: nothing for a default, an empty text, an empty list or an empty object. */
export function writtenValue(member: OauthMember, value: unknown): unknown {
  // The key and the algorithm of a JWT bearer step are always there: without them it is no such step.
  if (member === "key" || member === "algorithm") return value;
  if (value === undefined || value === DEFAULTS[member]) return undefined;
  if (value === "") return undefined;
  if (Array.isArray(value)) return value.length === 0 ? undefined : value;
  if (typeof value === "object" && value !== null && Object.keys(value).length === 0) return undefined;
  return value;
}

/** Standard parameters that some providers know under another name, in the order they are usually sent. */
export const STANDARD_PARAMETERS = [
  "client_id",
  "client_secret",
  "redirect_uri",
  "scope",
  "response_type",
  "state",
  "code",
  "grant_type",
  "refresh_token",
  "code_challenge",
  "code_challenge_method",
  "code_verifier",
  "audience",
  "resource",
  "device_code",
] as const;

/**
 * The host of an address, with what its expressions stand for unknown: `{{ vars.org }}.okta.com` is a host of
 * okta.com. Null where there is none to be read.
 */
export function hostOfTemplate(address: string): string | null {
  const known = templateParts(address)
    .map((part) => (part.kind === "text" ? part.text : "x"))
    .join("");
  const match = /^https?:\/\/([^/?#\s]+)/i.exec(known);
  return match?.[1]?.replace(/:\d+$/, "").toLowerCase() ?? null;
}

const REDIRECT_WORDS: Record<RedirectKind, string> = {
  loopback: "loopback",
  deep_link: "deep link",
  paste: "paste",
};

/** The kind's own facts, as a card in the flow shows them. */
export function oauthSummary(type: OauthStepType, step: OauthFields): string {
  const redirect = REDIRECT_WORDS[step.redirect ?? "loopback"];
  const where = hostOfTemplate(step.issuer ?? step.token_url ?? "") ?? "no addresses yet";
  switch (type) {
    case "oauth2_authorization_code":
      return `${step.pkce === "off" ? "no PKCE" : "S256"} · ${redirect}`;
    case "oauth2_pkce":
      return `${step.code_challenge_method ?? "S256"} · ${redirect}`;
    case "oauth2_jwt_bearer":
      return `${step.algorithm || "no algorithm"} · ${where}`;
    default:
      return where;
  }
}
