/** The platform of an app's window over the generated bindings. */
import type { AppPlatform } from "./appPlatform";
import { commands } from "./bindings";
import { channelTo, nothing } from "./tauriCalls";

export const tauriAppPlatform: AppPlatform = {
  studioStatus: commands.studioStatus,
  vaultRetry: commands.vaultRetry,
  vaultUnlock: commands.vaultUnlock,
  vaultUseSessionOnly: commands.vaultUseSessionOnly,
  runAnswer: (runId, step, values) => nothing(commands.runAnswer(runId, step, values)),
  runDecline: (runId, step) => nothing(commands.runDecline(runId, step)),
  runCancel: (runId) => nothing(commands.runCancel(runId)),
  runBrowserOpen: (runId, step) => nothing(commands.runBrowserOpen(runId, step)),
  runBrowserCopy: (runId, step) => nothing(commands.runBrowserCopy(runId, step)),
  runCallbackPaste: (runId, step, address) => nothing(commands.runCallbackPaste(runId, step, address)),
  clipboardWrite: (text) => nothing(commands.clipboardWrite(text)),
  linkOpen: (url) => nothing(commands.linkOpen(url)),

  appWatch: (onUpdate) => nothing(commands.appWatch(channelTo(onUpdate))),
  appEvent: (control, event) => nothing(commands.appEvent(control, event)),
  appGo: (screen) => nothing(commands.appGo(screen)),
  appContinue: () => nothing(commands.appContinue()),
  appSignIn: (connector, newAccount, onEvent) =>
    commands.appSignIn(connector, newAccount, channelTo(onEvent)),
  appSignInDecline: () => nothing(commands.appSignInDecline()),
  appAccountUse: (connector, account) => nothing(commands.appAccountUse(connector, account)),
  appSignOut: commands.appSignOut,
  appAuthenticationAnswer: (clearShared) => nothing(commands.appAuthenticationAnswer(clearShared)),
  appQuit: () => nothing(commands.appQuit()),
};
