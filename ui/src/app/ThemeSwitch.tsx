import { useQuery } from "@tanstack/react-query";
import { usePlatform } from "@/platform/PlatformContext";
import { KEYS } from "./queries";
import { useTheme } from "./theme";

/** The theme of the settings, on the page. */
export function ThemeSwitch() {
  const platform = usePlatform();
  const settings = useQuery({ queryKey: KEYS.settings, queryFn: () => platform.settingsGet() });
  useTheme(settings.data?.theme ?? "system");
  return null;
}
