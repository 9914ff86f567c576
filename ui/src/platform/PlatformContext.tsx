/** The core, for the parts of a window. What both kinds of window have in them asks for no more than both may. */
import { createContext, type ReactNode, use } from "react";
import type { AppPlatform } from "./appPlatform";
import type { Platform } from "./platform";
import type { WindowPlatform } from "./windowPlatform";

const WindowContext = createContext<WindowPlatform | null>(null);
const PlatformContext = createContext<Platform | null>(null);
const AppContext = createContext<AppPlatform | null>(null);

/** Around the studio's window. */
export function PlatformProvider({ platform, children }: { platform: Platform; children: ReactNode }) {
  return (
    <WindowContext value={platform}>
      <PlatformContext value={platform}>{children}</PlatformContext>
    </WindowContext>
  );
}

/** Around the window of a running app. */
export function AppPlatformProvider({ platform, children }: { platform: AppPlatform; children: ReactNode }) {
  return (
    <WindowContext value={platform}>
      <AppContext value={platform}>{children}</AppContext>
    </WindowContext>
  );
}

/** What the studio's window may ask. */
export function usePlatform(): Platform {
  const platform = use(PlatformContext);
  if (!platform) throw new Error("usePlatform needs a PlatformProvider above it");
  return platform;
}

/** What an app's window may ask. */
export function useAppPlatform(): AppPlatform {
  const platform = use(AppContext);
  if (!platform) throw new Error("useAppPlatform needs an AppPlatformProvider above it");
  return platform;
}

/** What any window may ask. */
export function useWindowPlatform(): WindowPlatform {
  const platform = use(WindowContext);
  if (!platform) throw new Error("useWindowPlatform needs a provider of a platform above it");
  return platform;
}
