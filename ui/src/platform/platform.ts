/**
 * What the window asks of the core: one method for each command. The only implementation that ships
 * speaks Tauri; tests and plain browsers get an in-memory one. A rejected promise carries an AppError.
 */
import type {
  AccountSignedOut,
  AccountView,
  ActivityView,
  AppOpened,
  AppSummary,
  AuthStatus,
  BindableConnector,
  BundleOpened,
  CatalogueEntry,
  ConnectorExported,
  ConnectorFileText,
  ConnectorKind,
  ConnectorOpened,
  ConnectorPage,
  Diagnostic,
  Discovered,
  DraftSaved,
  ExportKind,
  GivenSecret,
  GraphqlSchema,
  ImportPreview,
  LinkedConnector,
  LinkedFile,
  RedirectAddresses,
  Reference,
  RunEvent,
  RunStart,
  RunSummary,
  SandboxStatus,
  SecretVariable,
  SentRequest,
  Settings,
  SsoSignedOut,
  SsoSignIn,
  SsoStatus,
  StepParsed,
  StepPlace,
  StepRenamed,
  StudioNotice,
  StudioStatus,
  TemplateName,
  TokenView,
  VaultStatus,
} from "./wire";

export interface Platform {
  studioStatus(): Promise<StudioStatus>;
  vaultRetry(): Promise<VaultStatus>;
  vaultUnlock(passphrase: string): Promise<VaultStatus>;
  vaultUseSessionOnly(): Promise<VaultStatus>;
  settingsGet(): Promise<Settings>;
  settingsSet(settings: Settings): Promise<void>;

  /** A hundred of the connectors whose name or address holds the query, from `offset` on. */
  connectorList(query: string, offset: number): Promise<ConnectorPage>;
  connectorCreate(name: string, kind: ConnectorKind, baseUrl: string): Promise<ConnectorOpened>;
  connectorOpen(id: string): Promise<ConnectorOpened>;
  connectorDuplicate(id: string): Promise<ConnectorOpened>;
  connectorDelete(id: string): Promise<void>;
  draftSave(id: string, document: string): Promise<{ saved_at: number }>;
  draftDiscard(id: string): Promise<void>;
  /** `over`: the state of the connector's file that its person has seen and saves over; null where it did not change. */
  connectorSave(
    id: string,
    document: string,
    revision: number,
    over: string | null,
  ): Promise<ConnectorOpened>;
  /** The connector in a file that the person chooses; nothing where the dialog was closed. */
  connectorOpenFile(): Promise<LinkedConnector | null>;
  /** The connector's file and how it stands; null where the connector is the library's alone. */
  connectorFile(id: string): Promise<LinkedFile | null>;
  connectorFileText(id: string, mine: string): Promise<ConnectorFileText>;
  /** Takes what the file says, in the state of this hash, in place of what is here. */
  connectorTakeFile(id: string, hash: string): Promise<ConnectorOpened>;
  /** Saves to a file that the person chooses from now on; nothing where the dialog was closed. */
  connectorLink(id: string): Promise<ConnectorOpened | null>;
  connectorUnlink(id: string): Promise<ConnectorOpened>;
  connectorCheck(document: string): Promise<Diagnostic[]>;
  /** The catalogue's entries that fit a query, the best first. */
  catalogueList(query: string): Promise<CatalogueEntry[]>;
  catalogueAdd(id: string): Promise<ConnectorOpened>;
  /** The path of a certificate's file that was chosen; nothing where the dialog was closed. */
  certificateChoose(): Promise<string | null>;

  /** What an import of a text would bring. `onto`: the preview of a collection, where the text is its environment. */
  importPreview(text: string, onto: string | null): Promise<ImportPreview>;
  /** The same of a file that the person chooses; nothing where the dialog was closed. */
  importPreviewFile(onto: string | null): Promise<ImportPreview | null>;
  importCommit(id: string, name: string, secrets: GivenSecret[]): Promise<ConnectorOpened>;
  importDiscard(id: string): Promise<void>;
  connectorExportText(id: string, kind: ExportKind): Promise<ConnectorExported>;
  /** The path that was written; nothing where the dialog was closed. */
  connectorExportAs(id: string, kind: ExportKind): Promise<string | null>;

