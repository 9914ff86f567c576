import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Diagnostic } from "@/platform/wire";
import { openEditor } from "@/testing/render";

const finding = (severity: Diagnostic["severity"], code: string): Diagnostic => ({
  severity,
  code,
  path: "base_url",
  message: `This is ${code}`,
  help: `Mend ${code}`,
});

test("T6: errors, warnings and notes are counted and called what they are", async () => {
  const { user } = await openEditor(undefined, (platform) => {
    platform.connectorCheck = async () => [
      finding("error", "one.error"),
      finding("info", "one.note"),
      finding("info", "another.note"),
    ];
  });
  await user.click(await screen.findByRole("button", { name: "1 error, 2 notes" }));
  const list = await screen.findByRole("dialog", { name: "What the checker found" });
  expect(within(list).getAllByText(/^Note ·/)).toHaveLength(2);
  expect(within(list).queryByText(/^Warning ·/)).not.toBeInTheDocument();
  expect(within(list).getByText("Mend one.error")).toBeVisible();
});
