/**
 * The connector file as the editor sees it (format `latchwork.connector/1`).
 * Optional members may be missing: the defaults live in `defaults.ts`.
 */
import type { LosslessNumber } from "lossless-json";

export type Kind = "rest" | "graphql";
/** A number of the file: a LosslessNumber where a double cannot hold it. */
export type FileNumber = number | LosslessNumber;

export interface Parameter {
  name: string;
  value: string;
  enabled?: boolean;
  omit_empty?: boolean;
}

export type ParameterLocation = "query" | "header" | "body";

export interface RequestParameter {
  location: ParameterLocation;
  name: string;
  value: string;
  enabled?: boolean;
}

export type Body =
  | { type: "none" }
  | { type: "json"; value: unknown }
  | { type: "form"; fields: Parameter[] }
  | { type: "multipart"; fields: Parameter[] }
  | { type: "text"; content_type: string; content: string }
  | { type: "graphql"; query: string; variables?: unknown };

export type BodyType = Body["type"];

export interface Request {
  method: string;
  url: string;
  query?: Parameter[];
  headers?: Parameter[];
  body?: Body;
  follow_redirects?: boolean;
  timeout_seconds?: FileNumber;
}

export interface OutputDefinition {
  name: string;
  value: string;
}

export type FieldType = "text" | "number" | "email" | "password" | "select" | "multiline";

export interface FormOption {
  value: string;
  label: string;
}

export interface FormField {
  key: string;
  label: string;
  type: FieldType;
  required?: boolean;
  default?: string;
  placeholder?: string;
  help?: string;
  options?: FormOption[] | string;
  one_time?: boolean;
  origin?: boolean;
}

interface StepCommon {
  id: string;
  label?: string;
  disabled?: boolean;
  when?: string;
  outputs?: OutputDefinition[];
}

export interface Success {
  statuses?: (string | FileNumber)[];
  when?: string;
}

export type FormStep = StepCommon & { type: "form"; title: string; fields: FormField[] };
export type ApiRequestStep = StepCommon & { type: "api_request"; request: Request; success?: Success };
export type PollStep = StepCommon & {
  type: "poll";
  request: Request;
  until: string;
  every_seconds?: FileNumber;
  timeout_seconds?: FileNumber;
};
export type BasicAuthStep = StepCommon & { type: "basic_auth"; username?: string; password?: string };
export type SetVariablesStep = StepCommon & { type: "set_variables" };
export type OauthStepType =
  | "oauth2_authorization_code"
  | "oauth2_pkce"
  | "oauth2_client_credentials"
  | "oauth2_device_code"
  | "oauth2_jwt_bearer";

export type ClientAuth = "auto" | "basic" | "post" | "none" | "private_key_jwt";
export type RedirectKind = "loopback" | "deep_link" | "paste";

/** What the OAuth step kinds share, and what one of them has alone. What is left out has its default. */
export interface OauthFields {
  client_id?: string;
  client_secret?: string;
  issuer?: string;
  authorization_url?: string;
  token_url?: string;
  refresh_url?: string;
  revocation_url?: string;
  scopes?: string[];
  scope_separator?: string;
  client_auth?: ClientAuth;
  client_key?: string;
  client_key_id?: string;
  redirect?: RedirectKind;
  redirect_uri?: string;
  authorize_params?: Parameter[];
  token_params?: Parameter[];
  refresh_params?: Parameter[];
  token_headers?: Parameter[];
  refresh_headers?: Parameter[];
  token_method?: "POST" | "GET";
  token_body?: "form" | "json" | "query";
  param_names?: Record<string, string>;
  code_param?: string;
  token_path?: string;
  client_registration?: "static" | "dynamic";
  audience?: string;
  resource?: string;
  shared_credentials?: boolean;
  /** The authorization code step's own. */
  pkce?: "S256" | "off";
  /** The PKCE step's own. */
  code_challenge_method?: "S256" | "plain";
  /** The device code step's own. */
  device_authorization_url?: string;
  /** The JWT bearer step's own. */
  key?: string;
  algorithm?: string;
  key_id?: string;
  claims?: Record<string, unknown>;
  lifetime_seconds?: FileNumber;
}

export type OauthMember = keyof OauthFields;
export type OauthStep = StepCommon & OauthFields & { type: OauthStepType };
export type SsoTokenStep = StepCommon & { type: "sso_token" };

export type Step =
  | FormStep
  | ApiRequestStep
  | PollStep
  | BasicAuthStep
  | SetVariablesStep
  | OauthStep
  | SsoTokenStep;
export type StepType = Step["type"];

export type RefreshMode = "none" | "same_as_auth_flow" | "steps";

/** When a refresh runs; 401 alone where `statuses` is left out. */
export interface RefreshTriggers {
  statuses?: (string | FileNumber)[];
  when?: string;
  before_expiry_seconds?: FileNumber;
}

/** An output of the auth flow, as a path, takes a new value. */
export interface Update {
  target: string;
  value: string;
}

export interface Refresh {
  mode: RefreshMode;
  use_stored_credentials?: boolean;
  on?: RefreshTriggers;
  steps?: Step[];
  updates?: Update[];
}

/** Credentials and place of an AWS signature (Signature Version 4). */
export interface AwsSigV4 {
  access_key_id: string;
  secret_access_key: string;
  session_token?: string;
  region: string;
  service: string;
}

/** Credentials of an OAuth 1.0a signature (RFC 5849). */
export interface OAuth1 {
  consumer_key: string;
  consumer_secret: string;
  token: string;
  token_secret: string;
  signature_method: string;
  realm?: string;
}

/** A signature over the request as it is sent. */
export type Signing = ({ type: "aws_sigv4" } & AwsSigV4) | ({ type: "oauth1" } & OAuth1);
export type SigningType = Signing["type"];

export interface MultistepAuth {
  method: "multistep";
  steps: Step[];
  refresh?: Refresh;
  request_parameters?: RequestParameter[];
  signing?: Signing;
  send_cookies?: boolean;
}

export type Grant = "authorization_code" | "pkce" | "client_credentials" | "device_code" | "jwt_bearer";
/** One grant by itself: a preset of the flow with that one step. */
export type Oauth2Auth = OauthFields & { method: "oauth2"; grant: Grant };

export type Auth =
  | { method: "none" }
  | { method: "api_key"; name: string; value: string; location: ParameterLocation }
  | { method: "bearer"; token: string }
  | { method: "basic"; username?: string; password?: string }
  | Oauth2Auth
  | ({ method: "aws_sigv4" } & AwsSigV4)
  | MultistepAuth;

export type AuthMethod = Auth["method"];

export interface Variable {
  name: string;
  value?: string;
  secret?: boolean;
  description?: string;
}

export interface Network {
  proxy?: string;
  ca_certificate?: string;
  client_certificate?: { certificate: string; key: string };
  accept_invalid_certificates?: boolean;
}

export type InputType = "text" | "number" | "boolean" | "json";

export interface EndpointInput {
  name: string;
  type?: InputType;
  required?: boolean;
  default?: unknown;
}

export interface Endpoint {
  id: string;
  name?: string;
  inputs?: EndpointInput[];
  request: Request;
}

export interface TestRequest {
  request: Request;
  advanced?: boolean;
}

export interface Connector {
  format: "latchwork.connector/1";
  id?: string;
  name: string;
  kind: Kind;
  description?: string;
  documentation_url?: string;
  /** Which output names the account, as a template. */
  account_name?: string;
  base_url: string;
  allowed_origins?: string[];
  variables?: Variable[];
  network?: Network;
  auth: Auth;
  test?: TestRequest;
  endpoints?: Endpoint[];
}
