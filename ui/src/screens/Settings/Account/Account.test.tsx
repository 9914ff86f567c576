import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { createFakePlatform, type FakeOptions } from "@/platform/fake";
import { SIGNED_IN } from "@/platform/fake/account";
import { failure } from "@/platform/fake/evaluate";
import { FAKE_STATE } from "@/platform/fake/signIn";
import { renderPart } from "@/testing/render";
import { AccountSection } from "./AccountSection";
import { issuerProblem } from "./SignInForm";

vi.setConfig({ testTimeout: 60_000 });

const opened = (options: FakeOptions = {}) =>
  renderPart(<AccountSection />, createFakePlatform({ speed: 0, ...options }));

async function filledForm(options: FakeOptions = {}) {
  const view = opened(options);
  await view.user.click(await screen.findByRole("button", { name: "Sign in with SSO…" }));
  await view.user.type(screen.getByRole("textbox", { name: "Issuer" }), "https://accounts.acme.example");
  await view.user.type(screen.getByRole("textbox", { name: "Client ID" }), "desktop");
  return { ...view, signIn: () => view.user.click(screen.getByRole("button", { name: "Sign in" })) };
}

describe("S8: the account", () => {
  test("says what it is for where nobody is signed in", async () => {
    opened();
    expect(await screen.findByText("Nobody is signed in")).toBeInTheDocument();
    expect(screen.getByText(/SSO token steps use that session/)).toBeInTheDocument();
  });

  test("signs in with any provider, waits for the browser, and shows who it is", async () => {
    const { platform, signIn } = await filledForm();
    const asked = vi.spyOn(platform, "ssoSignIn");
    await signIn();
    const waiting = await screen.findByTestId("waiting-browser");
    expect(waiting).toHaveTextContent("accounts.acme.example");
    expect(asked.mock.calls[0]?.[0]).toEqual({
      issuer: "https://accounts.acme.example",
      client_id: "desktop",
      client_secret: null,
      scopes: ["openid", "profile", "email", "offline_access"],
      redirect: "loopback",
    });
    act(() => platform.signIns.comeBack());
    expect(await screen.findByText("Ann Reed")).toBeInTheDocument();
    expect(screen.getByText("ann@acme.example")).toBeInTheDocument();
    expect(screen.getByText("https://accounts.acme.example")).toBeInTheDocument();
    expect(screen.getByRole("timer")).toHaveTextContent(/expires in 7 h/);
  });

  test("F20: its address can be pasted here too", async () => {
    const { signIn, user } = await filledForm();
    await signIn();
    await user.click(await screen.findByRole("button", { name: "Paste the address instead" }));
    const address = `http://127.0.0.1:49152/callback?code=x&state=${FAKE_STATE}{Enter}`;
    await user.type(screen.getByRole("textbox", { name: "Address the browser ended at" }), address);
    expect(await screen.findByText("Ann Reed")).toBeInTheDocument();
  });

  test("asks for what is missing before anything is sent", async () => {
    const { user, platform } = opened();
    const asked = vi.spyOn(platform, "ssoSignIn");
    await user.click(await screen.findByRole("button", { name: "Sign in with SSO…" }));
    await user.click(screen.getByRole("button", { name: "Sign in" }));
    expect(screen.getAllByText("This field is needed.")).toHaveLength(2);
    expect(asked).not.toHaveBeenCalled();
    await user.click(screen.getByRole("button", { name: "Cancel" }));
    expect(screen.getByText("Nobody is signed in")).toBeInTheDocument();
  });

  test.each([
    ["https://accounts.acme.example", true],
    ["http://127.0.0.1:3000/oidc", true],
    ["http://localhost:3000", true],
    ["http://accounts.acme.example", false],
    ["http://127.0.0.1.evil.example", false],
    ["accounts.acme.example", false],
    ["", false],
  ])("the issuer “%s”", (issuer, isGood) => expect(issuerProblem(issuer) === null).toBe(isGood));

  test("a sign-in that failed says why, and nothing has to be typed again", async () => {
    const { platform, user, signIn } = await filledForm();
    await user.type(screen.getByLabelText("Client secret"), "s3cret");
    await signIn();
    await screen.findByTestId("waiting-browser");
    act(() => platform.signIns.fail(failure("oauth.denied", "You declined.")));
    expect(await screen.findByRole("alert")).toHaveTextContent("oauth.denied");
    expect(screen.getByRole("textbox", { name: "Client ID" })).toHaveValue("desktop");
    expect(screen.getByLabelText("Client secret")).toHaveValue("s3cret");
  });

  test("a provider that cannot be found is told before any browser opens", async () => {
    const { user, signIn } = await filledForm();
    await user.type(screen.getByRole("textbox", { name: "Issuer" }), "/unknown");
    await signIn();
    expect(await screen.findByRole("alert")).toHaveTextContent("publishes no metadata");
    expect(screen.queryByTestId("waiting-browser")).not.toBeInTheDocument();
  });

  test("cancelling goes back to the form, and is no failure", async () => {
    const { user, signIn } = await filledForm();
    await signIn();
    await user.click(
      within(await screen.findByTestId("waiting-browser")).getByRole("button", { name: "Cancel" }),
    );
    expect(await screen.findByRole("textbox", { name: "Issuer" })).toHaveValue(
      "https://accounts.acme.example",
    );
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  test("a session that ended asks to sign in again, with what is known filled in", async () => {
    opened({ sso: { ...SIGNED_IN, state: "needs_you", message: "The provider ended the session." } });
    expect(await screen.findByText("The provider ended the session.")).toBeInTheDocument();
    expect(screen.getByRole("textbox", { name: "Issuer" })).toHaveValue("https://accounts.acme.example");
    expect(screen.getByRole("textbox", { name: "Client ID" })).toHaveValue("latchwork-desktop");
    expect(screen.queryByRole("button", { name: "Cancel" })).not.toBeInTheDocument();
  });

  test.each([
    [true, "the provider ended the session"],
    [false, "The provider was not told"],
  ])("Z23: signing out says whether the provider was told (%s)", async (revoked, words) => {
    const { user, platform } = opened({ sso: SIGNED_IN });
    const signOut = platform.ssoSignOut;
    platform.ssoSignOut = async () => ({ ...(await signOut()), revoked, message: "" });
    await user.click(await screen.findByRole("button", { name: "Sign out" }));
    expect(await screen.findByText(new RegExp(words))).toBeInTheDocument();
    await waitFor(() => expect(screen.getByText("Nobody is signed in")).toBeInTheDocument());
  });

  test("a long name breaks, and one without a name is called by what there is", async () => {
    opened({ sso: { ...SIGNED_IN, name: null, email: null, subject: "auth0|5f7c8ec7c33c6c004bbafe82" } });
    expect(await screen.findByText("auth0|5f7c8ec7c33c6c004bbafe82")).toBeInTheDocument();
  });
});
