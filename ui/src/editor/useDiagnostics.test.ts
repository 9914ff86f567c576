import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { newAuth } from "@/model/document";
import type { Diagnostic } from "@/platform/wire";
import { CHECK_DELAY_MS, useDiagnostics } from "./useDiagnostics";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const finding = (path: string): Diagnostic => ({
  code: "auth.incomplete",
  severity: "warning",
  path,
  message: "this is empty",
  help: "Fill it in.",
});

async function checked(paths: readonly string[], first: object) {
  const check = async () => paths.map(finding);
  const view = renderHook(({ document }) => useDiagnostics<object>(document, check), {
    initialProps: { document: first },
  });
  await act(() => vi.advanceTimersByTimeAsync(CHECK_DELAY_MS));
  expect(view.result.current).toHaveLength(paths.length);
  return { ...view, shown: () => view.result.current.map((one) => one.path) };
}

test("what was said of an auth method is not said of the next one, not even for a moment", async () => {
  const paths = ["auth.value", "variables[0].value"];
  const { rerender, shown } = await checked(paths, { auth: newAuth("api_key"), variables: [{ name: "a" }] });
  rerender({ document: { auth: newAuth("bearer"), variables: [{ name: "a" }] } });
  expect(shown()).toEqual(["variables[0].value"]);
});

test("what was said of a step's body goes with the body's type, and of a step with the step", async () => {
  const step = (type: string, body: string) => ({ type, request: { body: { type: body, text: "{" } } });
  const paths = ["auth.steps[0].request.body.text", "auth.steps[1].request.url"];
  const { rerender, shown } = await checked(paths, {
    auth: { method: "multistep", steps: [step("api_request", "json"), step("api_request", "none")] },
  });
  rerender({ document: { auth: { method: "multistep", steps: [step("api_request", "text")] } } });
  expect(shown()).toEqual([]);
});

test("while one types in the same place it stays, until it is checked again", async () => {
  const { rerender, shown } = await checked(["auth.value"], { auth: newAuth("api_key") });
  rerender({ document: { auth: { ...newAuth("api_key"), value: "k" } } });
  expect(shown()).toEqual(["auth.value"]);
});