  appList(): Promise<AppSummary[]>;
  appCreate(name: string): Promise<AppOpened>;
  appOpen(id: string): Promise<AppOpened>;
  appDuplicate(id: string): Promise<AppOpened>;
  appDelete(id: string): Promise<void>;
  appSave(id: string, document: string, revision: number): Promise<AppOpened>;
  appDraftSave(id: string, document: string): Promise<DraftSaved>;
  appDraftDiscard(id: string): Promise<void>;
  appCheck(document: string): Promise<Diagnostic[]>;
  appTemplateNames(document: string, path: string): Promise<TemplateName[]>;
  appControlRename(document: string, from: string, to: string): Promise<StepRenamed>;
  /** The library's connectors with what an app can call of each. */
  appConnectors(): Promise<BindableConnector[]>;
  appImportText(text: string): Promise<AppOpened>;
  /** Nothing where the dialog was closed. */
  appImportFile(): Promise<AppOpened | null>;
  /** The path that was written. `withConnectors`: the file works without a library. */
  appExport(id: string, withConnectors: boolean): Promise<string | null>;
  /** Opens the app as it stands in the editor, in a window of its own. */
  appPreview(id: string, document: string): Promise<void>;

  templateNames(document: string, path: string): Promise<TemplateName[]>;
  /** The document with its preset as the steps, request parameters and signing that it is made of. */
  authTurnIntoMultistep(document: string): Promise<string>;
  stepRename(document: string, from: string, to: string): Promise<StepRenamed>;
  stepReferences(document: string, step: string): Promise<Reference[]>;
  stepParse(document: string, text: string, place: StepPlace): Promise<StepParsed>;

  /** The schema that is kept for the request at a place of the document. */
  graphqlSchema(connectorId: string, document: string, place: string): Promise<GraphqlSchema | null>;
  graphqlSchemaFetch(connectorId: string, document: string, place: string): Promise<GraphqlSchema>;
  /** Nothing where the dialog was closed. */
  graphqlSchemaChoose(connectorId: string, document: string, place: string): Promise<GraphqlSchema | null>;
  graphqlSchemaForget(connectorId: string, document: string, place: string): Promise<void>;

  secretList(id: string): Promise<SecretVariable[]>;
  secretSet(id: string, name: string, value: string): Promise<void>;
  secretClear(id: string, name: string): Promise<void>;

  runStart(request: RunStart, onEvent: (event: RunEvent) => void): Promise<string>;
  runAnswer(runId: string, step: string, values: Record<string, string>): Promise<void>;
  runDecline(runId: string, step: string): Promise<void>;
  runCancel(runId: string): Promise<void>;
  runReveal(runId: string, pointer: string): Promise<string>;
  /** A request of a run as a command; what is hidden in it is a variable of the shell. */
  runRequestAsCurl(request: SentRequest): Promise<string>;
  runList(connectorId: string): Promise<RunSummary[]>;
  runGet(run: string): Promise<RunEvent[]>;

  runBrowserOpen(runId: string, step: string): Promise<void>;
  runBrowserCopy(runId: string, step: string): Promise<void>;
  /** Rejected where the address is refused; the run waits on. */
  runCallbackPaste(runId: string, step: string, address: string): Promise<void>;
  tokenInspect(runId: string, pointer: string): Promise<TokenView>;

  oauthDiscover(issuer: string): Promise<Discovered>;
  oauthRedirectAddresses(): Promise<RedirectAddresses>;

  ssoStatus(): Promise<SsoStatus>;
  ssoSignIn(request: SsoSignIn, onEvent: (event: RunEvent) => void): Promise<string>;
  ssoSignOut(): Promise<SsoSignedOut>;

  /** `shared`: the outputs that serve everyone, instead of the account's own. */
  authClear(connectorId: string, shared: boolean): Promise<void>;
  authStatus(connectorId: string): Promise<AuthStatus>;

  /** The accounts of a connector; the ones that change them give the new list. */
  accountList(connectorId: string): Promise<AccountView[]>;
  accountAdd(connectorId: string, name: string): Promise<AccountView[]>;
  accountRename(connectorId: string, name: string, newName: string): Promise<AccountView[]>;
  accountActivate(connectorId: string, name: string): Promise<AccountView[]>;
  accountRemove(connectorId: string, name: string): Promise<AccountView[]>;
  accountSignOut(connectorId: string, name: string): Promise<AccountSignedOut>;
  accountClear(connectorId: string, name: string): Promise<void>;
  /** The last renewals of a connector's sessions, the newest first. */
  sessionActivity(connectorId: string): Promise<ActivityView[]>;

  /** The path that was written; nothing where the dialog was closed. */
  bundleSeal(connectorId: string, passphrase: string): Promise<string | null>;
  bundleOpen(passphrase: string): Promise<BundleOpened | null>;

  noticeWatch(onNotice: (notice: StudioNotice) => void): Promise<void>;

  sandboxStart(): Promise<SandboxStatus>;
  sandboxStop(): Promise<SandboxStatus>;
  samplesAdd(): Promise<string[]>;

  clipboardRead(): Promise<string>;
  clipboardWrite(text: string): Promise<void>;
  linkOpen(url: string): Promise<void>;
}
