import { screen, within } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, test } from "vitest";
import { Button } from "@/components/Button/Button";
import { Dialog } from "@/components/Dialog/Dialog";
import { renderPart } from "@/testing/render";
import { useNotices } from "./Notices";

function Board() {
  const notices = useNotices();
  const [isOpen, setIsOpen] = useState(false);
  return (
    <>
      <Button onPress={() => notices.tellUndoable("The flow was replaced.")}>Replace the flow</Button>
      <Button onPress={() => notices.tellUndoable("“AWS SigV4” was taken out.")}>Take it out</Button>
      <Button onPress={() => notices.tell("Saved.")}>Save</Button>
      <Button onPress={() => setIsOpen(true)}>Ask</Button>
      <Dialog title="Really?" isOpen={isOpen} onClose={() => setIsOpen(false)}>
        <Button onPress={() => notices.fail("It was not saved", { code: "file.io", message: "no room" })}>
          Try
        </Button>
      </Dialog>
    </>
  );
}

describe("notices", () => {
  test("a notice over a dialog is read out, and the dialog stays when it is dismissed", async () => {
    const { user } = renderPart(<Board />);
    await user.click(screen.getByRole("button", { name: "Ask" }));
    await user.click(screen.getByRole("button", { name: "Try" }));
    const alert = screen.getByRole("alert");
    expect(alert).toHaveTextContent("It was not saved.");
    await user.click(within(alert).getByRole("button", { name: "Dismiss" }));
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
    expect(screen.getByRole("dialog", { name: "Really?" })).toBeInTheDocument();
  });

  test("of what undo brings back only the newest is said: undo takes back that one", async () => {
    const { user } = renderPart(<Board />);
    await user.click(screen.getByRole("button", { name: "Replace the flow" }));
    await user.click(screen.getByRole("button", { name: "Save" }));
    await user.click(screen.getByRole("button", { name: "Take it out" }));
    expect(screen.getByText("“AWS SigV4” was taken out. Undo brings it back.")).toBeInTheDocument();
    expect(screen.queryByText(/The flow was replaced/)).not.toBeInTheDocument();
    expect(screen.getByText("Saved.")).toBeInTheDocument();
  });
});
