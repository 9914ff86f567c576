import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { readDocument, writeDocument } from "@/model/document";
import type { FakePlatform } from "@/platform/fake";
import { PRACTICE_LOGIN } from "@/platform/fake/samples";
import { codeField, openEditor, openWindow, typeInto } from "@/testing/render";

const PATH = "/home/ada/crm/practice.connector.json";

const named = (name: string) => writeDocument({ ...readDocument(PRACTICE_LOGIN), name });

function link(platform: FakePlatform) {
  for (const one of platform.stored.values()) {
    one.file = { path: PATH, text: one.document };
    platform.linked.disk.set(PATH, one.document);
  }
}

async function openLinked() {
  const opened = await openEditor(PRACTICE_LOGIN, link);
  await screen.findByTestId("linked-file");
  const { disk } = opened.platform.linked;
  /** Another program writes; the window is looked at again. */
  const change = (text: string | null) => {
    if (text === null) disk.delete(PATH);
    else disk.set(PATH, text);
    window.dispatchEvent(new Event("visibilitychange"));
  };
  const onDisk = () => readDocument(disk.get(PATH) ?? "");
  return { ...opened, disk, change, onDisk };
}

describe("a connector that is saved to a file", () => {
  test("X1: what is opened from a file is saved to it", async () => {
    const { user, platform } = openWindow({ documents: [] });
    platform.linked.disk.set(PATH, named("Harbour"));
    platform.linked.chosenPath = PATH;
    await user.click(await screen.findByRole("button", { name: "Open file" }));
    expect(await screen.findByTestId("linked-file")).toHaveTextContent("practice.connector.json");
    await user.type(await screen.findByRole("textbox", { name: "Title" }), "!");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(platform.linked.disk.get(PATH)).toContain("Practice CRM!"));
    expect(screen.queryByTestId("file-banner")).not.toBeInTheDocument();
  });

  test("X1: a change on disk is taken over where nothing is unsaved, and undo goes back", async () => {
    const { user, change } = await openLinked();
    change(named("Changed elsewhere"));
    expect(await screen.findByText("Changed elsewhere", {}, { timeout: 3000 })).toBeInTheDocument();
    expect(screen.getByText(/was changed by another program\. You see it as it is now/)).toBeInTheDocument();
    expect(screen.getByTestId("draft-state")).toHaveTextContent("Saved");
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(await screen.findByText("Practice CRM")).toBeInTheDocument();
  });

  test("X1: what another process has taken over already is shown as well, and the same change twice", async () => {
    const { user, change, stored, disk } = await openLinked();
    const one = stored();
    if (!one?.file) throw new Error("it is linked");
    Object.assign(one, { document: named("By the command line"), revision: 2 });
    one.file.text = one.document;
    change(one.document);
    expect(await screen.findByText("By the command line", {}, { timeout: 3000 })).toBeInTheDocument();
    for (const round of [1, 2]) {
      change(named("Again"));
      expect(await screen.findByText("Again", {}, { timeout: 3000 })).toBeInTheDocument();
      await user.type(screen.getByRole("textbox", { name: "Title" }), String(round));
      await user.click(screen.getByRole("button", { name: "Save" }));
      await waitFor(() => expect(disk.get(PATH)).toContain(`Practice CRM${round}`));
    }
    expect(screen.queryByTestId("file-conflict")).not.toBeInTheDocument();
  });

  test("X1: with unsaved work it is a question; the file can be taken, and undo has the work back", async () => {
    const { user, change, stored } = await openLinked();
    await user.type(screen.getByRole("textbox", { name: "Title" }), "!");
    await waitFor(() => expect(screen.getByTestId("draft-state")).toHaveTextContent("Draft saved"));
    change(named("Theirs"));
    const banner = await screen.findByTestId("file-banner", {}, { timeout: 3000 });
    expect(banner).toHaveTextContent("while you have unsaved changes");
    await user.click(within(banner).getByRole("button", { name: "Take the file" }));
    expect(await screen.findByText("Theirs")).toBeInTheDocument();
    expect(stored()?.draft).toBeNull();
    expect(screen.queryByTestId("file-banner")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.getByRole("textbox", { name: "Title" })).toHaveValue("Sign in to Practice CRM!");
  });

  test("X1: a save over a changed file shows both, and saves what is made of them", async () => {
    const { user, disk, onDisk, stored } = await openLinked();
    await user.type(screen.getByRole("textbox", { name: "Title" }), "!");
    disk.set(PATH, named("Theirs"));
    await user.click(screen.getByRole("button", { name: "Save" }));
    const dialog = await screen.findByTestId("file-conflict");
    await within(dialog).findByTestId("side-by-side", {}, { timeout: 5000 });
    expect(codeField("In the file", dialog).state.doc.toString()).toContain('"Theirs"');
    const right = codeField("Here, and to be saved", dialog).state.doc.toString();
    expect(right).toContain("Practice CRM!");
    expect(onDisk().name).toBe("Theirs");
    typeInto("Here, and to be saved", right.replace('"name": "Practice CRM"', '"name": "Both"'));
    // What was merged stays where the file changed once more, and is no loss of a key.
    disk.set(PATH, named("Theirs again"));
    await user.keyboard("{Escape}");
    await user.click(within(dialog).getByRole("button", { name: "Save the right side" }));
    await waitFor(() =>
      expect(codeField("In the file", dialog).state.doc.toString()).toContain('"Theirs again"'),
    );
    expect(onDisk().name).toBe("Theirs again");
    expect(codeField("Here, and to be saved", dialog).state.doc.toString()).toContain('"Both"');
    expect(screen.queryByRole("button", { name: "Undo" })).not.toBeInTheDocument();
    await user.click(within(dialog).getByRole("button", { name: "Save the right side" }));
    await waitFor(() => expect(onDisk().name).toBe("Both"));
    expect(stored()?.document).toContain("Practice CRM!");
    await waitFor(() => expect(screen.queryByTestId("file-conflict")).not.toBeInTheDocument());
    expect(screen.getByText("Both")).toBeInTheDocument();
    expect(screen.queryByText(/was not taken over|You see it as it is now/)).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.queryByText("Both")).not.toBeInTheDocument();
  });

  test("X1: a file that is no connector is shown, and what is not JSON cannot be saved", async () => {
    const { user, change, onDisk } = await openLinked();
    change("<<<<<<< HEAD");
    const banner = await screen.findByTestId("file-banner", {}, { timeout: 3000 });
    expect(banner).toHaveTextContent("it is no connector as it stands");
    await user.click(within(banner).getByRole("button", { name: "Compare…" }));
    const dialog = await screen.findByTestId("file-conflict");
    await within(dialog).findByTestId("side-by-side", {}, { timeout: 5000 });
    expect(within(dialog).getByRole("button", { name: "Take the file" })).toBeDisabled();
    typeInto("Here, and to be saved", "{");
    expect(await within(dialog).findByText(/The right side is not JSON/)).toBeInTheDocument();
    expect(within(dialog).getByRole("button", { name: "Save the right side" })).toBeDisabled();
    typeInto("Here, and to be saved", named("Mended"));
    await user.click(within(dialog).getByRole("button", { name: "Save the right side" }));
    await waitFor(() => expect(onDisk().name).toBe("Mended"));
  });

  test("X1: a file that is gone is told; saving writes it anew, unlinking leaves it", async () => {
    const { user, change, disk, platform } = await openLinked();
    change(null);
    const banner = await screen.findByTestId("file-banner", {}, { timeout: 3000 });
    expect(banner).toHaveTextContent("is gone. Saving writes it anew.");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(disk.get(PATH)).toContain("Practice CRM"));
    await waitFor(() => expect(screen.queryByTestId("file-banner")).not.toBeInTheDocument());

    await user.click(screen.getByRole("button", { name: "More for this connector" }));
    await user.click(await screen.findByRole("menuitem", { name: /Unlink from the file/ }));
    await waitFor(() => expect(screen.queryByTestId("linked-file")).not.toBeInTheDocument());
    expect(disk.get(PATH)).toContain("Practice CRM");
    platform.linked.chosenPath = "/home/ada/crm/other.connector.json";
    await user.click(screen.getByRole("button", { name: "More for this connector" }));
    await user.click(await screen.findByRole("menuitem", { name: /Save to a file…/ }));
    expect(await screen.findByTestId("linked-file")).toHaveTextContent("other.connector.json");
  });
});
