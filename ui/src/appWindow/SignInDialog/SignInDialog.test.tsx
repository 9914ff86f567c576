import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { connector } from "@/platform/fake/app/samples";
import { openApp } from "@/testing/appWindow";

const ODOO = connector({ id: "odoo", name: "Odoo" });
const XERO = connector({ id: "xero", name: "Xero", begins_with: "browser", required: false });

async function asked(...ids: string[]) {
  const opened = openApp({ connectors: [ODOO, XERO], startsWith: "screen" });
  await screen.findByTestId("app-screen");
  act(() => opened.fake.ask(...ids));
  return { ...opened, dialog: await screen.findByRole("dialog") };
}

describe("A3: a sign-in that is asked for by what the person did", () => {
  test("has each connector once, and goes by itself once all are in", async () => {
    const { user, fake, dialog } = await asked("odoo", "xero");
    expect(dialog).toHaveAccessibleName("Sign in to go on");
    expect(within(dialog).getAllByRole("listitem")).toHaveLength(2);
    expect(dialog).not.toHaveTextContent("Optional");
    await waitFor(() => expect(screen.getByLabelText("E-mail")).toHaveFocus());
    await user.keyboard("ann@acme.example{Tab}secret{Enter}");
    await waitFor(() => expect(screen.getByRole("button", { name: "Sign in: Xero" })).toHaveFocus());
    await user.keyboard("{Enter}");
    await screen.findByTestId("waiting-browser");
    act(() => fake.signIns.comeBack());
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });

  test("is declined by its button and by Escape, and the run in it ends", async () => {
    const { user, fake } = await asked("odoo");
    expect(screen.getByRole("dialog")).toHaveAccessibleName("Sign in to Odoo");
    await waitFor(() => expect(screen.getByLabelText("E-mail")).toHaveFocus());
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
    expect(fake.calls.slice(-2)).toEqual(["decline", "cancel run-1"]);
    act(() => fake.ask("xero"));
    await user.click(await screen.findByRole("button", { name: "Not now" }));
    expect(fake.calls.at(-1)).toBe("decline");
    await waitFor(() => expect(screen.queryByRole("dialog")).not.toBeInTheDocument());
  });
});
