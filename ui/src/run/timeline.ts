/** A run as the panel shows it, made from its events one after the other. Pure. */
import { tryParseJson } from "@/model/json";
import type {
  AppError,
  Exchange,
  FormFieldRequest,
  RefreshEnd,
  ReturnsBy,
  RunEvent,
  RunWhat,
} from "@/platform/wire";

export type EntryState = "running" | "waiting" | "ok" | "failed" | "refused" | "skipped" | "stopped";

/** What a step waits for from a person outside this window. */
export type SignInWait =
  | {
      kind: "browser";
      provider: string;
      redirect_uri: string;
      returns_by: ReturnsBy;
      /** Unix seconds. */
      expires_at: number;
    }
  | {
      kind: "device";
      user_code: string;
      verification_uri: string;
      verification_uri_complete: string | null;
      /** Unix seconds. */
      expires_at: number;
    }
  /** The browser came back, and the tokens are being fetched. */
  | { kind: "returned" };

export interface RunEntry {
  /** The step's id; null for a request of the connector itself (test request or endpoint), and for a renewal. */
  step: string | null;
  type: string;
  label: string | null;
  state: EntryState;
  duration_ms: number | null;
  outputs: unknown;
  body: unknown;
  exchange: Exchange | null;
  error: AppError | null;
  signIn: SignInWait | null;
  /** Callbacks that were refused while it waited. */
  refused: readonly AppError[];
  /** On the answer that said that the session is over. */
  refusal: { status: number; simulated: boolean } | null;
  /** On the session's renewal itself. */
  renewal: { reason: string; updated: readonly string[]; end: RefreshEnd | null } | null;
  /** A step of the session's renewal. */
  inRefresh: boolean;
}

export interface FormAsked {
  step: string;
  title: string;
  fields: readonly FormFieldRequest[];
  error: string | null;
  /** Counts the forms of the run: an answer closes the form it was given to, and no later one. */
  number: number;
}

export interface Timeline {
  run: string | null;
  what: RunWhat | null;
  /** Unix seconds. */
  started_at: number | null;
  state: "idle" | "running" | "ok" | "failed" | "cancelled";
  duration_ms: number | null;
  /** Steps that did not run: they keep what they left in the last run. */
  kept: readonly string[];
  entries: readonly RunEntry[];
  form: FormAsked | null;
  formCount: number;
  error: AppError | null;
}

export const NO_RUN: Timeline = {
  run: null,
  what: null,
  started_at: null,
  state: "idle",
  duration_ms: null,
  kept: [],
  entries: [],
  form: null,
  formCount: 0,
  error: null,
};

export type TimelineAction =
  | { type: "asked_to_start"; what: RunWhat | null }
  | { type: "could_not_start"; error: AppError }
  | { type: "known_as"; run: string }
  | { type: "happened"; event: RunEvent }
  | { type: "form_answered"; number: number }
  | { type: "cleared" };

const NONE_REFUSED: readonly AppError[] = [];
/** Of refused callbacks only the last are kept: anything on this computer may send some. */
const MOST_REFUSED = 3;
const EMPTY_ENTRY = {
  duration_ms: null,
  outputs: null,
  body: null,
  exchange: null,
  error: null,
  signIn: null,
  refused: NONE_REFUSED,
  refusal: null,
  renewal: null,
  inRefresh: false,
};

/** The core may send a value as JSON text, so that integers above 2^53 survive. */
export function wireValue(value: unknown): unknown {
  return typeof value === "string" ? (tryParseJson(value) ?? value) : value;
}

/** The answer's body with its integers exact: read from the text that came, where it is whole. */
export function exactBody(body: unknown, exchange: Exchange | null): unknown {
  const answer = exchange?.response;
  if (!answer || answer.truncated || answer.body.length > 2_000_000) return body;
  const parsed = tryParseJson(answer.body);
  return parsed === undefined ? body : parsed;
}

function withEntry(entries: readonly RunEntry[], step: string, next: RunEntry): readonly RunEntry[] {
  const at = entries.findLastIndex((entry) => entry.step === step);
  return at < 0 ? [...entries, next] : entries.with(at, next);
}

/** The timeline with other facts on the last entry of a step. */
function withFacts(timeline: Timeline, step: string, facts: Partial<RunEntry>): Timeline {
  const entry = timeline.entries.findLast((one) => one.step === step);
  if (!entry) return timeline;
  return { ...timeline, entries: withEntry(timeline.entries, step, { ...entry, ...facts }) };
}

