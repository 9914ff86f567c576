/**
 * The shapes that cross between the core and the window, as the core writes them (snake_case), under the names
 * that the interface uses. They come from the generated bindings, so that a change in the core is a type error here.
 * A connector crosses as the text of its file, so that integers above 2^53 survive.
 */
import type {
  FieldType,
  Finding,
  FindingSeverity,
  FormField,
  Header,
  ReceivedResponse,
  RunUpdate,
  SecretStatus,
  SignedOut,
  StepReference,
} from "./bindings";

export type {
  AccountState,
  AccountView,
  ActivityView,
  AppAccountView,
  AppConnectorView,
  AppError,
  AppOpened,
  AppSignIn,
  AppSummary,
  AppUpdate,
  AuthStatus,
  BindableConnector,
  BindableEndpoint,
  BindableInput,
  BundleOpened,
  CatalogueEntry,
  CatalogueStep,
  ConnectorExported,
  ConnectorFileText,
  ConnectorKind,
  ConnectorOpened,
  ConnectorPage,
  ConnectorSummary,
  ControlContent,
  ControlEvent,
  ControlState,
  ControlView,
  DeepLinkState,
  Discovered,
  Draft,
  DraftSaved,
  Exchange,
  ExportKind,
  FileState,
  GivenSecret,
  GraphqlSchema,
  ImportEndpoint,
  ImportKind,
  ImportNote,
  ImportPreview,
  LinkedConnector,
  LinkedFile,
  ManagedAuthView,
  RedirectAddresses,
  RefreshEnd,
  ReturnsBy,
  RunningApp,
  RunStart,
  RunSummary,
  RunWhat,
  SandboxStatus,
  ScreenView,
  SentRequest,
  Settings,
  SharedStatus,
  SsoSignIn,
  SsoStatus,
  StepParsed,
  StepPlace,
  StepRenamed,
  StudioNotice,
  StudioStatus,
  TemplateName,
  TemplateNameKind,
  TestState,
  Theme,
  TokenView,
  Tone,
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
export type RunEvent = RunUpdate;
export type CallRefused = Extract<RunUpdate, { event: "call_refused" }>;
export type AccountSignedOut = SignedOut;
export type SsoSignedOut = SignedOut;

/** A step waits for a browser. The address itself, with its state, stays in the core. */
export type BrowserRequested = Extract<RunUpdate, { event: "browser_requested" }>;
export type DeviceCodeRequested = Extract<RunUpdate, { event: "device_code_requested" }>;
