/**
 * Advice on providers that many connectors sign in to: one sentence each, and what of it can be added by a
 * click. Only what their own documentation asks for; nothing here changes what a run does.
 */
import type { OauthFields, OauthMember, OauthStepType, Parameter } from "./connector";
import { hostOfTemplate, usesBrowser } from "./oauth";

export type HintAction =
  | { type: "parameter"; list: "authorize_params" | "token_params"; name: string; value: string }
  | { type: "scope"; value: string }
  | { type: "member"; member: "token_path" | "scope_separator" | "client_auth"; value: string };

export interface ProviderHint {
  name: string;
  /** The host itself, or any host below it. `zoho.*`: under any country's ending. */
  hosts: readonly string[];
  advice: string;
  actions: readonly HintAction[];
  /** What holds for the device code instead. */
  device?: string;
}

const authorize = (name: string, value: string): HintAction => ({
  type: "parameter",
  list: "authorize_params",
  name,
  value,
});
const scope = (value: string): HintAction => ({ type: "scope", value });

export const PROVIDERS: readonly ProviderHint[] = [
  {
    name: "Google",
    hosts: ["accounts.google.com", "oauth2.googleapis.com"],
    advice:
      "Google gives a refresh token only where the authorize parameters hold access_type=offline, and again only with prompt=consent.",
    actions: [authorize("access_type", "offline"), authorize("prompt", "consent")],
    device:
      "Google's device code wants a client of the kind “TVs and Limited Input devices”, and allows few scopes.",
  },
  {
    name: "Microsoft",
    hosts: ["login.microsoftonline.com", "login.microsoftonline.us", "login.live.com"],
    advice: "Microsoft gives a refresh token only where the scopes hold offline_access.",
    actions: [scope("offline_access")],
    device: "Microsoft's device code works where the app allows public client flows.",
  },
  {
    name: "GitHub",
    hosts: ["github.com"],
    advice: "Tokens of a GitHub OAuth app do not expire, and come without a refresh token.",
    actions: [],
    device: "GitHub's device code must be switched on in the app's settings.",
  },
  {
    name: "Slack",
    hosts: ["slack.com"],
    advice:
      "Slack separates scopes by commas and keeps a user's token under authed_user: set the token path where you ask for user_scope.",
    actions: [
      { type: "member", member: "scope_separator", value: "," },
      { type: "member", member: "token_path", value: "authed_user" },
    ],
  },
  {
    name: "Okta",
    hosts: ["okta.com", "oktapreview.com", "okta-emea.com"],
    advice:
      "The issuer of an Okta server usually ends in /oauth2/default; a refresh token needs the scope offline_access.",
    actions: [scope("offline_access")],
  },
  {
    name: "Auth0",
    hosts: ["auth0.com"],
    advice:
      "Auth0 gives a token for your API only where the audience is set (More, Other), and a refresh token only with the scope offline_access.",
    actions: [scope("offline_access")],
  },
  {
    name: "Salesforce",
    hosts: ["salesforce.com", "force.com"],
    advice:
      "Salesforce gives a refresh token with the scope refresh_token, and says in raw.instance_url where this person's API is.",
    actions: [scope("refresh_token")],
  },
  {
    name: "Zoho",
    hosts: ["accounts.zoho.*", "accounts.zoho.com.*", "accounts.zohocloud.ca"],
    advice:
      "Zoho separates scopes by commas, wants access_type=offline and prompt=consent for a refresh token, and names the person's data centre in callback['accounts-server'].",
    actions: [
      authorize("access_type", "offline"),
      authorize("prompt", "consent"),
      { type: "member", member: "scope_separator", value: "," },
    ],
  },
  {
    name: "QuickBooks",
    hosts: ["appcenter.intuit.com", "oauth.platform.intuit.com"],
    advice:
      "QuickBooks names the company in the callback: use callback.realmId in later steps. Live apps want an https redirect address, which is pasted.",
    actions: [],
  },
  {
    name: "Xero",
    hosts: ["login.xero.com", "identity.xero.com"],
    advice: "Xero gives a refresh token only where the scopes hold offline_access.",
    actions: [scope("offline_access")],
  },
  {
    name: "Atlassian",
    hosts: ["auth.atlassian.com"],
    advice:
      "Atlassian wants audience=api.atlassian.com and prompt=consent in the authorize parameters, and the scope offline_access for a refresh token.",
    actions: [
      authorize("audience", "api.atlassian.com"),
      authorize("prompt", "consent"),
      scope("offline_access"),
    ],
  },
  {
    name: "Dropbox",
    hosts: ["dropbox.com", "dropboxapi.com"],
    advice:
      "Dropbox gives a refresh token only where the authorize parameters hold token_access_type=offline.",
    actions: [authorize("token_access_type", "offline")],
  },
  {
    name: "Notion",
    hosts: ["api.notion.com"],
    advice: "Notion wants owner=user in the authorize parameters and basic client authentication.",
    actions: [authorize("owner", "user"), { type: "member", member: "client_auth", value: "basic" }],
  },
  {
    name: "Reddit",
    hosts: ["reddit.com"],
    advice: "Reddit gives a refresh token only where the authorize parameters hold duration=permanent.",
    actions: [authorize("duration", "permanent")],
  },
  {
    name: "X",
    hosts: ["x.com", "twitter.com"],
    advice: "X gives a refresh token only where the scopes hold offline.access.",
    actions: [scope("offline.access")],
  },
];

