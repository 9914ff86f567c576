/**
 * The shapes that cross between the core and the window, as the core writes them (snake_case), under the names
 * that the interface uses. They come from the generated bindings, so that a change in the core is a type error here.
 * A connector crosses as the text of its file, so that integers above 2^53 survive.
 */
import type {
  AppError,
  FieldType,
  Finding,
  FindingSeverity,
  FormField,
  AuthStatus as GeneratedAuthStatus,
  RunStart as GeneratedRunStart,
  RunSummary as GeneratedRunSummary,
  RunWhat as GeneratedRunWhat,
  Header,
  ReceivedResponse,
  RunUpdate,
  SecretStatus,
  StepReference,
} from "./bindings";

export type {
  AppError,
  ConnectorKind,
  ConnectorOpened,
  ConnectorSummary,
  Draft,
  Exchange,
  SandboxStatus,
  Settings,
  StepParsed,
  StepPlace,
  StepRenamed,
  StudioStatus,
  TemplateName,
  TemplateNameKind,
  TestState,
  Theme,
  VaultState,
  VaultStatus,
} from "./bindings";

export type Severity = FindingSeverity;
export type Diagnostic = Finding;
export type Reference = StepReference;
export type SecretVariable = SecretStatus;
export type FormFieldType = FieldType;
export type FormFieldRequest = FormField;
export type NameValue = Header;
export type ExchangeAnswer = ReceivedResponse;

/*
 * Signing in with OAuth, device codes and SSO. Written by hand until the generated bindings have them; each is
 * then one of the re-exports above.
 */

/** How the browser comes back: to a listener here, by the app's own scheme, or pasted. */
export type ReturnsBy = "loopback" | "deep_link" | "paste";

export type RunWhat =
  | GeneratedRunWhat
  /** The steps with shared credentials and what they need; what they leave is kept for everyone. */
  | { type: "shared_sign_in" }
  /** The person's own sign-in with single sign-on. */
  | { type: "sso_sign_in" };
export type RunStart = Omit<GeneratedRunStart, "what"> & { what: RunWhat };
export type RunSummary = Omit<GeneratedRunSummary, "what"> & { what: RunWhat };

export type RunEvent =
  | Exclude<RunUpdate, { event: "run_started" }>
  | { event: "run_started"; run: string; what: RunWhat; started_at: number }
  | BrowserRequested
  | { event: "browser_returned"; step: string }
  | DeviceCodeRequested
  /** A callback was refused, and the run waits on. */
  | { event: "callback_refused"; step: string; error: AppError };

/** A step waits for a browser. The address itself, with its state, stays in the core. */
export interface BrowserRequested {
  event: "browser_requested";
  step: string;
  /** The host of the authorization address. */
  provider: string;
  redirect_uri: string;
  returns_by: ReturnsBy;
  /** Unix seconds. */
  expires_at: number;
}

export interface DeviceCodeRequested {
  event: "device_code_requested";
  step: string;
  user_code: string;
  verification_uri: string;
  /** The address with the code in it, where the provider gives one. */
  verification_uri_complete: string | null;
  /** Unix seconds. */
  expires_at: number;
}

/** What an issuer's metadata says. */
export interface Discovered {
  issuer: string;
  authorization_url: string | null;
  token_url: string | null;
  device_authorization_url: string | null;
  revocation_url: string | null;
  registration_url: string | null;
  scopes: string[];
  pkce: "S256" | "plain" | "unknown";
  /** What `auto` would take. */
  client_auth: "basic" | "post" | "none" | "private_key_jwt" | null;
  /** Origins of endpoints that are not the issuer's own. */
  origins: string[];
}

/** Who owns the app's scheme on this computer. */
export type DeepLinkState = "ours" | "other_program" | "not_registered";

export interface RedirectAddresses {
  /** Without a port: any free one is used. */
  loopback: string;
  deep_link: string;
  deep_link_state: DeepLinkState;
  deep_link_note?: string | null;
}

/** A token, decoded; never the token or its signature. */
export interface TokenView {
  is_jwt: boolean;
  algorithm?: string | null;
  key_id?: string | null;
  header: unknown;
  claims: unknown;
  issued_at?: number | null;
  not_before?: number | null;
  expires_at?: number | null;
  issuer?: string | null;
  audience: string[];
  subject?: string | null;
}

/** The person's session with their OpenID Connect provider. */
export interface SsoStatus {
  state: "signed_out" | "signed_in" | "needs_you";
  issuer?: string | null;
  client_id?: string | null;
  name?: string | null;
  email?: string | null;
  subject?: string | null;
  /** When the access token expires, in Unix seconds. */
  expires_at?: number | null;
  message?: string | null;
}

export interface SsoSignIn {
  issuer: string;
  client_id: string;
  client_secret: string | null;
  scopes: string[];
  redirect: ReturnsBy;
}

export interface SsoSignedOut {
  /** Whether the provider was told. */
  revoked: boolean;
  message: string;
}

/** The outputs of steps with shared credentials. */
export interface SharedStatus {
  /** Whether the connector has such steps. */
  wanted: boolean;
  signed_in: boolean;
  expires_at?: number | null;
  stored_at?: number | null;
}

export type AuthStatus = GeneratedAuthStatus & { shared: SharedStatus };

export interface BundleOpened {
  connector_id: string;
  connector_name: string;
}

/** What the studio has to say without being asked. */
export type StudioNotice =
  | {
      kind: "sign_in_interrupted";
      connector_id: string | null;
      connector_name: string | null;
      message: string;
    }
  | { kind: "deep_link_refused"; error: AppError };
