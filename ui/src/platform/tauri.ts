/** The platform over the generated bindings. */
import { commands } from "./bindings";
import type { Platform } from "./platform";
import { channelTo, nothing } from "./tauriCalls";

export const tauriPlatform: Platform = {
  ...commands,
  settingsSet: (settings) => nothing(commands.settingsSet(settings)),
  connectorDelete: (id) => nothing(commands.connectorDelete(id)),
  draftDiscard: (id) => nothing(commands.draftDiscard(id)),
  importDiscard: (id) => nothing(commands.importDiscard(id)),
  appDelete: (id) => nothing(commands.appDelete(id)),
  appDraftDiscard: (id) => nothing(commands.appDraftDiscard(id)),
  appPreview: (id, document) => nothing(commands.appPreview(id, document)),
  graphqlSchemaForget: (connectorId, document, place) =>
    nothing(commands.graphqlSchemaForget(connectorId, document, place)),
  secretSet: (id, name, value) => nothing(commands.secretSet(id, name, value)),
  secretClear: (id, name) => nothing(commands.secretClear(id, name)),
  accountClear: (connectorId, name) => nothing(commands.accountClear(connectorId, name)),
  runStart: (request, onEvent) => commands.runStart(request, channelTo(onEvent)),
  runAnswer: (runId, step, values) => nothing(commands.runAnswer(runId, step, values)),
  runDecline: (runId, step) => nothing(commands.runDecline(runId, step)),
  runCancel: (runId) => nothing(commands.runCancel(runId)),
  runBrowserOpen: (runId, step) => nothing(commands.runBrowserOpen(runId, step)),
  runBrowserCopy: (runId, step) => nothing(commands.runBrowserCopy(runId, step)),
  runCallbackPaste: (runId, step, address) => nothing(commands.runCallbackPaste(runId, step, address)),
  ssoSignIn: (request, onEvent) => commands.ssoSignIn(request, channelTo(onEvent)),
  authClear: (connectorId, shared) => nothing(commands.authClear(connectorId, shared)),
  noticeWatch: (onNotice) => nothing(commands.noticeWatch(channelTo(onNotice))),
  clipboardWrite: (text) => nothing(commands.clipboardWrite(text)),
  linkOpen: (url) => nothing(commands.linkOpen(url)),
};
