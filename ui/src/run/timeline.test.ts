import { describe, expect, test } from "vitest";
import type { Exchange, RunEvent } from "@/platform/wire";
import { exactBody, NO_RUN, reduceTimeline, type Timeline, timelineOf, waitingSignIn } from "./timeline";

const played = (events: RunEvent[], from: Timeline = NO_RUN) =>
  events.reduce((timeline, event) => reduceTimeline(timeline, { type: "happened", event }), from);
const begun: RunEvent[] = [
  { event: "run_started", run: "r1", what: { type: "auth_steps" }, started_at: 10 },
  { event: "step_started", step: "signin", type: "form", label: "A step" },
];
const asked: RunEvent = {
  event: "form_requested",
  step: "signin",
  title: "Sign in",
  fields: [],
  error: null,
};
const finished = (step: string, status: "ok" | "failed" | "skipped"): RunEvent => ({
  event: "step_finished",
  step,
  status,
  duration_ms: 5,
  outputs: {},
  exchange: null,
  error: null,
});

describe("timeline", () => {
  test("a form that is asked for waits, and goes when it is answered", () => {
    const waiting = played([...begun, asked]);
    expect(waiting.form?.title).toBe("Sign in");
    expect(waiting.entries[0]?.state).toBe("waiting");
    const answered = reduceTimeline(waiting, { type: "form_answered", number: waiting.form?.number ?? 0 });
    expect(answered.form).toBeNull();
    expect(answered.entries[0]?.state).toBe("running");
  });

  test("an answer that is acknowledged late does not close the next form", () => {
    const first = played([...begun, asked]);
    const second = played(
      [
        finished("signin", "ok"),
        { event: "step_started", step: "code", type: "form", label: "A step" },
        { ...asked, step: "code" },
      ],
      first,
    );
    const late = reduceTimeline(second, { type: "form_answered", number: first.form?.number ?? 0 });
    expect(late.form?.step).toBe("code");
  });

  test("cancelling ends the run, and no step is left running", () => {
    const error = {
      code: "run.cancelled",
      message: "",
      hint: null,
      step: null,
      field: null,
      retryable: false,
    };
    const ended = played([...begun, asked, { event: "run_finished", ok: false, duration_ms: 9, error }]);
    expect(ended.state).toBe("cancelled");
    expect(ended.form).toBeNull();
    expect(ended.entries[0]?.state).toBe("stopped");
  });

  test("skipped and failed steps say so", () => {
    const timeline = played([
      ...begun,
      finished("signin", "skipped"),
      { event: "step_started", step: "b", type: "api_request", label: "A step" },
      finished("b", "failed"),
    ]);
    expect(timeline.entries.map((entry) => entry.state)).toEqual(["skipped", "failed"]);
  });

  test("outputs that came as text keep integers above 2^53", () => {
    const timeline = played([
      ...begun,
      { ...finished("signin", "ok"), outputs: '{"id":9007199254740993}' } as RunEvent,
    ]);
    expect(String((timeline.entries[0]?.outputs as { id: unknown } | undefined)?.id)).toBe(
      "9007199254740993",
    );
  });

  test("an answer's integers are read from the text that came", () => {
    const exchange = { response: { body: '{"id":9007199254740993}', truncated: false } } as Exchange;
    expect(String((exactBody({ id: 9007199254740992 }, exchange) as { id: unknown }).id)).toBe(
      "9007199254740993",
    );
  });

  test("a run of the past shows no form", () => {
    expect(timelineOf([...begun, asked]).form).toBeNull();
  });

  const browser: RunEvent = {
    event: "browser_requested",
    step: "signin",
    provider: "accounts.acme.example",
    redirect_uri: "http://127.0.0.1:1/callback",
    returns_by: "loopback",
    expires_at: 310,
  };
  const refused: RunEvent = {
    event: "callback_refused",
    step: "signin",
    error: {
      code: "oauth.issuer_mismatch",
      message: "",
      hint: null,
      step: "signin",
      field: null,
      retryable: false,
    },
  };

  test("F18: a step waits for the browser until it returns, and is done when its tokens are there", () => {
    const waiting = played([...begun, browser]);
    expect(waiting.entries[0]?.state).toBe("waiting");
    expect(waitingSignIn(waiting)).toMatchObject({ kind: "browser", provider: "accounts.acme.example" });
    const returned = played([{ event: "browser_returned", step: "signin" }], waiting);
    expect(returned.entries[0]).toMatchObject({ state: "running", signIn: { kind: "returned" } });
    expect(waitingSignIn(returned)).toBeNull();
    expect(played([finished("signin", "ok")], returned).entries[0]).toMatchObject({
      state: "ok",
      signIn: null,
    });
  });

  test("S11: a device code waits like a browser does", () => {
    const waiting = played([
      ...begun,
      {
        event: "device_code_requested",
        step: "signin",
        user_code: "A-B",
        verification_uri: "https://a.example/device",
        verification_uri_complete: null,
        expires_at: 310,
      },
    ]);
    expect(waitingSignIn(waiting)).toMatchObject({ kind: "device", user_code: "A-B" });
  });

  test("Z2: a refused callback is kept as a warning, and the step waits on", () => {
    const waiting = played([...begun, browser, refused]);
    expect(waiting.entries[0]?.state).toBe("waiting");
    expect(waiting.entries[0]?.refused.map((error) => error.code)).toEqual(["oauth.issuer_mismatch"]);
    const done = played([finished("signin", "ok")], waiting);
    expect(done.entries[0]?.refused).toHaveLength(1);
    expect(played(Array(9).fill(refused), waiting).entries[0]?.refused).toHaveLength(3);
  });

  test("F19: cancelling a sign-in that waits leaves nothing waiting, in the run or in its history", () => {
    const error = {
      code: "run.cancelled",
      message: "",
      hint: null,
      step: null,
      field: null,
      retryable: false,
    };
    const ended = played([...begun, browser, { event: "run_finished", ok: false, duration_ms: 9, error }]);
    expect(ended.entries[0]).toMatchObject({ state: "stopped", signIn: null });
    expect(timelineOf([...begun, browser]).entries[0]?.signIn).toBeNull();
  });

  test("a renewal is an entry of its own between the refused answer and the request sent again", () => {
    const refused: RunEvent = {
      event: "call_refused",
      simulated: true,
      status: 401,
      duration_ms: 0,
      body: {},
      exchange: null,
    };
    const events: RunEvent[] = [
      refused,
      { event: "refresh_started", reason: "status_401" },
      { event: "step_started", step: "renew", type: "api_request", label: "Renew" },
      finished("renew", "ok"),
      { event: "refresh_finished", status: "ok", updated: ["login.body.token"], error: null },
      { event: "step_started", step: "later", type: "api_request", label: "Later" },
      { event: "test_finished", status: "ok", duration_ms: 3, body: {}, exchange: null, error: null },
    ];
    const { entries } = played(events);
    expect(entries.map((entry) => [entry.step ?? entry.type, entry.state, entry.inRefresh])).toEqual([
      ["call_refused", "refused", false],
      ["refresh", "ok", false],
      ["renew", "ok", true],
      ["later", "running", false],
      ["test_request", "ok", false],
    ]);
    expect(entries[0]?.refusal).toEqual({ status: 401, simulated: true });
    expect(entries[1]?.renewal).toEqual({
      reason: "status_401",
      updated: ["login.body.token"],
      end: "ok",
    });
  });

  test("a renewal that was cut off stands as stopped", () => {
    const { entries } = played([
      { event: "refresh_started", reason: "asked" },
      { event: "run_finished", ok: false, duration_ms: 1, error: null },
    ]);
    expect(entries[0]?.state).toBe("stopped");
    expect(entries[0]?.renewal?.end).toBeNull();
  });
});
