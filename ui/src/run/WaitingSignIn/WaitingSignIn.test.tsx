import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createFakePlatform } from "@/platform/fake";
import { failure } from "@/platform/fake/evaluate";
import { FAKE_STATE } from "@/platform/fake/signIn";
import type { AppError, RunEvent } from "@/platform/wire";
import { renderPart } from "@/testing/render";
import type { SignInWait } from "../timeline";
import { WaitingSignIn } from "./WaitingSignIn";

/** A visit that the in-memory core waits for, and the part that shows it. */
async function waiting(redirect: "loopback" | "deep_link" | "paste" = "loopback") {
  const platform = createFakePlatform({ speed: 0 });
  const events: RunEvent[] = [];
  const ended = vi.fn();
  void platform.signIns
    .wait({ run: "r", step: "grant", provider: "accounts.acme.example", redirect }, (event) =>
      events.push(event),
    )
    .then(ended, ended);
  const [asked] = events;
  if (asked?.event !== "browser_requested") throw new Error("no browser was asked for");
  const { event: _event, step: _step, ...facts } = asked;
  const signIn: SignInWait = { kind: "browser", ...facts };
  const onCancel = vi.fn();
  const part = (refused: AppError[] = []) => (
    <WaitingSignIn run="r" step="grant" signIn={signIn} refused={refused} onCancel={onCancel} />
  );
  return { ...renderPart(part(), platform), part, events, ended, onCancel };
}

const device: SignInWait = {
  kind: "device",
  user_code: "WDJB-MJHT",
  verification_uri: "https://acme.example/device",
  verification_uri_complete: "https://acme.example/device?user_code=WDJB-MJHT",
  expires_at: Date.now() / 1000 + 300,
};

