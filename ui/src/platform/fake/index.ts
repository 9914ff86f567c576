/**
 * The platform in memory: for tests, and for looking at the window in a plain browser. It behaves like the
 * core where a person can tell, and is never part of a build that ships.
 */
import type { Connector, Step } from "@/model/connector";
import { authSteps, readDocument, stepIds, writeDocument } from "@/model/document";
import { parseJson, writeJson } from "@/model/json";
import { parsePath, valueAt } from "@/model/path";
import { freeId } from "@/model/stepKinds";
import type { Platform } from "../platform";
import type {
  ConnectorKind,
  ConnectorOpened,
  ConnectorSummary,
  RunEvent,
  RunSummary,
  SandboxStatus,
  Settings,
  TestState,
  VaultStatus,
} from "../wire";
import { type AccountOptions, type FakeAccount, fakeAccount } from "./account";
import { type FakeApps, fakeApps } from "./apps";
import { CATALOGUE, catalogueConnector, searchCatalogue } from "./catalogue";
import { failure, render, type Scope } from "./evaluate";
import { type FakeImports, fakeImports } from "./imports";
import { viewToken } from "./jwt";
import { check, namesAt, referencesTo, renamed } from "./names";
import { runFlow } from "./runner";
import { PRACTICE_GRAPHQL, PRACTICE_LOGIN, PRACTICE_URL } from "./samples";
import { FakeSessions } from "./sessions";
import { SignIns, visitOf } from "./signIn";
import { turnedIntoMultistep } from "./turned";

interface Stored {
  id: string;
  document: string;
  revision: number;
  draft: { document: string; saved_at: number } | null;
  updated_at: number;
  test_state: TestState;
  secrets: Map<string, string>;
  /** When the shared sign-in expires, in Unix seconds; null where there is none. */
  shared: number | null;
}

interface LiveRun {
  connector: string;
  scope: Scope;
  cancelled: boolean;
  form: { step: string; answer: (values: Record<string, string>) => void; required: string[] } | null;
  decline: (() => void) | null;
  events: RunEvent[];
}

export interface FakeOptions extends AccountOptions {
  /** Connector files that are there from the start. */
  documents?: readonly string[];
  /** App files that are there from the start. */
  apps?: readonly string[];
  vault?: VaultStatus;
  /** 0 in tests: a run's requests take no time, and the browser comes back when the test says so. */
  speed?: number;
  draft?: string;
}

export interface FakePlatform extends Platform, Pick<FakeAccount, "notify">, FakeApps {
  stored: Map<string, Stored>;
  clipboard: string;
  signIns: SignIns;
  sessions: FakeSessions;
  /** Addresses that the person opened. */
  links: string[];
  imports: FakeImports;
}

/** How long the browser of a plain page is away. */
const BROWSER_MS = 40_000;

const READY: VaultStatus = {
  state: "ready",
  kept_by: "keyring",
  message: "Secrets are kept by the keyring.",
  hint: null,
};
export const seconds = () => Math.floor(Date.now() / 1000);

/** Whose sign-in it is, by what the connector says names them. */
function labelOf(connector: Connector, scope: Scope): string | null {
  if (!connector.account_name) return null;
  try {
    return String(render(connector.account_name, scope));
  } catch {
    return null;
  }
}

