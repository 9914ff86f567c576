/**
 * The connector file as the editor sees it (format `latchwork.connector/1`). Only the parts that can be
 * edited here are typed in full; step kinds and auth methods of later releases pass through unread.
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
/** A kind that this release opens, shows and keeps, and does not edit. */
export type OtherStep = StepCommon & {
  type:
    | "oauth2_authorization_code"
    | "oauth2_pkce"
    | "oauth2_client_credentials"
    | "oauth2_device_code"
    | "oauth2_jwt_bearer"
    | "sso_token";
};

export type Step = FormStep | ApiRequestStep | PollStep | BasicAuthStep | SetVariablesStep | OtherStep;
export type StepType = Step["type"];

export interface Refresh {
  mode: "none" | "same_as_auth_flow" | "steps";
  steps?: Step[];
  [member: string]: unknown;
}

export interface MultistepAuth {
  method: "multistep";
  steps: Step[];
  refresh?: Refresh;
  request_parameters?: RequestParameter[];
  signing?: unknown;
  send_cookies?: boolean;
}

export type Auth =
  | { method: "none" }
  | { method: "api_key"; name: string; value: string; location: ParameterLocation }
  | { method: "bearer"; token: string }
  | { method: "basic"; username?: string; password?: string }
  | { method: "oauth2"; [member: string]: unknown }
  | { method: "aws_sigv4"; [member: string]: unknown }
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
  base_url: string;
  allowed_origins?: string[];
  variables?: Variable[];
  network?: Network;
  auth: Auth;
  test?: TestRequest;
  endpoints?: Endpoint[];
}
