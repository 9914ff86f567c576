import { act, renderHook } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import { createFakePlatform } from "@/platform/fake";
import { PlatformProvider } from "@/platform/PlatformContext";
import { useRun } from "./useRun";

test("T2: a run that is cancelled before the core has named it is cancelled as soon as it has a name", async () => {
  const platform = createFakePlatform({ speed: 0 });
  let answer: (run: string) => void = () => {};
  platform.runStart = () => new Promise((resolve) => (answer = resolve));
  const cancelled = vi.fn((_run: string) => Promise.resolve());
  platform.runCancel = cancelled;
  const { result } = renderHook(() => useRun("connector", () => {}), {
    wrapper: ({ children }) => <PlatformProvider platform={platform}>{children}</PlatformProvider>,
  });
  act(() => result.current.start("{}", { type: "auth_steps" }));
  act(() => result.current.cancel());
  expect(cancelled).not.toHaveBeenCalled();
  await act(async () => answer("run-1"));
  expect(cancelled.mock.calls).toEqual([["run-1"]]);

  // The next run is wanted.
  act(() => result.current.start("{}", { type: "auth_steps" }));
  await act(async () => answer("run-2"));
  expect(cancelled).toHaveBeenCalledTimes(1);
});
