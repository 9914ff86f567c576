import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import type { FakeAppOptions } from "@/platform/fake/app";
import { connector, EVERY_CONNECTOR } from "@/platform/fake/app/samples";
import { failure } from "@/platform/fake/evaluate";
import { openApp } from "@/testing/appWindow";

const ODOO = connector({ id: "odoo", name: "Odoo" });
const BOOKS = connector({ id: "books", name: "Books" });
const XERO = connector({ id: "xero", name: "Xero", begins_with: "browser" });
const card = (id: string) => screen.getByTestId(`auth-${id}`);
const cardForm = async (id: string) => within(await screen.findByTestId(`auth-${id}`)).findByRole("form");

async function open(options: FakeAppOptions = {}) {
  const opened = openApp(options);
  await screen.findByTestId("managed-auth");
  return opened;
}

describe("A2: the managed auth screen", () => {
  test("lists each connector once, with how it stands", async () => {
    await open({ connectors: EVERY_CONNECTOR });
    expect(screen.getByRole("heading", { name: "Sign in to use Field Sales" })).toBeInTheDocument();
    expect(screen.getByText(/^Eight services, each once/)).toBeInTheDocument();
    expect(card("acme")).toHaveTextContent("Signed in as ann@acme.example· 52 min, renews by itself");
    expect(card("slack")).toHaveTextContent("Shared by your adminNothing to do");
    expect(within(card("slack")).queryByRole("button")).not.toBeInTheDocument();
    expect(card("xero")).toHaveTextContent("Xero ended the session: “refresh token expired”. Sign in again.");
    expect(within(card("xero")).getByRole("button", { name: "Sign in again: Xero" })).toBeEnabled();
    expect(card("warehouse")).toHaveTextContent(
      "The client secret of Warehouse is not set on this computer.",
    );
    expect(within(card("warehouse")).queryByRole("button")).not.toBeInTheDocument();
    expect(card("tv")).toHaveTextContent("Optional");
    expect(card("long")).toHaveTextContent("3 days left");
    expect(screen.getByText("3 of 8 signed in")).toBeInTheDocument();
  });

  test("the first form is there without a click, with the cursor in it, and the next one opens when it is done", async () => {
    const { user, fake } = await open({ connectors: [XERO, ODOO, BOOKS] });
    const form = within(await cardForm("odoo"));
    await waitFor(() => expect(form.getByLabelText("E-mail")).toHaveFocus());
    expect(within(card("books")).queryByRole("form")).not.toBeInTheDocument();
    expect(fake.calls).toEqual(["watch", "sign in odoo"]);

    await user.keyboard("ann@acme.example{Tab}secret{Enter}");
    const next = within(await cardForm("books"));
    await waitFor(() => expect(next.getByLabelText("E-mail")).toHaveFocus());
    expect(card("odoo")).toHaveTextContent("ann@acme.example");
    expect(screen.getByText("1 of 3 signed in")).toBeInTheDocument();
    expect(screen.getByTestId("sign-in-news")).toHaveTextContent("Odoo: signed in");
  });

  test("A5: somebody who is signed in on this computer is used only once the person says so", async () => {
    const ready = { name: "default", label: "ann@acme.example", in_use: false, state: "signed_in" as const };
    const { user, fake } = await open({ connectors: [{ ...ODOO, accounts: [ready] }] });
    expect(card("odoo")).toHaveTextContent("ann@acme.example is signed in on this computer");
    expect(within(card("odoo")).queryByRole("form")).not.toBeInTheDocument();
    expect(fake.calls).toEqual(["watch"]);
    await user.click(screen.getByRole("button", { name: "Continue as ann@acme.example: Odoo" }));
    expect(fake.calls).toContain("use default of odoo");
  });

  test("a browser never opens without a click; after one it is waited for in its card", async () => {
    const { user, fake } = await open({ connectors: [XERO] });
    await act(() => new Promise((next) => setTimeout(next, 20)));
    expect(fake.calls).toEqual(["watch"]);
    await user.click(screen.getByRole("button", { name: "Sign in: Xero" }));
    expect(await within(card("xero")).findByTestId("waiting-browser")).toHaveTextContent(
      "accounts.xero.example",
    );
    expect(card("xero")).toHaveTextContent("Waiting for you in the browser");
    act(() => fake.signIns.comeBack());
    await waitFor(() => expect(screen.getByTestId("continue")).toHaveFocus());
    await user.keyboard("{Enter}");
    expect(await screen.findByTestId("app-screen")).toBeInTheDocument();
    expect(screen.queryByTestId("managed-auth")).not.toBeInTheDocument();
  });

  test("a device code is shown in its card, and copied and opened from there", async () => {
    const { user, fake } = await open({
      connectors: [connector({ id: "tv", name: "Display", begins_with: "device_code" })],
    });
    await user.click(screen.getByRole("button", { name: "Sign in: Display" }));
    expect(await within(card("tv")).findByTestId("user-code")).toHaveTextContent("WDJB-MJHT");
    await user.click(screen.getByRole("button", { name: "Copy code" }));
    expect(fake.clipboard).toBe("WDJB-MJHT");
    await user.click(screen.getByRole("button", { name: "Open address" }));
    expect(fake.links).toHaveLength(1);
  });

  test("Continue says why it does not continue, and opens once all that are required are in", async () => {
    const { user, fake } = await open({ connectors: [ODOO, { ...XERO, required: false }] });
    expect(screen.getByTestId("continue")).toBeDisabled();
    expect(screen.getByTestId("continue")).toHaveAccessibleDescription("Sign in to Odoo to continue.");
    await cardForm("odoo");
    await user.keyboard("ann@acme.example{Tab}secret{Enter}");
    await waitFor(() => expect(screen.getByTestId("continue")).toBeEnabled());
    // What may still be signed in to is next; Continue is there all the same.
    await waitFor(() => expect(screen.getByRole("button", { name: "Sign in: Xero" })).toHaveFocus());
    await user.click(screen.getByTestId("continue"));
    expect(fake.calls).toContain("continue");
  });

  test("where all are in from the start, Enter goes on", async () => {
    await open({ connectors: [{ ...ODOO, state: "signed_in" }] });
    await waitFor(() => expect(screen.getByTestId("continue")).toHaveFocus());
  });

  test("a wrong password is said over the form, which keeps the rest of what was typed", async () => {
    const { user } = await open({ connectors: [ODOO] });
    await cardForm("odoo");
    await user.keyboard("ann@acme.example{Tab}wrong{Enter}");
    expect(await screen.findByText("The e-mail or the password is not right.")).toBeInTheDocument();
    expect(screen.getByLabelText("E-mail")).toHaveValue("ann@acme.example");
    expect(screen.getByLabelText("Password")).toHaveValue("");
    await waitFor(() => expect(screen.getByLabelText("Password")).toHaveFocus());
    expect(within(card("odoo")).getByRole("button", { name: "Sign in" })).toBeInTheDocument();
  });

  test("what is wrong in a field is said there, and the cursor goes to it", async () => {
    const { user, fake } = await open({ connectors: [ODOO] });
    await cardForm("odoo");
    await user.keyboard("nobody{Tab}secret{Enter}");
    expect(screen.getByText("“nobody” is not an e-mail address.")).toBeInTheDocument();
    expect(screen.getByLabelText("E-mail")).toHaveFocus();
    expect(fake.connectors[0]?.state).toBe("signed_out");
  });

  test("a failure is said with its code in the card, holds the others back, and can be tried again", async () => {
    const { user, fake } = await open({ connectors: [ODOO, BOOKS] });
    await cardForm("odoo");
    await user.keyboard("ann@acme.example{Tab}broken{Enter}");
    const alert = await within(card("odoo")).findByRole("alert");
    expect(alert).toHaveTextContent("The server at api.acme.example did not answer.");
    expect(alert).toHaveTextContent("http.connect");
    expect(screen.getByRole("button", { name: "Try again" })).toHaveFocus();
    await act(() => new Promise((next) => setTimeout(next, 20)));
    expect(fake.calls.filter((call) => call.startsWith("sign in"))).toEqual(["sign in odoo"]);
    await user.keyboard("{Enter}");
    await cardForm("odoo");
    expect(fake.calls.filter((call) => call.startsWith("sign in"))).toEqual(["sign in odoo", "sign in odoo"]);
  });

  test("a sign-in that cannot begin is said in its card", async () => {
    const { user, fake } = await open({ connectors: [XERO] });
    fake.appSignIn = () => Promise.reject(failure("vault.locked", "the vault is locked"));
    await user.click(screen.getByRole("button", { name: "Sign in: Xero" }));
    expect(await within(card("xero")).findByRole("alert")).toHaveTextContent("The vault is locked.");
  });

  test("what is asked after the first form says so, and goes on with Continue", async () => {
    const { user } = await open({ connectors: [connector({ id: "sites", name: "Sites" })] });
    await cardForm("sites");
    await user.keyboard("ann@acme.example{Tab}secret{Enter}");
    await user.click(await screen.findByRole("button", { name: /Site/ }));
    await user.click(await screen.findByRole("option", { name: "Southern countries" }));
    await user.click(within(card("sites")).getByRole("button", { name: "Continue" }));
    await waitFor(() => expect(card("sites")).toHaveAttribute("data-state", "signed_in"));
  });

  test("K3: another account that exists is used, or one more signed in to, which can be left again", async () => {
    const { user, fake } = await open({ connectors: EVERY_CONNECTOR.slice(0, 2) });
    const menu = () => user.click(screen.getByRole("button", { name: "Use another account: Acme CRM" }));
    await menu();
    await user.click(await screen.findByRole("menuitem", { name: /sales@acme.example/ }));
    await waitFor(() => expect(card("acme")).toHaveTextContent("sales@acme.example"));
    expect(fake.calls).toContain("use Work of acme");

    await menu();
    await user.click(await screen.findByRole("menuitem", { name: "Sign in with another account…" }));
    await cardForm("acme");
    expect(fake.calls.at(-1)).toBe("sign in acme with another account");
    expect(card("acme")).toHaveTextContent("Sign in with another Acme CRM account");
    await user.keyboard("{Escape}");
    await waitFor(() => expect(within(card("acme")).queryByRole("form")).not.toBeInTheDocument());
    expect(fake.calls.at(-1)).toBe("cancel run-1");
    expect(card("acme")).toHaveTextContent("sales@acme.example");
  });

  test("signing out says what happened at the provider", async () => {
    const { user } = await open({ connectors: EVERY_CONNECTOR.slice(0, 1) });
    await user.click(screen.getByRole("button", { name: "Sign out of Acme CRM" }));
    expect(await screen.findByText(/the provider ended the session/)).toBeInTheDocument();
    await waitFor(() => expect(card("acme")).toHaveTextContent("Sign in with your Acme CRM account"));
  });

  test("a browser sign-in that the person leaves goes back to its button", async () => {
    const { user, fake } = await open({ connectors: [XERO] });
    await user.click(screen.getByRole("button", { name: "Sign in: Xero" }));
    await user.click(await screen.findByRole("button", { name: "Cancel" }));
    expect(await screen.findByRole("button", { name: "Sign in: Xero" })).toBeInTheDocument();
    expect(fake.calls).toContain("cancel run-1");
  });

  test("while nothing could be kept no form opens, and what to do about it comes first", async () => {
    const { user, fake } = await open({
      connectors: [ODOO],
      vault: { state: "locked", kept_by: null, message: "The keyring is locked.", hint: null },
    });
    await screen.findByTestId("vault-banner");
    await act(() => new Promise((next) => setTimeout(next, 20)));
    expect(fake.calls).toEqual(["watch"]);
    expect(screen.getByText(/kept nowhere yet/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Try the keyring again" }));
    await cardForm("odoo");
    expect(screen.queryByTestId("vault-banner")).not.toBeInTheDocument();
    expect(screen.getByText(/are encrypted on this computer/)).toBeInTheDocument();
  });

  test("with nothing to sign in to it says so and lets one go on", async () => {
    await open({ connectors: [] });
    expect(screen.getByText("This app has nothing to sign in to.")).toBeInTheDocument();
    expect(screen.getByTestId("continue")).toBeEnabled();
  });

  test("Quit closes the window", async () => {
    const { user, fake } = await open();
    await user.click(screen.getByRole("button", { name: "Quit" }));
    expect(fake.calls).toContain("quit");
  });
});