export function createFakePlatform(options: FakeOptions = {}): FakePlatform {
  const stored = new Map<string, Stored>();
  const runs = new Map<string, LiveRun>();
  const history = new Map<string, RunSummary & { connector: string }>();
  const remembered = new Map<string, Map<string, Record<string, string>>>();
  let settings: Settings = { theme: "system" };
  let vault = options.vault ?? READY;
  let sandbox: SandboxStatus = { running: false, base_url: null };
  let count = 0;
  const sessions = new FakeSessions();
  const signIns = new SignIns(options.speed === 0 ? null : BROWSER_MS);

  const put = (document: string): Stored => {
    const connector = readDocument(document);
    count += 1;
    const wanted = connector.id ?? `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
    const id = stored.has(wanted) ? `00000000-0000-4000-8000-${String(count).padStart(12, "0")}` : wanted;
    const row: Stored = {
      id,
      document: writeDocument({ ...connector, id }),
      revision: 1,
      draft: null,
      updated_at: seconds(),
      test_state: "not_tested",
      secrets: new Map(),
      shared: null,
    };
    stored.set(id, row);
    return row;
  };
  for (const document of options.documents ?? []) put(document);
  const row = (id: string): Stored => {
    const found = stored.get(id);
    if (!found) throw failure("connector.not_found", "There is no such connector any more.");
    return found;
  };
  const opened = (one: Stored): ConnectorOpened => ({
    id: one.id,
    document: one.document,
    revision: one.revision,
    draft: one.draft,
    file_path: null,
    test_state: one.test_state,
    updated_at: one.updated_at,
  });
  const read = new Map<string, Connector>();
  const readOnce = (document: string): Connector => {
    const known = read.get(document) ?? readDocument(document);
    read.set(document, known);
    return known;
  };
  const summary = (one: Stored): ConnectorSummary => {
    const connector = readOnce(one.document);
    return {
      id: one.id,
      name: connector.name,
      kind: connector.kind,
      base_url: connector.base_url,
      auth_method: connector.auth.method,
      step_count: authSteps(connector).length,
      endpoint_count: connector.endpoints?.length ?? 0,
      has_draft: one.draft !== null,
      test_state: one.test_state,
      file_path: null,
      updated_at: one.updated_at,
      signed_in: sessions.row(one.id, null).outputs !== null,
    };
  };

  const apps = fakeApps(
    () => [...stored.values()].map((one) => [one.id, readOnce(one.document)]),
    options.apps ?? [],
  );

  const imports: FakeImports = { fileToChoose: null, held: new Map() };
  const library = {
    add: (document: string, secrets: ReadonlyMap<string, string>) => {
      const one = put(document);
      for (const [name, value] of secrets) one.secrets.set(name, value);
      return opened(one);
    },
    document: (id: string) => row(id).document,
  };

  const fake: FakePlatform = {
    ...apps,
    ...fakeImports(library, imports),
    imports,
    ...fakeAccount(signIns, options),
    ...sessions.commands(),
    stored,
    signIns,
    sessions,
    links: [],
    clipboard: "",
    studioStatus: async () => ({
      version: "0.1.0",
      data_dir: "~/.local/share/latchwork",
      vault,
      sandbox,
      first_run: stored.size === 0 && apps.apps.size === 0,
      recovery: null,
    }),
    vaultRetry: async () => vault,
    vaultUnlock: async (passphrase) => {
      if (passphrase.length < 8) {
        throw failure("vault.key_wrong", "This passphrase does not open the vault.", { field: "passphrase" });
      }
      vault = {
        state: "ready",
        kept_by: "passphrase",
        message: "Unlocked with your passphrase.",
        hint: null,
      };
      return vault;
    },
    vaultUseSessionOnly: async () => {
      vault = {
        state: "session_only",
        kept_by: "session",
        message: "Secrets last until you close.",
        hint: null,
      };
      return vault;
    },
    settingsGet: async () => settings,
    settingsSet: async (next) => {
      settings = next;
    },

    connectorList: async (query) => {
      const words = query.toLowerCase().split(/\s+/).filter(Boolean);
      return [...stored.values()]
        .map(summary)
        .filter((one) => words.every((word) => `${one.name} ${one.base_url}`.toLowerCase().includes(word)))
        .sort((a, b) => a.name.localeCompare(b.name));
    },
    connectorCreate: async (name, kind: ConnectorKind, baseUrl) => {
      const document = writeDocument({
        format: "latchwork.connector/1",
        name,
        kind,
        base_url: baseUrl,
        auth: { method: "multistep", steps: [], refresh: { mode: "none" }, request_parameters: [] },
        endpoints: [],
      });
      return opened(put(document));
    },
    connectorOpen: async (id) => opened(row(id)),
    connectorDuplicate: async (id) => {
      const { id: _same, ...connector } = readDocument(row(id).document);
      return opened(put(writeDocument({ ...connector, name: `${connector.name} copy` })));
    },
    connectorDelete: async (id) => {
      row(id);
      stored.delete(id);
    },
    draftSave: async (id, document) => {
      const saved_at = seconds();
      row(id).draft = { document, saved_at };
      return { saved_at };
    },
    draftDiscard: async (id) => {
      row(id).draft = null;
    },
    connectorSave: async (id, document, revision) => {
      const one = row(id);
      if (one.revision !== revision) {
        throw failure("file.conflict", "The connector was saved elsewhere in the meantime.");
      }
      if (one.test_state === "passed" && document !== one.document) one.test_state = "changed";
      Object.assign(one, { document, revision: revision + 1, draft: null, updated_at: seconds() });
      return opened(one);
    },
    connectorCheck: async (document) => check(readDocument(document)),
    catalogueList: async (query) => searchCatalogue(query),
    catalogueAdd: async (id) => {
      const entry = CATALOGUE.find((one) => one.id === id);
      if (!entry) throw failure("file.not_found", `The catalogue has no entry “${id}”.`);
      return opened(put(catalogueConnector(entry)));
    },
    certificateChoose: async () => "/home/ada/certificates/acme-internal-ca.pem",

    templateNames: async (document, path) => namesAt(readDocument(document), path),
    authTurnIntoMultistep: async (document) => {
      const connector = readDocument(document);
      return writeDocument({ ...connector, auth: turnedIntoMultistep(connector.auth) });
    },
    stepRename: async (document, from, to) => {
      const done = renamed(readDocument(document), from, to);
      return { document: writeDocument(done.connector), changed: done.changed };
    },
    stepReferences: async (document, step) => referencesTo(readDocument(document), step),
    stepParse: async (document, text, place) => {
      const taken = stepIds(readDocument(document));
      if (text.trim().startsWith("curl ")) {
        const url = /https?:\/\/[^\s'"]+/.exec(text)?.[0] ?? "/";
        const method = /-X\s+(\w+)/.exec(text)?.[1] ?? (/-d|--data/.test(text) ? "POST" : "GET");
        const step: Step = { id: freeId("call", taken), type: "api_request", request: { method, url } };
        return { step: writeJson(step), from: "curl", notes: [] };
      }
      let pasted: Step;
      try {
        const envelope = parseJson(text) as { format: string; step: Step };
        if (envelope.format !== "latchwork.step/1") throw new Error("another format");
        pasted = { ...envelope.step, id: freeId(envelope.step.id, taken) };
      } catch {
        throw failure("clipboard.no_step", "The clipboard holds no step.", {
          hint: "Copy a step in Latchwork, or a cURL command from your browser's developer tools.",
        });
      }
      if (place === "refresh" && pasted.type !== "api_request") {
        throw failure(
          "import.not_allowed_here",
          `A ${pasted.type} step cannot be pasted into a refresh flow.`,
          {
            hint: "A refresh flow takes API requests from the clipboard: it runs without anybody there to answer.",
          },
        );
      }
      return { step: writeJson(pasted), from: "step", notes: [] };
    },

    secretList: async (id) =>
      (readDocument(row(id).draft?.document ?? row(id).document).variables ?? [])
        .filter((variable) => variable.secret)
        .map((variable) => ({ name: variable.name, is_set: row(id).secrets.has(variable.name) })),
    secretSet: async (id, name, value) => void row(id).secrets.set(name, value),
    secretClear: async (id, name) => void row(id).secrets.delete(name),

    runStart: async (start, onEvent) => {
      count += 1;
      const run = `run-${count}`;
      const connector = readDocument(start.document);
      const one = row(start.connector_id);
      const scope: Scope = {
        connector: { base_url: connector.base_url, name: connector.name },
        account: { name: "Default" },
        vars: Object.fromEntries(
          (connector.variables ?? []).map((v) => [
            v.name,
            v.secret ? (one.secrets.get(v.name) ?? "") : v.value,
          ]),
        ),
      };
      const live: LiveRun = {
        connector: start.connector_id,
        scope,
        cancelled: false,
        form: null,
        decline: null,
        events: [],
      };
      const before = [...runs.values()].findLast((other) => other.connector === start.connector_id);
      runs.set(run, live);
      let kept = remembered.get(start.connector_id);
      if (!kept || !start.keep_answers) {
        kept = new Map();
        remembered.set(start.connector_id, kept);
      }
      const account = start.what.type === "sign_in" ? start.what.account : (start.account ?? null);
      const emit = (event: RunEvent) => {
        live.events.push(event);
        if (event.event === "run_finished" && !live.cancelled) {
          // A test stores nothing; a call does, and so does a shared sign-in.
          if (start.what.type === "shared_sign_in") one.shared = event.ok ? seconds() + 12_300 : one.shared;
          else if (start.what.type === "endpoint" || start.what.type === "sign_in") {
            if (event.ok) sessions.signedIn(one.id, account, { ...scope }, labelOf(connector, scope));
          } else if (start.what.type === "auth_steps") one.test_state = event.ok ? "passed" : "failed";
        }
        onEvent(event);
      };
      const finished = runFlow(run, start, scope, {
        emit,
        remembered: kept,
        cached: sessions.row(one.id, account).outputs,
        onRenewed: ({ error, ...renewal }) => {
          if (!error) sessions.row(one.id, account).outputs = { ...scope };
          const said = error && { code: error.code, message: error.message };
          sessions.renewed(one.id, account, { ...renewal, error: said });
        },
        left: before?.scope ?? {},
        isCancelled: () => live.cancelled,
        pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds * (options.speed ?? 1))),
        signIn: async (step) => {
          const visit = visitOf(run, step);
          if (visit) await signIns.wait(visit, emit);
        },
        sso: () => fake.ssoStatus(),
        askForm: (step, fields) =>
          new Promise((answer, refuse) => {
            live.decline = () => refuse(failure("run.cancelled", "The run was cancelled."));
            const known = kept.get(step) ?? {};
            live.form = {
              step,
              answer: (values) =>
                answer({
                  ...known,
                  ...Object.fromEntries(Object.entries(values).filter(([, value]) => value !== "")),
                }),
              required: fields
                .filter((field) => field.required && !field.remembered)
                .map((field) => field.key),
            };
          }),
      });
      void finished.then((ok) => {
        const ended = live.events.at(-1);
        history.set(run, {
          run,
          connector: start.connector_id,
          started_at: seconds(),
          what: start.what,
          ok,
          duration_ms: ended?.event === "run_finished" ? ended.duration_ms : 0,
        });
      });
      return run;
    },
    runAnswer: async (runId, step, values) => {
      const live = runs.get(runId);
      if (!live?.form || live.form.step !== step)
        throw failure("run.not_waiting", "Nothing is asked any more.");
      const missing = live.form.required.find((key) => (values[key] ?? "") === "");
      if (missing) throw failure("form.required", "This field is needed.", { field: missing });
      const bad = Object.entries(values).find(([key, value]) => key === "email" && !value.includes("@"));
      if (bad)
        throw failure("form.invalid_email", `“${bad[1]}” is not an e-mail address.`, { field: bad[0] });
      const { answer } = live.form;
      live.form = null;
      answer(values);
    },
    runDecline: async (runId) => runs.get(runId)?.decline?.(),
    runCancel: async (runId) => {
      const live = runs.get(runId);
      if (!live) return signIns.cancel(runId);
      live.cancelled = true;
      live.decline?.();
      signIns.cancel(runId);
    },
    runReveal: async (runId, pointer) => {
      const value = valueAt(runs.get(runId)?.scope, parsePath(pointer));
      if (value === undefined)
        throw failure("run.not_kept", "This value is not kept any more. Run the test again.");
      return typeof value === "string" ? value : writeJson(value);
    },
    runRequestAsCurl: async ({ method, url }) => `curl '${url}' --request ${method}`,
    runList: async (id) => [...history.values()].filter((one) => one.connector === id).reverse(),
    runGet: async (run) => runs.get(run)?.events ?? [],

    runBrowserOpen: async (runId, step) => signIns.open(runId, step),
    runBrowserCopy: async (runId, step) => {
      fake.clipboard = signIns.copy(runId, step);
    },
    runCallbackPaste: async (runId, step, address) => signIns.paste(runId, step, address),
    tokenInspect: async (runId, pointer) => viewToken(await fake.runReveal(runId, pointer)),

    authClear: async (id, shared) => {
      if (shared) row(id).shared = null;
      else sessions.clear(id, null);
    },
    authStatus: async (id) => ({
      signed_in: sessions.row(id, null).outputs !== null,
      step_ids: authSteps(readDocument(row(id).document)).map((step) => step.id),
      expires_at: sessions.row(id, null).expires_at,
      stored_at: sessions.row(id, null).stored_at,
      shared: {
        wanted: row(id).document.includes('"shared_credentials": true'),
        signed_in: row(id).shared !== null,
        expires_at: row(id).shared,
        stored_at: row(id).shared === null ? null : seconds() - 60,
      },
    }),
    bundleSeal: async (id) => `~/${readDocument(row(id).document).name}.latchwork-bundle`,
    bundleOpen: async (passphrase) => {
      if (passphrase === "wrong passphrase") {
        throw failure("bundle.passphrase", "This passphrase does not open the bundle.", {
          field: "passphrase",
        });
      }
      const one = [...stored.values()].find((each) => each.document.includes("shared_credentials"));
      if (!one) return null;
      one.shared = seconds() + 12_300;
      return { connector_id: one.id, connector_name: readDocument(one.document).name };
    },

    sandboxStart: async () => {
      sandbox = { running: true, base_url: PRACTICE_URL };
      return sandbox;
    },
    sandboxStop: async () => {
      sandbox = { running: false, base_url: null };
      return sandbox;
    },
    samplesAdd: async () => {
      await fake.sandboxStart();
      apps.addSampleApp();
      return [PRACTICE_LOGIN, PRACTICE_GRAPHQL].map((sample) => {
        const { id = "" } = readOnce(sample);
        return stored.has(id) ? id : put(sample).id;
      });
    },

    clipboardRead: async () => fake.clipboard,
    clipboardWrite: async (text) => {
      fake.clipboard = text;
    },
    linkOpen: async (url) => {
      fake.links.push(url);
    },
  };
  return fake;
}
