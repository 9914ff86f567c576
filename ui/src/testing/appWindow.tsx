/** The window of a running app over the in-memory core, as its end user meets it. */
import { render } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { AppWindow } from "@/appWindow/AppWindow";
import { createFakeApp, type FakeApp, type FakeAppOptions } from "@/platform/fake/app";
import type { ControlView, ScreenView } from "@/platform/wire";

export function openApp({
  prepare,
  ...options
}: FakeAppOptions & { prepare?: (fake: FakeApp) => void } = {}) {
  const user = userEvent.setup();
  const fake = createFakeApp({ speed: 0, ...options });
  prepare?.(fake);
  const view = render(<AppWindow platform={fake} />);
  return { user, fake, ...view };
}

export function screenOf(controls: ControlView[], more: Partial<ScreenView> = {}): ScreenView {
  return { screen: "one", name: "One", start: 1, controls, ...more };
}

/** The window with one screen of these controls. */
export function openScreen(...controls: ControlView[]) {
  return openApp({ screens: [screenOf(controls)], startsWith: "screen" });
}
