import { screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { openEditor } from "@/testing/render";
import { phasesOf } from "./RunEntryCard";

async function tested() {
  const opened = await openEditor();
  await opened.user.click(screen.getByRole("button", { name: "Test auth steps" }));
  const modal = within(await screen.findByTestId("form-modal"));
  await opened.user.type(modal.getByLabelText("Password"), "practice{Enter}");
  await ended();
  return opened;
}

function ended() {
  return waitFor(() => expect(screen.getByTestId("run-state")).toHaveAttribute("data-state", "ok"));
}

describe("after a run", () => {
  test("T2: one step is run again with what the others left, and no test request follows", async () => {
    const { user, platform } = await tested();
    await user.click(
      within(screen.getByTestId("run-step-login")).getByRole("button", { name: "Run this step" }),
    );
    await waitFor(() => expect(screen.queryByTestId("run-step-signin")).not.toBeInTheDocument());
    await ended();
    expect(screen.getByTestId("run-kept")).toHaveTextContent(
      /^Not run again: .*What it left in the last run is used\.$/,
    );
    expect(screen.getByTestId("run-step-login")).toHaveAttribute("data-state", "ok");
    expect(screen.queryByTestId("run-test-request")).not.toBeInTheDocument();
    const [last] = await platform.runList((await platform.connectorList("", 0)).connectors[0]?.id ?? "");
    expect(last?.what).toEqual({ type: "step", step: "login" });
  });

  test("T2: the flow is run from a step on, from the step's own menu", async () => {
    const { user } = await tested();
    await user.click(within(screen.getByTestId("step-login")).getByRole("button", { name: /^More for/ }));
    await user.click(await screen.findByRole("menuitem", { name: "Run from here" }));
    await screen.findByTestId("run-kept");
    await ended();
    expect(screen.queryByTestId("form-modal")).not.toBeInTheDocument();
    expect(screen.getByTestId("run-test-request")).toHaveAttribute("data-state", "ok");
  });

  test("T2: what was sent is copied as a cURL command, and its time is told by phase", async () => {
    const { user, platform } = await tested();
    const card = within(screen.getByTestId("run-step-login"));
    await user.click(card.getByRole("tab", { name: "Request" }));
    await user.click(card.getByRole("button", { name: "Copy as cURL" }));
    expect(await screen.findByText("The cURL command was copied.")).toBeInTheDocument();
    expect(platform.clipboard).toMatch(/^curl '.*--request POST$/);
    await user.click(card.getByRole("tab", { name: "Timing" }));
    for (const phase of ["finding the name", "connecting, with TLS", "until the first byte", "in all"]) {
      expect(card.getByText(phase)).toBeInTheDocument();
    }
  });
});

describe("the phases of an exchange", () => {
  const timing = { total_ms: 50, first_byte_ms: 40, resolve_ms: 5, connect_ms: 20 };
  const exchange = (over: Partial<typeof timing> | Record<string, null>) =>
    ({ timing: { ...timing, ...over } }) as Parameters<typeof phasesOf>[0];
  const told = (over: Parameters<typeof exchange>[0]) => phasesOf(exchange(over)).map(({ ms }) => ms);

  test("are all of it, one after the other", () => {
    expect(told({})).toEqual([5, 15, 20, 10]);
  });

  test("leave out what was not needed, and what never came", () => {
    expect(told({ resolve_ms: null, connect_ms: null })).toEqual([40, 10]);
    expect(told({ first_byte_ms: null })).toEqual([5, 15, 30]);
  });
});
