/**
 * The shapes that cross between the core and the window, as the core writes them (snake_case), under the names
 * that the interface uses. They come from the generated bindings, so that a change in the core is a type error here.
 * A connector crosses as the text of its file, so that integers above 2^53 survive.
 */
import type {
  Exchange,
  FieldType,
  Finding,
  FindingSeverity,
  FormField,
  Header,
  StudioNotice as NoticeOfStudio,
  RunSummary as PastRun,
  ReceivedResponse,
  RefreshEnd,
  RunUpdate,
  SecretStatus,
  SignedOut,
  RunStart as StartOfRun,
  StepReference,
  RunWhat as WhatToRun,
} from "./bindings";

export type {
  AppError,
  AuthStatus,
  BundleOpened,
  ConnectorKind,
  ConnectorOpened,
  ConnectorSummary,
  DeepLinkState,
  Discovered,
  Draft,
  Exchange,
  RedirectAddresses,
  RefreshEnd,
  ReturnsBy,
  SandboxStatus,
  Settings,
  SharedStatus,
  SsoSignIn,
  SsoStatus,
  StepParsed,
  StepPlace,
  StepRenamed,
  StudioStatus,
  TemplateName,
  TemplateNameKind,
  TestState,
  Theme,
  TokenView,
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
/** What a run runs. */
export type RunWhat =
  | WhatToRun
  /** The auth flow, and what it leaves is kept for this account. */
  | { type: "sign_in"; account: string }
  /** The session is renewed, as if it had been asked for. */
  | { type: "refresh_flow" }
  /** The test request, as if the API had refused it at first. */
  | { type: "simulate_401" };
export type RunStart = Omit<StartOfRun, "what"> & {
  what: RunWhat;
  /** Whose outputs it uses; null is the active account. */
  account: string | null;
};
export type RunSummary = Omit<PastRun, "what"> & { what: RunWhat };

/** The first answer said that the session is over; `simulated` where no request was sent. */
export interface CallRefused {
  event: "call_refused";
  simulated: boolean;
  status: number;
  duration_ms: number;
  body: unknown;
  exchange: Exchange | null;
}
type RunStarted = Omit<Extract<RunUpdate, { event: "run_started" }>, "what"> & { what: RunWhat };
export type RunEvent = Exclude<RunUpdate, { event: "run_started" }> | RunStarted | CallRefused;

/** Another window or process signed in, signed out or renewed a session. */
export interface SessionsChanged {
  kind: "sessions_changed";
}
export type StudioNotice = NoticeOfStudio | SessionsChanged;

export type AccountState = "signed_out" | "signed_in" | "expired" | "needs_you";

/** One set of credentials for a connector. There is always one, called `default`. Times are Unix seconds. */
export interface AccountView {
  name: string;
  /** Who it is at the provider, as the connector's `account_name` says. */
  label: string | null;
  active: boolean;
  state: AccountState;
  expires_at: number | null;
  stored_at: number | null;
  /** Why only the person can go on, in the provider's words. */
  needs_you: { code: string; message: string; at: number } | null;
  /** Signed in, but the disk would not take it: it is in memory only. */
  held: boolean;
}

export interface AccountSignedOut {
  /** Whether the provider ended the session too. */
  revoked: boolean;
  message: string;
}

/** A renewal of a session that is over. */
export interface ActivityView {
  /** Unix seconds. */
  at: number;
  /** Null: the shared sign-in. */
  account: string | null;
  reason: string;
  outcome: RefreshEnd;
  /** The steps and outputs that took new values. */
  updated: string[];
  error: { code: string; message: string } | null;
}
export type SsoSignedOut = SignedOut;

/** A step waits for a browser. The address itself, with its state, stays in the core. */
export type BrowserRequested = Extract<RunUpdate, { event: "browser_requested" }>;
export type DeviceCodeRequested = Extract<RunUpdate, { event: "device_code_requested" }>;
