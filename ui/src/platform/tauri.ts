/** The platform over the generated bindings. */
import { Channel, invoke } from "@tauri-apps/api/core";
import { commands, type RunStart as GeneratedRunStart, type RunUpdate } from "./bindings";
import type { Platform } from "./platform";
import type {
  AuthStatus,
  BundleOpened,
  Discovered,
  RedirectAddresses,
  RunEvent,
  RunSummary,
  SsoSignedOut,
  SsoSignIn,
  SsoStatus,
  StudioNotice,
  TokenView,
} from "./wire";

/** A command that gives nothing. */
const nothing = async (command: Promise<null>): Promise<void> => {
  await command;
};

/** A channel whose messages go to `listener`. */
function channelTo<Message>(listener: (message: Message) => void): Channel<Message> {
  const channel = new Channel<Message>();
  channel.onmessage = listener;
  return channel;
}

/** Commands that the generated bindings do not have yet, as they will have them. */
const ahead = {
  runBrowserOpen: (runId: string, step: string) => invoke<null>("run_browser_open", { runId, step }),
  runBrowserCopy: (runId: string, step: string) => invoke<null>("run_browser_copy", { runId, step }),
  runCallbackPaste: (runId: string, step: string, address: string) =>
    invoke<null>("run_callback_paste", { runId, step, address }),
  tokenInspect: (runId: string, pointer: string) => invoke<TokenView>("token_inspect", { runId, pointer }),
  oauthDiscover: (issuer: string) => invoke<Discovered>("oauth_discover", { issuer }),
  oauthRedirectAddresses: () => invoke<RedirectAddresses>("oauth_redirect_addresses"),
  ssoStatus: () => invoke<SsoStatus>("sso_status"),
  ssoSignIn: (request: SsoSignIn, channel: Channel<RunEvent>) =>
    invoke<string>("sso_sign_in", { request, channel }),
  ssoSignOut: () => invoke<SsoSignedOut>("sso_sign_out"),
  authClear: (connectorId: string, shared: boolean) => invoke<null>("auth_clear", { connectorId, shared }),
  authStatus: (connectorId: string) => invoke<AuthStatus>("auth_status", { connectorId }),
  bundleSeal: (connectorId: string, passphrase: string) =>
    invoke<string | null>("bundle_seal", { connectorId, passphrase }),
  bundleOpen: (passphrase: string) => invoke<BundleOpened | null>("bundle_open", { passphrase }),
  noticeWatch: (channel: Channel<StudioNotice>) => invoke<null>("notice_watch", { channel }),
};

export const tauriPlatform: Platform = {
  ...commands,
  ...ahead,
  settingsSet: (settings) => nothing(commands.settingsSet(settings)),
  connectorDelete: (id) => nothing(commands.connectorDelete(id)),
  draftDiscard: (id) => nothing(commands.draftDiscard(id)),
  secretSet: (id, name, value) => nothing(commands.secretSet(id, name, value)),
  secretClear: (id, name) => nothing(commands.secretClear(id, name)),
  runStart: (request, onEvent) =>
    commands.runStart(
      request as GeneratedRunStart,
      channelTo<RunEvent>(onEvent) as unknown as Channel<RunUpdate>,
    ),
  runList: (connectorId) => commands.runList(connectorId) as Promise<RunSummary[]>,
  runGet: (run) => commands.runGet(run) as Promise<RunEvent[]>,
  runAnswer: (runId, step, values) => nothing(commands.runAnswer(runId, step, values)),
  runDecline: (runId, step) => nothing(commands.runDecline(runId, step)),
  runCancel: (runId) => nothing(commands.runCancel(runId)),
  runBrowserOpen: (runId, step) => nothing(ahead.runBrowserOpen(runId, step)),
  runBrowserCopy: (runId, step) => nothing(ahead.runBrowserCopy(runId, step)),
  runCallbackPaste: (runId, step, address) => nothing(ahead.runCallbackPaste(runId, step, address)),
  ssoSignIn: (request, onEvent) => ahead.ssoSignIn(request, channelTo(onEvent)),
  authClear: (connectorId, shared) => nothing(ahead.authClear(connectorId, shared)),
  noticeWatch: (onNotice) => nothing(ahead.noticeWatch(channelTo(onNotice))),
  clipboardWrite: (text) => nothing(commands.clipboardWrite(text)),
  linkOpen: (url) => nothing(commands.linkOpen(url)),
};
