/**
 * What the window of a running app asks of the core, and nothing else: the core refuses every other command there.
 * Which app it is, the window says; no page names it.
 */
import type { WindowPlatform } from "./windowPlatform";
import type { AccountSignedOut, AppUpdate, ControlEvent, RunEvent } from "./wire";

export interface AppPlatform extends WindowPlatform {
  /** Starts the app of this window; what it shows comes to the listener. */
  appWatch(onUpdate: (update: AppUpdate) => void): Promise<void>;
  /** Answered once the core has taken it in: an event that is sent afterwards comes after it. */
  appEvent(control: string, event: ControlEvent): Promise<void>;
  appGo(screen: string): Promise<void>;
  appContinue(): Promise<void>;
  appSignIn(connector: string, newAccount: boolean, onEvent: (event: RunEvent) => void): Promise<string>;
  appSignInDecline(): Promise<void>;
  appAccountUse(connector: string, account: string): Promise<void>;
  appSignOut(connector: string): Promise<AccountSignedOut>;
  /** Whether the shared sign-ins go too; null where the admin changed their mind. */
  appAuthenticationAnswer(clearShared: boolean | null): Promise<void>;
  appQuit(): Promise<void>;
}
