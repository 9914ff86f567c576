/**
 * The shapes that cross between the core and the window, as the core writes them (snake_case).
 * A connector crosses as the text of its file, so that integers above 2^53 survive.
 */

export interface AppError {
  code: string;
  message: string;
  hint: string | null;
  step: string | null;
  field: string | null;
  retryable: boolean;
}

export type VaultState =
  | "ready"
  | "locked"
  | "missing"
  | "refused"
  | "slow"
  | "key_gone"
  | "key_wrong"
  | "session_only";

export interface VaultStatus {
  state: VaultState;
  kept_by: "keyring" | "passphrase" | "session" | null;
  message: string;
  hint: string | null;
}

export interface SandboxStatus {
  running: boolean;
  base_url: string | null;
}

export interface StudioStatus {
  version: string;
  data_dir: string;
  vault: VaultStatus;
  sandbox: SandboxStatus;
  first_run: boolean;
}

export type Theme = "system" | "light" | "dark";

export interface Settings {
  theme: Theme;
}

export type ConnectorKind = "rest" | "graphql";
export type TestState = "passed" | "failed" | "not_tested" | "changed";

export interface ConnectorSummary {
  id: string;
  name: string;
  kind: ConnectorKind;
  base_url: string;
  auth_method: string;
  step_count: number;
  endpoint_count: number;
  has_draft: boolean;
  test_state: TestState;
  file_path: string | null;
  /** Unix seconds. */
  updated_at: number;
  signed_in: boolean;
}

export interface Draft {
  document: string;
  /** Unix seconds. */
  saved_at: number;
}

export interface ConnectorOpened {
  id: string;
  document: string;
  revision: number;
  draft: Draft | null;
  file_path: string | null;
  test_state: TestState;
  updated_at: number;
}

export type Severity = "error" | "warning" | "info";

export interface Diagnostic {
  code: string;
  severity: Severity;
  path: string;
  message: string;
  help: string | null;
}

export type TemplateNameKind =
  | "step_output"
  | "variable"
  | "connector"
  | "account"
  | "input"
  | "answer"
  | "request"
  | "function"
  | "filter";

export interface TemplateName {
  name: string;
  detail: string;
  kind: TemplateNameKind;
}

export interface Reference {
  path: string;
  expression: string;
}

export interface StepRenamed {
  document: string;
  changed: number;
}

export type StepPlace = "auth" | "refresh";

export interface StepParsed {
  /** JSON text of the step; its id is already unique in the document. */
  step: string;
  from: "step" | "curl" | "request";
  notes: string[];
}

export interface SecretVariable {
  name: string;
  is_set: boolean;
}

export type RunWhat =
  | { type: "auth_steps" }
  | { type: "test_request" }
  | { type: "endpoint"; endpoint_id: string; inputs: Record<string, string> };

export interface RunStart {
  connector_id: string;
  document: string;
  what: RunWhat;
  keep_answers: boolean;
}

export type FormFieldType = "text" | "number" | "email" | "password" | "select" | "multiline";

export interface FormFieldRequest {
  key: string;
  label: string;
  type: FormFieldType;
  required: boolean;
  default: string | null;
  placeholder: string | null;
  help: string | null;
  options: { value: string; label: string }[];
  one_time: boolean;
  /** Filled in from the last answer; never for a password. */
  value: string | null;
  /** A password is kept from the last answer: leaving the field empty uses it. */
  remembered: boolean;
}

export interface NameValue {
  name: string;
  value: string;
}

export interface ExchangeAnswer {
  http_version: string;
  status: number;
  headers: NameValue[];
  body: string;
  body_bytes: number;
  truncated: boolean;
}

export interface Exchange {
  request: { method: string; url: string; headers: NameValue[]; body: string | null };
  response: ExchangeAnswer | null;
  redirects: { status: number; url: string }[];
  timing: { total_ms: number; first_byte_ms: number | null };
}

export type RunEvent =
  | { event: "run_started"; run: string; what: RunWhat; started_at: number }
  | { event: "step_started"; step: string; type: string; label: string | null }
  | {
      event: "form_requested";
      step: string;
      title: string;
      fields: FormFieldRequest[];
      error: string | null;
    }
  | {
      event: "step_finished";
      step: string;
      status: "ok" | "failed" | "skipped";
      duration_ms: number;
      outputs: unknown;
      exchange: Exchange | null;
      error: AppError | null;
    }
  | {
      event: "test_finished";
      status: "ok" | "failed";
      duration_ms: number;
      body: unknown;
      exchange: Exchange | null;
      error: AppError | null;
    }
  | { event: "run_finished"; ok: boolean; duration_ms: number; error: AppError | null };

export interface RunSummary {
  run: string;
  started_at: number;
  what: RunWhat;
  ok: boolean;
  duration_ms: number;
}

export interface AuthStatus {
  signed_in: boolean;
  step_ids: string[];
  expires_at: number | null;
  stored_at: number | null;
}
