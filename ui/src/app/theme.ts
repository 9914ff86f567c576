/** Puts a theme on the page; `system` leaves the choice to the desktop. */
import { useEffect } from "react";
import type { Theme } from "@/platform/wire";

export function useTheme(theme: Theme): void {
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
}