describe("a sign-in that waits for the browser", () => {
  test("says where to finish it and how long it waits, and opens and copies the address again", async () => {
    const { user, platform } = await waiting();
    const part = screen.getByTestId("waiting-browser");
    expect(part).toHaveTextContent(
      "Finish signing in at accounts.acme.example. You come back here by yourself.",
    );
    expect(within(part).getByRole("timer")).toHaveTextContent(/^(5:00|4:5\d) left$/);
    await user.click(screen.getByRole("button", { name: "Open again" }));
    expect(platform.signIns.opened).toBe(2);
    await user.click(screen.getByRole("button", { name: "Copy address" }));
    expect(platform.signIns.copied).toBe(1);
    expect(await screen.findByText(/The address was copied/)).toBeInTheDocument();
    // Z15: the state is on the clipboard, by way of the core, and nowhere in the window.
    expect(document.body.innerHTML).not.toContain(FAKE_STATE);
  });

  test("F19: it can be cancelled", async () => {
    const { user, onCancel } = await waiting();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  test("F20: the address is pasted instead; a wrong one is refused in words and the wait goes on", async () => {
    const { user, events, ended } = await waiting();
    await user.click(screen.getByRole("button", { name: "Paste the address instead" }));
    const field = screen.getByRole("textbox", { name: "Address the browser ended at" });
    expect(field).toHaveFocus();
    await user.type(field, "http://127.0.0.1:49152/callback?code=x&state=old{Enter}");
    const refused = await screen.findByRole("alert");
    expect(refused).toHaveTextContent("oauth.state_mismatch");
    expect(refused).toHaveTextContent("The sign-in goes on waiting.");
    expect(ended).not.toHaveBeenCalled();
    expect(field).toHaveValue("http://127.0.0.1:49152/callback?code=x&state=old");

    await user.clear(field);
    await user.type(field, "https://elsewhere.example/?code=x");
    await user.click(screen.getByRole("button", { name: "Continue" }));
    expect(await screen.findByText(/not the address that the sign-in comes back to/)).toBeInTheDocument();

    await user.clear(field);
    await user.type(field, `http://127.0.0.1:49152/callback?code=x&state=${FAKE_STATE}{Enter}`);
    await waitFor(() => expect(ended).toHaveBeenCalled());
    expect(events.map((event) => event.event)).toContain("browser_returned");
    // What was pasted holds the code: it does not stay in the field.
    await waitFor(() => expect(field).toHaveValue(""));
  });

  test("where pasting is the way back, its field is there from the start", async () => {
    await waiting("paste");
    expect(screen.getByRole("textbox", { name: "Address the browser ended at" })).toBeInTheDocument();
    expect(screen.getByTestId("waiting-browser")).toHaveTextContent("copy it there and paste it here");
  });

  test("Z2: a callback that was refused is a warning", async () => {
    const { rerender, part } = await waiting();
    rerender(
      part([failure("oauth.issuer_mismatch", "Another issuer answered.", { hint: "Nothing to do." })]),
    );
    const warning = screen.getByText(/Another issuer answered/).closest('[role="status"]');
    expect(warning).toHaveTextContent("oauth.issuer_mismatch");
    expect(warning).toHaveTextContent("Another issuer answered. The sign-in goes on waiting.");
  });

  test("what was pasted and refused is told once, though the core tells it twice", async () => {
    const { user, rerender, part } = await waiting();
    await user.click(screen.getByRole("button", { name: "Paste the address instead" }));
    await user.type(screen.getByRole("textbox"), "http://127.0.0.1:49152/callback?code=x&state=old{Enter}");
    await screen.findByRole("alert");
    rerender(
      part([
        failure("oauth.state_mismatch", "This address belongs to another sign-in, or to one that is over."),
      ]),
    );
    expect(screen.getAllByText(/belongs to another sign-in/)).toHaveLength(1);
  });

  test("an address that cannot be opened says why", async () => {
    const { user, platform } = await waiting();
    platform.runBrowserOpen = () =>
      Promise.reject(failure("oauth.browser_address", "This is no web address."));
    await user.click(screen.getByRole("button", { name: "Open again" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(
      "The browser was not opened. This is no web address.",
    );
  });

  test("once the browser is back it says that tokens are fetched", () => {
    renderPart(
      <WaitingSignIn run="r" step="g" signIn={{ kind: "returned" }} refused={[]} onCancel={() => {}} />,
    );
    expect(screen.getByRole("status")).toHaveTextContent("The browser came back. Getting the tokens…");
  });
});

describe("S11: a device code", () => {
  test("is shown to be read, copied and scanned, with the address to open", async () => {
    const onCancel = vi.fn();
    const { user, platform } = renderPart(
      <WaitingSignIn run="r" step="device" signIn={device} refused={[]} onCancel={onCancel} />,
    );
    expect(screen.getByTestId("user-code")).toHaveTextContent("WDJB-MJHT");
    expect(
      screen.getByRole("img", { name: "QR code of https://acme.example/device?user_code=WDJB-MJHT" }),
    ).toBeInTheDocument();
    expect(screen.getByRole("timer")).toHaveTextContent(/left/);
    await user.click(screen.getByRole("button", { name: "Copy code" }));
    expect(platform.clipboard).toBe("WDJB-MJHT");
    await user.click(screen.getByRole("button", { name: "Copy address" }));
    expect(platform.clipboard).toBe("https://acme.example/device");
    await user.click(screen.getByRole("button", { name: "Open address" }));
    expect(platform.links).toEqual(["https://acme.example/device?user_code=WDJB-MJHT"]);
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(onCancel).toHaveBeenCalledOnce();
  });

  test("without a complete address the plain one is in the picture", () => {
    renderPart(
      <WaitingSignIn
        run="r"
        step="device"
        signIn={{ ...device, verification_uri_complete: null }}
        refused={[]}
        onCancel={() => {}}
      />,
    );
    expect(screen.getByRole("img", { name: "QR code of https://acme.example/device" })).toBeInTheDocument();
  });

  test("when its time is up it says so", () => {
    vi.useFakeTimers({ now: 1_000_000 });
    renderPart(
      <WaitingSignIn
        run="r"
        step="device"
        signIn={{ ...device, expires_at: 1001 }}
        refused={[]}
        onCancel={() => {}}
      />,
    );
    act(() => void vi.advanceTimersByTime(2000));
    expect(screen.getByRole("timer")).toHaveTextContent("time is up");
    vi.useRealTimers();
  });
});