function isHostOf(host: string, known: string): boolean {
  if (known.endsWith(".*")) {
    const stem = known.slice(0, -1);
    return host.startsWith(stem) && !host.slice(stem.length).includes(".");
  }
  return host === known || host.endsWith(`.${known}`);
}

/** The provider that a step's addresses belong to. */
export function providerOf(step: OauthFields): ProviderHint | null {
  const addresses = [step.authorization_url, step.issuer, step.device_authorization_url, step.token_url];
  for (const address of addresses) {
    const host = address ? hostOfTemplate(address) : null;
    const found = host && PROVIDERS.find((one) => one.hosts.some((known) => isHostOf(host, known)));
    if (found) return found;
  }
  return null;
}

/** The advice that holds for a kind of step: what is about a person at a browser holds for no other. */
export function adviceFor(
  type: OauthStepType,
  step: OauthFields,
): Omit<ProviderHint, "hosts" | "device"> | null {
  const provider = providerOf(step);
  if (!provider) return null;
  if (usesBrowser(type)) return provider;
  if (type !== "oauth2_device_code" || provider.device === undefined) return null;
  return { name: provider.name, advice: provider.device, actions: [] };
}

/** Whether the step already has what an action would add. */
export function isDone(action: HintAction, step: OauthFields): boolean {
  switch (action.type) {
    case "parameter":
      return (step[action.list] ?? []).some((parameter) => parameter.name === action.name);
    case "scope":
      return (step.scopes ?? []).includes(action.value);
    case "member":
      return step[action.member] !== undefined;
  }
}

/** What an action writes: the member, and its new value. */
export function actionEdit(action: HintAction, step: OauthFields): { member: OauthMember; value: unknown } {
  switch (action.type) {
    case "parameter": {
      const added: Parameter = { name: action.name, value: action.value };
      return { member: action.list, value: [...(step[action.list] ?? []), added] };
    }
    case "scope":
      return { member: "scopes", value: [...(step.scopes ?? []), action.value] };
    case "member":
      return { member: action.member, value: action.value };
  }
}

const MEMBER_NAMES = {
  token_path: "token path",
  scope_separator: "scope separator",
  client_auth: "client authentication",
} as const;

/** What the button of an action says behind "Add". */
export function actionLabel(action: HintAction): string {
  switch (action.type) {
    case "parameter":
      return `${action.name}=${action.value}`;
    case "scope":
      return `scope ${action.value}`;
    case "member":
      return `${MEMBER_NAMES[action.member]} “${action.value}”`;
  }
}
