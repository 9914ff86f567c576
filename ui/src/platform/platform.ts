/**
 * What the window asks of the core: one method for each command. The only implementation that ships
 * speaks Tauri; tests and plain browsers get an in-memory one. A rejected promise carries an AppError.
 */
import type {
  AuthStatus,
  ConnectorKind,
  ConnectorOpened,
  ConnectorSummary,
  Diagnostic,
  Reference,
  RunEvent,
  RunStart,
  RunSummary,
  SandboxStatus,
  SecretVariable,
  Settings,
  StepParsed,
  StepPlace,
  StepRenamed,
  StudioStatus,
  TemplateName,
  VaultStatus,
} from "./wire";

export interface Platform {
  studioStatus(): Promise<StudioStatus>;
  vaultRetry(): Promise<VaultStatus>;
  vaultUnlock(passphrase: string): Promise<VaultStatus>;
  vaultUseSessionOnly(): Promise<VaultStatus>;
  settingsGet(): Promise<Settings>;
  settingsSet(settings: Settings): Promise<void>;

  connectorList(query: string): Promise<ConnectorSummary[]>;
  connectorCreate(name: string, kind: ConnectorKind, baseUrl: string): Promise<ConnectorOpened>;
  connectorOpen(id: string): Promise<ConnectorOpened>;
  connectorDuplicate(id: string): Promise<ConnectorOpened>;
  connectorDelete(id: string): Promise<void>;
  draftSave(id: string, document: string): Promise<{ saved_at: number }>;
  draftDiscard(id: string): Promise<void>;
  connectorSave(id: string, document: string, revision: number): Promise<ConnectorOpened>;
  connectorCheck(document: string): Promise<Diagnostic[]>;
  connectorImportText(text: string): Promise<ConnectorOpened>;
  connectorImportFile(): Promise<ConnectorOpened | null>;
  connectorExport(id: string): Promise<string | null>;

  templateNames(document: string, path: string): Promise<TemplateName[]>;
  stepRename(document: string, from: string, to: string): Promise<StepRenamed>;
  stepReferences(document: string, step: string): Promise<Reference[]>;
  stepParse(document: string, text: string, place: StepPlace): Promise<StepParsed>;

  secretList(id: string): Promise<SecretVariable[]>;
  secretSet(id: string, name: string, value: string): Promise<void>;
  secretClear(id: string, name: string): Promise<void>;

  runStart(request: RunStart, onEvent: (event: RunEvent) => void): Promise<string>;
  runAnswer(runId: string, step: string, values: Record<string, string>): Promise<void>;
  runDecline(runId: string, step: string): Promise<void>;
  runCancel(runId: string): Promise<void>;
  runReveal(runId: string, pointer: string): Promise<string>;
  runList(connectorId: string): Promise<RunSummary[]>;
  runGet(run: string): Promise<RunEvent[]>;

  authClear(connectorId: string): Promise<void>;
  authStatus(connectorId: string): Promise<AuthStatus>;

  sandboxStart(): Promise<SandboxStatus>;
  sandboxStop(): Promise<SandboxStatus>;
  samplesAdd(): Promise<string[]>;

  clipboardRead(): Promise<string>;
  clipboardWrite(text: string): Promise<void>;
  linkOpen(url: string): Promise<void>;
}