function happened(timeline: Timeline, event: RunEvent): Timeline {
  const entryOf = (step: string) => timeline.entries.findLast((entry) => entry.step === step);
  switch (event.event) {
    case "call_refused": {
      const { status, simulated, duration_ms, exchange } = event;
      const entry: RunEntry = {
        ...EMPTY_ENTRY,
        step: null,
        type: "call_refused",
        label: null,
        state: "refused",
        duration_ms,
        body: exactBody(event.body, exchange),
        exchange,
        refusal: { status, simulated },
      };
      return { ...timeline, entries: [...timeline.entries, entry] };
    }
    case "refresh_started": {
      const renewal = { reason: event.reason, updated: [], end: null };
      const entry: RunEntry = {
        ...EMPTY_ENTRY,
        step: null,
        type: "refresh",
        label: null,
        state: "running",
        renewal,
      };
      return { ...timeline, entries: [...timeline.entries, entry] };
    }
    case "refresh_finished": {
      const at = timeline.entries.findLastIndex((entry) => entry.renewal !== null);
      const known = timeline.entries[at];
      if (!known?.renewal) return timeline;
      const renewed: RunEntry = {
        ...known,
        state: event.status === "ok" ? "ok" : "failed",
        error: event.error,
        renewal: { ...known.renewal, updated: event.updated, end: event.status },
      };
      return { ...timeline, entries: timeline.entries.with(at, renewed) };
    }
    case "run_started":
      return {
        ...timeline,
        run: event.run,
        what: event.what,
        started_at: event.started_at,
        state: "running",
      };
    case "steps_kept":
      return { ...timeline, kept: event.steps };
    case "step_started": {
      const entry: RunEntry = {
        ...EMPTY_ENTRY,
        step: event.step,
        type: event.type,
        label: event.label,
        state: "running",
        inRefresh: timeline.entries.findLast((one) => one.renewal !== null)?.state === "running",
      };
      return { ...timeline, entries: [...timeline.entries, entry] };
    }
    case "form_requested": {
      const entry = entryOf(event.step);
      return {
        ...timeline,
        form: {
          step: event.step,
          title: event.title,
          fields: event.fields,
          error: event.error,
          number: timeline.formCount + 1,
        },
        formCount: timeline.formCount + 1,
        entries: entry
          ? withEntry(timeline.entries, event.step, { ...entry, state: "waiting" })
          : timeline.entries,
      };
    }
    case "browser_requested": {
      const { provider, redirect_uri, returns_by, expires_at } = event;
      return withFacts(timeline, event.step, {
        state: "waiting",
        signIn: { kind: "browser", provider, redirect_uri, returns_by, expires_at },
      });
    }
    case "device_code_requested": {
      const { user_code, verification_uri, verification_uri_complete, expires_at } = event;
      return withFacts(timeline, event.step, {
        state: "waiting",
        signIn: { kind: "device", user_code, verification_uri, verification_uri_complete, expires_at },
      });
    }
    case "browser_returned":
      return withFacts(timeline, event.step, { state: "running", signIn: { kind: "returned" } });
    case "callback_refused": {
      const refused = timeline.entries.findLast((one) => one.step === event.step)?.refused ?? NONE_REFUSED;
      return withFacts(timeline, event.step, { refused: [...refused, event.error].slice(-MOST_REFUSED) });
    }
    case "step_finished": {
      const known = entryOf(event.step);
      const entry: RunEntry = {
        ...EMPTY_ENTRY,
        step: event.step,
        type: known?.type ?? "",
        label: known?.label ?? null,
        state: event.status,
        duration_ms: event.duration_ms,
        outputs: wireValue(event.outputs),
        exchange: event.exchange,
        error: event.error,
        refused: known?.refused ?? NONE_REFUSED,
        inRefresh: known?.inRefresh ?? false,
      };
      return {
        ...timeline,
        form: timeline.form?.step === event.step ? null : timeline.form,
        entries: withEntry(timeline.entries, event.step, entry),
      };
    }
    case "test_finished": {
      const entry: RunEntry = {
        ...EMPTY_ENTRY,
        step: null,
        type: timeline.what?.type === "endpoint" ? "endpoint" : "test_request",
        label: null,
        state: event.status,
        duration_ms: event.duration_ms,
        body: exactBody(event.body, event.exchange),
        exchange: event.exchange,
        error: event.error,
      };
      return { ...timeline, entries: [...timeline.entries, entry] };
    }
    case "run_finished": {
      const cancelled = event.error?.code === "run.cancelled";
      return {
        ...timeline,
        form: null,
        duration_ms: event.duration_ms,
        error: event.error,
        state: event.ok ? "ok" : cancelled ? "cancelled" : "failed",
        entries: timeline.entries.map((entry) =>
          entry.state === "running" || entry.state === "waiting"
            ? { ...entry, state: "stopped", signIn: null }
            : entry,
        ),
      };
    }
  }
}

export function reduceTimeline(timeline: Timeline, action: TimelineAction): Timeline {
  switch (action.type) {
    case "asked_to_start":
      return { ...NO_RUN, what: action.what, state: "running" };
    case "could_not_start":
      return { ...timeline, state: "failed", error: action.error, form: null };
    case "known_as":
      return { ...timeline, run: action.run };
    case "happened":
      return happened(timeline, action.event);
    case "form_answered":
      if (timeline.form?.number !== action.number) return timeline;
      return {
        ...timeline,
        form: null,
        entries: timeline.entries.map((entry) =>
          entry.state === "waiting" ? { ...entry, state: "running" } : entry,
        ),
      };
    case "cleared":
      return NO_RUN;
  }
}

/** Whether this is the request that the run is about, and not one that was refused or a renewal. */
export function isOwnCall(entry: RunEntry): boolean {
  return entry.step === null && entry.refusal === null && entry.renewal === null;
}

/** The sign-in that waits for a person now. */
export function waitingSignIn(timeline: Timeline): SignInWait | null {
  const signIn = timeline.entries.findLast((entry) => entry.state === "waiting")?.signIn ?? null;
  return signIn?.kind === "returned" ? null : signIn;
}

/** A run of the past, from its kept events. Nothing waits in it any more. */
export function timelineOf(events: readonly RunEvent[]): Timeline {
  const ended = events.reduce((timeline, event) => happened(timeline, event), NO_RUN);
  return { ...ended, form: null, entries: ended.entries.map((entry) => ({ ...entry, signIn: null })) };
}
