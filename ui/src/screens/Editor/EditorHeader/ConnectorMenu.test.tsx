import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test, vi } from "vitest";
import { failure } from "@/platform/fake/evaluate";
import { PRACTICE_LOGIN, PRACTICE_OAUTH } from "@/platform/fake/samples";
import { openEditor } from "@/testing/render";

vi.setConfig({ testTimeout: 60_000 });

async function openMenu(signedIn: boolean, document = PRACTICE_OAUTH) {
  const opened = await openEditor(document, (platform) => {
    for (const one of platform.stored.values()) one.shared = signedIn ? Date.now() / 1000 + 12_300 : null;
  });
  await screen.findByText(signedIn ? /^Shared · / : "Shared: not signed in");
  const open = async (entry: RegExp) => {
    await opened.user.click(screen.getByRole("button", { name: "More for this connector" }));
    return await screen.findByRole("menuitem", { name: entry });
  };
  return { ...opened, open };
}

describe("the shared sign-in in the connector's menu", () => {
  test("is not spoken of where nothing is shared", async () => {
    const { user } = await openEditor(PRACTICE_LOGIN);
    await user.click(screen.getByRole("button", { name: "More for this connector" }));
    expect(await screen.findByRole("menuitem", { name: "Clear cached auth…" })).toBeInTheDocument();
    expect(screen.queryByText(/Shared sign-in/)).not.toBeInTheDocument();
  });

  test("K1: says that nobody is signed in, and offers what can be done then", async () => {
    const { open, user } = await openMenu(false);
    expect(screen.getByText("Shared: not signed in")).toBeInTheDocument();
    const seal = await open(/^Seal for other machines…/);
    expect(screen.getByRole("menu")).toHaveTextContent("Shared sign-in: nobody is signed in yet");
    expect(seal).toHaveAttribute("aria-disabled", "true");
    expect(seal).toHaveTextContent("Sign in for everyone first");
    expect(screen.getByRole("menuitem", { name: "Clear shared sign-in…" })).toHaveAttribute(
      "aria-disabled",
      "true",
    );
    await user.click(screen.getByRole("menuitem", { name: /^Sign in for everyone/ }));
    expect(await screen.findByTestId("waiting-browser")).toBeInTheDocument();
  });

  test("K2: clearing it is asked once more, and the account's own sign-in is another thing", async () => {
    const { open, user, stored } = await openMenu(true);
    await user.click(await open(/^Clear cached auth…/));
    expect(await screen.findByRole("alertdialog")).toHaveTextContent("The shared sign-in stays.");
    await user.click(screen.getByRole("button", { name: "Clear cached auth" }));
    expect(await screen.findByText(/The cached auth was cleared/)).toBeInTheDocument();
    expect(stored()?.shared).not.toBeNull();

    await user.click(await open(/^Clear shared sign-in…/));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Clear…" }));
    const again = await screen.findByRole("alertdialog", { name: "Sign everyone out?" });
    expect(stored()?.shared).not.toBeNull();
    await user.click(within(again).getByRole("button", { name: "Sign everyone out" }));
    await waitFor(() => expect(stored()?.shared).toBeNull());
    expect(await screen.findByText("Shared: not signed in")).toBeInTheDocument();
  });

  test("K2: saying no the second time keeps it", async () => {
    const { open, user, stored } = await openMenu(true);
    await user.click(await open(/^Clear shared sign-in…/));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Clear…" }));
    const again = await screen.findByRole("alertdialog", { name: "Sign everyone out?" });
    await user.click(within(again).getByRole("button", { name: "Keep it" }));
    expect(stored()?.shared).not.toBeNull();
    expect(screen.queryByRole("alertdialog")).not.toBeInTheDocument();
  });

  test("S4: it is sealed with a passphrase given twice, and a weak one is not taken", async () => {
    const { open, user, platform } = await openMenu(true);
    const sealed = vi.spyOn(platform, "bundleSeal");
    await user.click(await open(/^Seal for other machines…/));
    const dialog = await screen.findByRole("dialog", { name: "Seal for other machines" });
    const seal = within(dialog).getByRole("button", { name: "Choose a place and seal" });
    await user.type(within(dialog).getByLabelText("Passphrase"), "short");
    expect(within(dialog).getByText(/7 more characters at least/)).toBeInTheDocument();
    await user.type(within(dialog).getByLabelText("Passphrase once more"), "short");
    expect(seal).toBeDisabled();
    await user.type(within(dialog).getByLabelText("Passphrase"), " but then longer");
    expect(within(dialog).getByText("This is not the same passphrase.")).toBeInTheDocument();
    expect(seal).toBeDisabled();
    await user.type(within(dialog).getByLabelText("Passphrase once more"), " but then longer");
    expect(within(dialog).getByText(/^Strong/)).toBeInTheDocument();
    sealed.mockResolvedValueOnce(null);
    await user.click(seal);
    await waitFor(() => expect(sealed).toHaveBeenCalledTimes(1));
    // The system's dialog was closed: ours is still there, with what was typed.
    expect(dialog).toBeInTheDocument();
    await waitFor(() => expect(seal).toBeEnabled());
    await user.click(seal);
    expect(await screen.findByText(/Sealed to ~\/Acme.latchwork-bundle/)).toBeInTheDocument();
    expect(sealed).toHaveBeenLastCalledWith(expect.any(String), "short but then longer");
  });

  test("S4: a sealed one is opened; a wrong passphrase is told at its field", async () => {
    const { open, user, stored } = await openMenu(false);
    await user.click(await open(/^Open sealed sign-in…/));
    const dialog = await screen.findByRole("dialog", { name: "Open a sealed sign-in" });
    const field = within(dialog).getByLabelText("Passphrase");
    await user.type(field, "wrong passphrase{Enter}");
    expect(await within(dialog).findByText(/This passphrase does not open the bundle/)).toBeInTheDocument();
    await waitFor(() => expect(field).toBeInvalid());
    await user.clear(field);
    await user.type(field, "the right one{Enter}");
    expect(await screen.findByText(/“Acme” is signed in for everyone/)).toBeInTheDocument();
    expect(stored()?.shared).not.toBeNull();
  });

  test("what could not be cleared is told", async () => {
    const { open, user, platform } = await openMenu(true);
    platform.authClear = () => Promise.reject(failure("vault.locked", "The keyring is locked."));
    await user.click(await open(/^Clear shared sign-in…/));
    await user.click(within(await screen.findByRole("alertdialog")).getByRole("button", { name: "Clear…" }));
    await user.click(await screen.findByRole("button", { name: "Sign everyone out" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The shared sign-in was not cleared.");
  });
});
