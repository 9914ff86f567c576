/** Puts a theme on the page; `system` leaves the choice to the desktop. */
import { useLayoutEffect } from "react";
import type { Theme } from "@/platform/wire";

export function useTheme(theme: Theme): void {
  // Before the page is painted: what is there is never seen in the other one.
  useLayoutEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
