import { useQuery } from "@tanstack/react-query";
import { useEffect } from "react";
import { usePlatform } from "@/platform/PlatformContext";
import { KEYS } from "./queries";

/** Puts the chosen theme on the page; `system` leaves the choice to the desktop. */
export function ThemeSwitch() {
  const platform = usePlatform();
  const settings = useQuery({ queryKey: KEYS.settings, queryFn: () => platform.settingsGet() });
  const theme = settings.data?.theme ?? "system";
  useEffect(() => {
    if (theme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = theme;
  }, [theme]);
  return null;
}
