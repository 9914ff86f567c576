/** The platform over the generated bindings. */
import { Channel } from "@tauri-apps/api/core";
import { commands } from "./bindings";
import type { Platform } from "./platform";
import type { RunEvent } from "./wire";

/** A command that gives nothing. */
const nothing = async (command: Promise<null>): Promise<void> => {
  await command;
};

export const tauriPlatform: Platform = {
  ...commands,
  settingsSet: (settings) => nothing(commands.settingsSet(settings)),
  connectorDelete: (id) => nothing(commands.connectorDelete(id)),
  draftDiscard: (id) => nothing(commands.draftDiscard(id)),
  secretSet: (id, name, value) => nothing(commands.secretSet(id, name, value)),
  secretClear: (id, name) => nothing(commands.secretClear(id, name)),
  runStart: (request, onEvent) => {
    const channel = new Channel<RunEvent>();
    channel.onmessage = onEvent;
    return commands.runStart(request, channel);
  },
  runAnswer: (runId, step, values) => nothing(commands.runAnswer(runId, step, values)),
  runDecline: (runId, step) => nothing(commands.runDecline(runId, step)),
  runCancel: (runId) => nothing(commands.runCancel(runId)),
  authClear: (connectorId) => nothing(commands.authClear(connectorId)),
  clipboardWrite: (text) => nothing(commands.clipboardWrite(text)),
  linkOpen: (url) => nothing(commands.linkOpen(url)),
};
