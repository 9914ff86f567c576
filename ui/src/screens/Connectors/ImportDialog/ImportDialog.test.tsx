import { fireEvent, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { PRACTICE_LOGIN } from "@/platform/fake/samples";
import { openWindow } from "@/testing/render";

const COLLECTION = JSON.stringify({
  info: { name: "Harbour", schema: "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
  variable: [{ key: "baseUrl", value: "https://api.harbour.example" }],
  item: [
    {
      name: "People",
      item: Array.from({ length: 120 }, (_, index) => ({
        name: `Call ${index}`,
        request: { method: "GET", url: `{{baseUrl}}/people/${index}` },
        ...(index === 3 ? { event: [{ listen: "test" }] } : {}),
      })),
    },
  ],
});
const ENVIRONMENT = JSON.stringify({
  name: "eu",
  values: [{ key: "baseUrl", value: "https://eu.harbour.example" }],
});

async function openImport() {
  const opened = openWindow({ documents: [PRACTICE_LOGIN] });
  await opened.user.click(await screen.findByRole("button", { name: "Import" }));
  const dialog = await screen.findByTestId("import-dialog");
  const paste = async (text: string) => {
    fireEvent.change(within(dialog).getByLabelText("Or paste its text"), { target: { value: text } });
    await opened.user.click(within(dialog).getByRole("button", { name: "Continue" }));
  };
  return { ...opened, dialog, paste };
}

describe("import", () => {
  test("X2: a pasted collection is shown before anything is saved, and imported with its secrets", async () => {
    const { user, platform, dialog, paste } = await openImport();
    await paste(COLLECTION);
    const understood = await within(dialog).findByTestId("import-understood");
    expect(understood).toHaveTextContent("The API at https://api.harbour.example, out of {{baseUrl}}");
    expect(within(dialog).getByTestId("import-notes")).toHaveTextContent(
      "Test scripts are not run: People / Call 3",
    );
    expect(understood).toHaveTextContent("1 secret, for the vault and not for the file: token");
    const secrets = within(dialog).getByRole("region", { name: "Secrets" });
    expect(secrets).not.toHaveTextContent("token");
    expect(platform.stored.size).toBe(1);
    await user.clear(within(dialog).getByLabelText("Name"));
    await user.type(within(dialog).getByLabelText("Name"), "My Harbour");
    await user.type(within(dialog).getByLabelText("api_key"), "k-1");
    await user.click(within(dialog).getByRole("button", { name: "Import" }));
    await waitFor(() => expect(platform.stored.size).toBe(2));
    const added = [...platform.stored.values()].at(-1);
    expect(JSON.parse(added?.document ?? "{}").name).toBe("My Harbour");
    expect([...(added?.secrets ?? [])]).toEqual([
      ["token", "from the file"],
      ["api_key", "k-1"],
    ]);
    expect(platform.imports.held.size).toBe(0);
  });

  test("back to the pasted text it is still there, and gone with the dialog", async () => {
    const { user, dialog, paste } = await openImport();
    await paste("curl https://a.example/one");
    await user.click(await within(dialog).findByRole("button", { name: "Back" }));
    expect(within(dialog).getByLabelText("Or paste its text")).toHaveValue("curl https://a.example/one");
    await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
    await user.click(await screen.findByRole("button", { name: "Import" }));
    expect(await screen.findByLabelText("Or paste its text")).toHaveValue("");
  });

  test("where every secret is in the file, none is asked for", async () => {
    const { dialog, paste } = await openImport();
    await paste("curl https://a.example/one");
    await within(dialog).findByTestId("import-understood");
    expect(within(dialog).queryByRole("region", { name: "Secrets" })).not.toBeInTheDocument();
  });

  test("of many endpoints the first hundred are listed, and how many there are is said", async () => {
    const { user, dialog, paste } = await openImport();
    await paste(COLLECTION);
    const toggle = await within(dialog).findByRole("button", { name: /Endpoints/ });
    expect(toggle).toHaveTextContent("the first 100 of 120");
    await user.click(toggle);
    expect(within(within(dialog).getByTestId("import-endpoints")).getAllByRole("listitem")).toHaveLength(100);
  });

  test("an environment goes onto the collection that is shown", async () => {
    const { user, platform, dialog, paste } = await openImport();
    await paste(COLLECTION);
    platform.imports.fileToChoose = ENVIRONMENT;
    await user.click(await within(dialog).findByRole("button", { name: "Add an environment…" }));
    expect(await within(dialog).findByText("With its environment")).toBeInTheDocument();
    expect(within(dialog).getByTestId("import-understood")).toHaveTextContent("https://eu.harbour.example");
    expect(platform.imports.held.size).toBe(1);
  });

  test("a file that cannot be read says where and why, and nothing is imported", async () => {
    const { user, platform, dialog, paste } = await openImport();
    await paste(COLLECTION.replace('"item":[', '"item":{"a":[').replace(/\]\}$/, "]}}"));
    const alert = await within(dialog).findByRole("alert");
    expect(alert).toHaveTextContent("Nothing was imported. item: expected a list, found an object");
    expect(alert).toHaveTextContent("as Collection v2.1");
    await paste("Dear Ann");
    expect(await within(dialog).findByText(/no connector file, no cURL command/)).toBeInTheDocument();
    expect(platform.stored.size).toBe(1);
    await paste("curl https://a.example/one\ncurl https://a.example/two");
    expect(await within(dialog).findByText("2 endpoints")).toBeInTheDocument();
    expect(within(dialog).getByText("Nothing was left out.")).toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Back" }));
    expect(platform.imports.held.size).toBe(0);
    expect(platform.stored.size).toBe(1);
  });

  test("a dialog that is closed leaves everything as it was", async () => {
    const { user, platform, dialog } = await openImport();
    await user.click(within(dialog).getByRole("button", { name: "Choose a file…" }));
    expect(within(dialog).getByRole("button", { name: "Continue" })).toBeInTheDocument();
    platform.imports.fileToChoose = COLLECTION;
    await user.click(within(dialog).getByRole("button", { name: "Choose a file…" }));
    await within(dialog).findByTestId("import-understood");
    await user.clear(within(dialog).getByLabelText("Name"));
    await user.click(within(dialog).getByRole("button", { name: "Import" }));
    expect(within(dialog).getByText("Give it a name that says which API it is.")).toBeInTheDocument();
    await user.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByTestId("import-dialog")).not.toBeInTheDocument());
    expect(platform.imports.held.size).toBe(0);
    expect(platform.stored.size).toBe(1);
  });
});

describe("export", () => {
  test("X3: a connector is shown as a cURL script, and copied whole", async () => {
    const { user, platform } = openWindow({ documents: [PRACTICE_LOGIN] });
    await user.click(await screen.findByRole("button", { name: "More for Practice CRM" }));
    await user.click(await screen.findByRole("menuitem", { name: "Export as cURL script…" }));
    const dialog = await screen.findByTestId("export-dialog");
    expect(await within(dialog).findByTestId("export-text")).toHaveTextContent("VARS_TOKEN:?is not set");
    expect(within(dialog).getByTestId("export-notes")).toHaveTextContent(
      "The auth flow is not in the script",
    );
    await user.click(within(dialog).getByRole("button", { name: "Copy" }));
    expect(platform.clipboard).toContain("#!/bin/sh");
    await user.click(within(dialog).getByRole("button", { name: "Save…" }));
    expect(await screen.findByText(/Exported to .*\.sh/)).toBeInTheDocument();
    expect(screen.queryByTestId("export-dialog")).not.toBeInTheDocument();
  });
});
