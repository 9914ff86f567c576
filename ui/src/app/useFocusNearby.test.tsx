import { screen, waitFor, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { Button } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { PRACTICE_LOGIN } from "@/platform/fake/samples";
import { openEditor, renderPart } from "@/testing/render";
import { useFocusNearby } from "./useFocusNearby";

function Rows() {
  useFocusNearby();
  const notices = useNotices();
  const [rows, setRows] = useState(["one", "two", "three"]);
  return (
    <main>
      <ul>
        {rows.map((row) => (
          <li key={row}>
            <Button>Open {row}</Button>
            <Button onPress={() => setRows(rows.filter((one) => one !== row))}>Remove {row}</Button>
          </li>
        ))}
      </ul>
      <p>Nothing to press here</p>
      <Button onPress={() => setRows([])}>Remove all</Button>
      <Button onPress={() => notices.tell("Saved.")}>Save</Button>
    </main>
  );
}

const remove = (row: string) => screen.getByRole("button", { name: `Remove ${row}` });

describe("the focus", () => {
  test("goes to the same button of the row that took the place, and of the one before at the end", async () => {
    const { user } = renderPart(<Rows />);
    await user.click(remove("two"));
    await waitFor(() => expect(remove("three")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(remove("one")).toHaveFocus());
    await user.keyboard("{Enter}");
    await waitFor(() => expect(remove("all")).toHaveFocus());
  });

  test("stays away where a press on nothing took it away before", async () => {
    const { user } = renderPart(<Rows />);
    await user.click(screen.getByRole("button", { name: "Open one" }));
    await user.click(screen.getByText("Nothing to press here"));
    remove("one").click();
    await waitFor(() => expect(screen.queryByText("Open one")).not.toBeInTheDocument());
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    await new Promise((done) => requestAnimationFrame(done));
    expect(document.body).toHaveFocus();
  });

  test("goes back to what made a notice when the notice is dismissed", async () => {
    const { user } = renderPart(<Rows />);
    await user.click(screen.getByRole("button", { name: "Save" }));
    await user.click(screen.getByRole("button", { name: "Dismiss" }));
    await waitFor(() => expect(screen.getByRole("button", { name: "Save" })).toHaveFocus());
  });

  test("stays in the editor when a draft is discarded", async () => {
    const { user } = await openEditor(PRACTICE_LOGIN, (platform) => {
      for (const one of platform.stored.values()) one.draft = { document: one.document, saved_at: 1 };
    });
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    await waitFor(() => expect(screen.queryByTestId("draft-banner")).not.toBeInTheDocument());
    await waitFor(() => expect(document.body).not.toHaveFocus());
  });

  test("stays in the form when a preset is turned into multistep", async () => {
    const document_ = JSON.stringify({
      format: "latchwork.connector/1",
      name: "Acme",
      kind: "rest",
      base_url: "https://api.acme.example",
      auth: { method: "bearer", token: "{{ vars.token }}" },
    });
    const { user } = await openEditor(document_);
    await user.click(screen.getByRole("button", { name: "Turn into multistep" }));
    await screen.findByText(/is multistep now/);
    await waitFor(() => expect(document.body).not.toHaveFocus());
    expect(within(screen.getByRole("main")).queryByText("Turn into multistep")).not.toBeInTheDocument();
    expect(screen.getByRole("main")).toContainElement(document.activeElement as HTMLElement);
  });
});
