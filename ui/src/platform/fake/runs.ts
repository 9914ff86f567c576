/** Runs of the in-memory core: they walk the steps with made-up answers, and ask as the core does. */
import type { Connector } from "@/model/connector";
import { readDocument } from "@/model/document";
import { writeJson } from "@/model/json";
import { parsePath, valueAt } from "@/model/path";
import type { Platform } from "../platform";
import type { RunEvent, RunSummary } from "../wire";
import { failure, render, type Scope } from "./evaluate";
import { viewToken } from "./jwt";
import { type FakeLibrary, seconds } from "./library";
import { runFlow } from "./runner";
import type { FakeSessions } from "./sessions";
import { type SignIns, visitOf } from "./signIn";

type Commands = Pick<
  Platform,
  | "runStart"
  | "runAnswer"
  | "runDecline"
  | "runCancel"
  | "runReveal"
  | "runRequestAsCurl"
  | "runList"
  | "runGet"
  | "runBrowserOpen"
  | "runBrowserCopy"
  | "runCallbackPaste"
  | "tokenInspect"
>;

interface LiveRun {
  connector: string;
  scope: Scope;
  cancelled: boolean;
  form: { step: string; answer: (values: Record<string, string>) => void; required: string[] } | null;
  decline: (() => void) | null;
  events: RunEvent[];
}

interface Options {
  library: FakeLibrary;
  sessions: FakeSessions;
  signIns: SignIns;
  /** 0 where requests take no time. */
  speed: number;
  /** All of it, as it is when it is needed: a test may put commands of its own in. */
  platform: () => Pick<Platform, "runReveal" | "ssoStatus"> & { clipboard: string };
}

/** Whose sign-in it is, by what the connector says names them. */
function labelOf(connector: Connector, scope: Scope): string | null {
  if (!connector.account_name) return null;
  try {
    return String(render(connector.account_name, scope));
  } catch {
    return null;
  }
}

export function fakeRuns({ library, sessions, signIns, speed, platform }: Options): Commands {
  const { row, next } = library;
  const runs = new Map<string, LiveRun>();
  const history = new Map<string, RunSummary & { connector: string }>();
  const remembered = new Map<string, Map<string, Record<string, string>>>();
  return {
    runStart: async (start, onEvent) => {
      const run = `run-${next()}`;
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
        pause: (milliseconds) => new Promise((done) => setTimeout(done, milliseconds * speed)),
        signIn: async (step) => {
          const visit = visitOf(run, step);
          if (visit) await signIns.wait(visit, emit);
        },
        sso: () => platform().ssoStatus(),
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
      platform().clipboard = signIns.copy(runId, step);
    },
    runCallbackPaste: async (runId, step, address) => signIns.paste(runId, step, address),
    tokenInspect: async (runId, pointer) => viewToken(await platform().runReveal(runId, pointer)),
  };
}
