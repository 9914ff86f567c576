import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import type { FakePlatform } from "@/platform/fake";
import { failure } from "@/platform/fake/evaluate";
import { PRACTICE_LOGIN, PRACTICE_OAUTH, PRACTICE_RENEWING } from "@/platform/fake/samples";
import type { RunEvent } from "@/platform/wire";
import { openEditor } from "@/testing/render";

vi.setConfig({ testTimeout: 60_000 });

const SESSION = {
  signin: { email: "ann@practice.example", password: "practice" },
  login: {
    body: { token: "tok_3f9a1c77d2e04b18", renew: { token: "rnw_81b5" }, user: { name: "Ann Reed" } },
  },
};

/** The connector with its active account signed in, the given button pressed, and the run over. */
async function ran(button: string, renewToken = "rnw_81b5", document = PRACTICE_RENEWING) {
  const editor = await openEditor(document, (platform) => {
    const [id = ""] = [...platform.stored.keys()];
    const login = { body: { ...SESSION.login.body, renew: { token: renewToken } } };
    platform.sessions.signedIn(id, null, { ...SESSION, login }, "Ann Reed");
  });
  await editor.user.click(screen.getByRole("button", { name: button }));
  await waitFor(() =>
    expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", expect.stringMatching(/ok|failed/)),
  );
  return editor;
}

const cards = () =>
  within(screen.getByRole("region", { name: "Run" }))
    .getAllByRole("article")
    .map((card) => card.getAttribute("aria-label"));

/** Plays a run's events as the core would send them. */
function playing(platform: FakePlatform, events: RunEvent[]): void {
  platform.runStart = async (start, onEvent) => {
    onEvent({ event: "run_started", run: "r1", what: start.what, started_at: 10 });
    for (const event of events) onEvent(event);
    return "r1";
  };
}

