/** What every window may ask of the core, the studio's and an app's: the vault, a run's questions, the desktop. */
import type { Platform } from "./platform";

export type WindowPlatform = Pick<
  Platform,
  | "studioStatus"
  | "vaultRetry"
  | "vaultUnlock"
  | "vaultUseSessionOnly"
  | "runAnswer"
  | "runDecline"
  | "runCancel"
  | "runBrowserOpen"
  | "runBrowserCopy"
  | "runCallbackPaste"
  | "clipboardWrite"
  | "linkOpen"
>;
