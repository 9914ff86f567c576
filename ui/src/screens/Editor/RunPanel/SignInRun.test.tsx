import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { failure } from "@/platform/fake/evaluate";
import { OPAQUE } from "@/platform/fake/jwt";
import { PRACTICE_OAUTH } from "@/platform/fake/samples";
import { FAKE_STATE } from "@/platform/fake/signIn";
import { openEditor } from "@/testing/render";

vi.setConfig({ testTimeout: 60_000 });

/** The sample without its device code step: one sign-in in the browser, then the test request. */
function browserOnly(step: Record<string, unknown> = {}): string {
  const connector = JSON.parse(PRACTICE_OAUTH);
  connector.auth.steps = [{ ...connector.auth.steps[0], ...step }];
  return JSON.stringify(connector);
}

async function startedRun(document = browserOnly()) {
  const opened = await openEditor(document);
  await opened.user.click(screen.getByRole("button", { name: "Test auth steps" }));
  const card = await screen.findByTestId("run-step-grant");
  return { ...opened, card };
}

describe("a run that signs in", () => {
  test("S5 T1: it waits under its step, comes back, and the test request carries the token", async () => {
    const { card, platform } = await startedRun();
    await within(card).findByTestId("waiting-browser");
    expect(card).toHaveAttribute("data-state", "waiting");
    expect(card).toHaveTextContent("waiting for your browser");
    expect(screen.getByTestId("run-state")).toHaveTextContent("Waiting for the browser");
    act(() => platform.signIns.comeBack());
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok"));
    expect(card).toHaveAttribute("data-state", "ok");
    expect(screen.getByTestId("run-test-request")).toHaveTextContent("200");
    expect(document.body.innerHTML).not.toContain(FAKE_STATE);
  });

  test("Z2: a refused callback is a warning under the step, and stays with it when it is done", async () => {
    const { card, platform } = await startedRun();
    await within(card).findByTestId("waiting-browser");
    act(() => platform.signIns.refuse(failure("oauth.callback_invalid", "The code came twice.")));
    expect(
      await within(card).findByText(/The code came twice. The sign-in goes on waiting./),
    ).toBeInTheDocument();
    expect(card).toHaveAttribute("data-state", "waiting");
    act(() => platform.signIns.comeBack());
    expect(
      await within(card).findByText(/The code came twice. The sign-in went on without it./),
    ).toBeInTheDocument();
  });

  test("F23: “you declined” ends the run with the provider's words, as text", async () => {
    const { card, platform } = await startedRun();
    await within(card).findByTestId("waiting-browser");
    act(() => platform.signIns.fail(failure("oauth.denied", "You declined: <b>not today</b>")));
    await waitFor(() => expect(card).toHaveAttribute("data-state", "failed"));
    expect(card).toHaveTextContent("oauth.denied");
    expect(card).toHaveTextContent("You declined: <b>not today</b>");
  });

  test("F19: Cancel in the card ends the run at once", async () => {
    const { card, user } = await startedRun();
    await user.click(
      within(await within(card).findByTestId("waiting-browser")).getByRole("button", { name: "Cancel" }),
    );
    await waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "cancelled"));
    expect(card).toHaveAttribute("data-state", "stopped");
    expect(screen.queryByTestId("waiting-browser")).not.toBeInTheDocument();
  });

  test("S11: a device code waits in its own words", async () => {
    const { platform } = await startedRun(PRACTICE_OAUTH);
    await screen.findByTestId("waiting-browser");
    act(() => platform.signIns.comeBack());
    const card = await screen.findByTestId("run-step-device");
    expect(await within(card).findByTestId("user-code")).toHaveTextContent("WDJB-MJHT");
    expect(screen.getByTestId("run-state")).toHaveTextContent("Waiting for you to enter the code");
    act(() => platform.signIns.comeBack());
    await waitFor(() => expect(card).toHaveAttribute("data-state", "ok"));
  });

  test("an endpoint that has to sign in first brings its wait into sight", async () => {
    const { user } = await openEditor(browserOnly());
    await user.click(screen.getByRole("button", { name: "Endpoints" }));
    await user.click(screen.getByTestId("endpoint-contacts"));
    expect(screen.getByRole("button", { name: "Show run panel" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Run" }));
    await screen.findByTestId("waiting-browser");
    expect(screen.getByRole("button", { name: "Hide run panel" })).toBeInTheDocument();
  });

  test("S8: a flow without an SSO session says so, and leads to where one signs in", async () => {
    const connector = JSON.parse(PRACTICE_OAUTH);
    connector.auth.steps = [{ id: "sso", type: "sso_token" }];
    const { user } = await openEditor(JSON.stringify(connector));
    await user.click(screen.getByRole("button", { name: "Test auth steps" }));
    const card = await screen.findByTestId("run-step-sso");
    await waitFor(() => expect(card).toHaveTextContent("sso.not_signed_in"));
    await user.click(within(card).getByRole("button", { name: "Open account settings" }));
    expect(await screen.findByRole("region", { name: "Account" })).toBeInTheDocument();
  });
});

describe("T4: the token inspector", () => {
  async function inspected(path: string) {
    const opened = await startedRun();
    await screen.findByTestId("waiting-browser");
    act(() => opened.platform.signIns.comeBack());
    const row = await screen.findByTestId(`output-${path}`);
    await opened.user.click(within(row).getByRole("button", { name: `Inspect ${path}` }));
    return { ...opened, dialog: await screen.findByTestId("token-inspector") };
  }

  test("a JWT is shown decoded, with what counts in words and its expiry counting down", async () => {
    const { dialog, platform, user } = await inspected("grant.access_token");
    await waitFor(() => expect(dialog).toHaveTextContent("JWT, RS256"));
    expect(dialog).toHaveTextContent("Issuerhttps://accounts.acme.example");
    expect(dialog).toHaveTextContent("Audiencehttps://api.acme.example, latchwork-desktop");
    expect(dialog).toHaveTextContent("Subject248289761001");
    expect(within(dialog).getByRole("timer")).toHaveTextContent(/expires in (59 min \d+ s|1 h)/);
    expect(within(dialog).getByRole("tree", { name: "Claims" })).toHaveTextContent("sales");
    await user.click(within(dialog).getByRole("tab", { name: "Header" }));
    expect(within(dialog).getByRole("tree", { name: "Header" })).toHaveTextContent("key-1");
    // Z30: the token itself is nowhere in the window.
    const token = await platform.runReveal("run-2", "grant.access_token");
    expect(token.length).toBeGreaterThan(100);
    expect(document.body.innerHTML).not.toContain(token.slice(-40));
    await user.click(within(dialog).getByRole("button", { name: "Close" }));
    expect(screen.queryByTestId("token-inspector")).not.toBeInTheDocument();
  });

  test("an opaque token says that it is one", async () => {
    const { dialog } = await inspected("grant.refresh_token");
    await waitFor(() => expect(dialog).toHaveTextContent("This token is opaque"));
    expect(dialog).toHaveTextContent("Nothing says when");
    expect(dialog).not.toHaveTextContent("rt_7c1f");
  });

  test("an opaque access token counts down by the step's own expiry", async () => {
    const opened = await startedRun();
    opened.platform.tokenInspect = async () => OPAQUE;
    await screen.findByTestId("waiting-browser");
    act(() => opened.platform.signIns.comeBack());
    const row = await screen.findByTestId("output-grant.access_token");
    await opened.user.click(within(row).getByRole("button", { name: "Inspect grant.access_token" }));
    const dialog = await screen.findByTestId("token-inspector");
    await waitFor(() => expect(within(dialog).getByRole("timer")).toHaveTextContent(/expires in/));
  });

  test("a value that is not kept any more is told", async () => {
    const opened = await startedRun();
    opened.platform.tokenInspect = () => Promise.reject(failure("run.not_kept", "Run the test again."));
    await screen.findByTestId("waiting-browser");
    act(() => opened.platform.signIns.comeBack());
    const row = await screen.findByTestId("output-grant.id_token");
    await opened.user.click(within(row).getByRole("button", { name: "Inspect grant.id_token" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("Run the test again.");
  });
});