describe("T5: testing the refresh", () => {
  test("Test refresh flow tells why, which steps ran, and what took new values", async () => {
    const { platform, id } = await ran("Test refresh flow");
    const card = screen.getByTestId("run-refresh");
    expect(card).toHaveAttribute("data-state", "ok");
    expect(card).toHaveTextContent("Because it was asked for.");
    expect(card).toHaveTextContent("Renewed");
    expect(card).toHaveTextContent("New values: login.body.token");
    expect(cards()).toEqual(["Refresh: Renewed", "Renew session: done"]);
    expect(screen.getByTestId("run-step-renew")).toHaveTextContent("200");
    expect(platform.sessions.activity(id)).toHaveLength(1);
  });

  test("Simulate 401 shows the answer that was not real, the renewal, and the request sent again", async () => {
    const { user } = await ran("Simulate 401");
    expect(cards()).toEqual([
      "Test request: the session is over",
      "Refresh: Renewed",
      "Renew session: done",
      "Test request, sent again: done",
    ]);
    const refused = screen.getByTestId("run-call-refused");
    expect(refused).toHaveTextContent("simulated");
    expect(refused).toHaveTextContent("401");
    await user.click(within(refused).getByRole("button"));
    expect(refused).toHaveTextContent("No request was sent");
    expect(screen.getByTestId("run-refresh")).toHaveTextContent("Because the API refused the session.");
    expect(screen.getByTestId("run-test-request")).toHaveTextContent("200");
  });

  test("a refusal is told with the provider's words and what to do, and Reconnect signs in again", async () => {
    const { user, platform } = await ran("Simulate 401", "rnw_gone");
    const card = screen.getByTestId("run-refresh");
    expect(card).toHaveAttribute("data-state", "failed");
    expect(card).toHaveTextContent("Refused by the provider");
    expect(card).toHaveTextContent("session.needs_you");
    expect(card).toHaveTextContent("invalid_grant");
    expect(card).toHaveTextContent("Sign in again.");
    expect(screen.queryByTestId("run-test-request")).not.toBeInTheDocument();
    const started = vi.spyOn(platform, "runStart");
    await user.click(within(card).getByRole("button", { name: "Reconnect" }));
    expect(started.mock.calls[0]?.[0]).toMatchObject({
      what: { type: "sign_in", account: "default" },
      account: null,
    });
    expect(await screen.findByTestId("form-modal")).toBeInTheDocument();
  });

  test.each([
    ["status_401", "Because the API refused the session."],
    ["condition", "Because the answer met the refresh condition."],
    ["expired", "Because the session had expired."],
    ["before_expiry", "Because the session was about to expire."],
    ["asked", "Because it was asked for."],
    ["moon_phase", "Because moon phase."],
  ])("the reason %s is told in words", async (reason, words) => {
    const { user } = await openEditor(PRACTICE_RENEWING, (platform) =>
      playing(platform, [{ event: "refresh_started", reason }]),
    );
    await user.click(screen.getByRole("button", { name: "Test refresh flow" }));
    expect(await screen.findByTestId("run-refresh")).toHaveTextContent(words);
    expect(screen.getByTestId("run-refresh")).toHaveTextContent("Running…");
  });

  test("a passing fault says that it will be tried again, and asks nobody to sign in", async () => {
    const error = failure("http.connect", "The server did not answer.", { hint: "Check the network." });
    const { user } = await openEditor(PRACTICE_RENEWING, (platform) =>
      playing(platform, [
        { event: "call_refused", simulated: false, status: 401, duration_ms: 31, body: {}, exchange: null },
        { event: "refresh_started", reason: "status_401" },
        { event: "refresh_finished", status: "failed", updated: [], error },
        { event: "run_finished", ok: false, duration_ms: 40, error },
      ]),
    );
    await user.click(screen.getByRole("button", { name: "Simulate 401" }));
    const card = await screen.findByTestId("run-refresh");
    expect(card).toHaveTextContent("Failed, will be tried again");
    expect(card).toHaveTextContent("Check the network.");
    expect(within(card).queryByRole("button", { name: "Reconnect" })).not.toBeInTheDocument();
    expect(screen.getByTestId("run-call-refused")).not.toHaveTextContent("simulated");
    expect(screen.getByTestId("run-call-refused")).toHaveTextContent("31 ms");
  });

  test("R1: an endpoint's own answer is the one after the renewal, not the one that was refused", async () => {
    let send: (event: RunEvent) => void = () => {};
    const { user } = await openEditor(PRACTICE_RENEWING, (platform) => {
      platform.runStart = async (start, onEvent) => {
        send = onEvent;
        onEvent({ event: "run_started", run: "r1", what: start.what, started_at: 10 });
        return "r1";
      };
    });
    await user.click(screen.getByRole("button", { name: "Endpoints" }));
    await user.click(screen.getByTestId("endpoint-contacts"));
    await user.click(screen.getByRole("button", { name: "Run" }));
    const refused = { simulated: false, status: 401, duration_ms: 31, body: {}, exchange: null };
    act(() => {
      send({ event: "call_refused", ...refused });
      send({ event: "refresh_started", reason: "status_401" });
    });
    expect(screen.getByTestId("run-call-refused")).toHaveTextContent("Contacts");
    expect(screen.queryByRole("region", { name: "Answer" })).not.toBeInTheDocument();
    const body = { count: 7 };
    act(() => {
      send({ event: "refresh_finished", status: "ok", updated: [], error: null });
      send({ event: "test_finished", status: "ok", duration_ms: 5, body, exchange: null, error: null });
    });
    expect(screen.getByTestId("run-refresh")).toHaveTextContent("No output took a new value.");
    expect(
      within(screen.getByRole("region", { name: "Answer" })).getByTestId("answer-body.count"),
    ).toHaveTextContent("7");
  });

  test("the whole auth flow again is shown as the renewal's steps", async () => {
    const same = JSON.parse(PRACTICE_RENEWING);
    same.auth.refresh = { mode: "same_as_auth_flow", use_stored_credentials: true };
    const editor = await openEditor(JSON.stringify(same), (platform) => {
      const [id = ""] = [...platform.stored.keys()];
      platform.sessions.signedIn(id, null, SESSION, null);
    });
    await editor.user.click(screen.getByRole("button", { name: "Test refresh flow" }));
    await editor.user.type(
      within(await screen.findByTestId("form-modal")).getByLabelText("Password"),
      "practice{Enter}",
    );
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok"));
    expect(cards().slice(0, 2)).toEqual(["Refresh: Renewed", "Sign in to Practice CRM: done"]);
  });

  test("a run is one of the past by its own name", async () => {
    const { user } = await ran("Simulate 401");
    await user.click(screen.getByRole("button", { name: "Past runs" }));
    const list = await screen.findByRole("list", { name: "Past runs" });
    await user.click(within(list).getByRole("button", { name: /Simulate 401/ }));
    expect(await screen.findByTestId("run-refresh")).toHaveTextContent("New values");
  });

  test("they are offered where something renews the session, and nowhere else", async () => {
    const plain = await openEditor(PRACTICE_LOGIN);
    expect(screen.queryByRole("button", { name: "Simulate 401" })).not.toBeInTheDocument();
    plain.unmount();
    await openEditor(PRACTICE_OAUTH);
    expect(screen.getByRole("button", { name: "Simulate 401" })).toBeEnabled();
    expect(screen.getByRole("button", { name: "Test refresh flow" })).toBeEnabled();
  });
});
