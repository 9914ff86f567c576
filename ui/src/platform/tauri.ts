/** The platform over Tauri commands. Argument names are Rust's in camelCase, as Tauri expects them. */
import { Channel, invoke } from "@tauri-apps/api/core";
import type { Platform } from "./platform";
import type { RunEvent } from "./wire";

export const tauriPlatform: Platform = {
  studioStatus: () => invoke("studio_status"),
  vaultRetry: () => invoke("vault_retry"),
  vaultUnlock: (passphrase) => invoke("vault_unlock", { passphrase }),
  vaultUseSessionOnly: () => invoke("vault_use_session_only"),
  settingsGet: () => invoke("settings_get"),
  settingsSet: (settings) => invoke("settings_set", { settings }),

  connectorList: (query) => invoke("connector_list", { query }),
  connectorCreate: (name, kind, baseUrl) => invoke("connector_create", { name, kind, baseUrl }),
  connectorOpen: (id) => invoke("connector_open", { id }),
  connectorDuplicate: (id) => invoke("connector_duplicate", { id }),
  connectorDelete: (id) => invoke("connector_delete", { id }),
  draftSave: (id, document) => invoke("draft_save", { id, document }),
  draftDiscard: (id) => invoke("draft_discard", { id }),
  connectorSave: (id, document, revision) => invoke("connector_save", { id, document, revision }),
  connectorCheck: (document) => invoke("connector_check", { document }),
  connectorImportText: (text) => invoke("connector_import_text", { text }),
  connectorImportFile: () => invoke("connector_import_file"),
  connectorExport: (id) => invoke("connector_export", { id }),

  templateNames: (document, path) => invoke("template_names", { document, path }),
  stepRename: (document, from, to) => invoke("step_rename", { document, from, to }),
  stepReferences: (document, step) => invoke("step_references", { document, step }),
  stepParse: (document, text, place) => invoke("step_parse", { document, text, place }),

  secretList: (id) => invoke("secret_list", { id }),
  secretSet: (id, name, value) => invoke("secret_set", { id, name, value }),
  secretClear: (id, name) => invoke("secret_clear", { id, name }),

  runStart: (request, onEvent) => {
    const channel = new Channel<RunEvent>();
    channel.onmessage = onEvent;
    return invoke("run_start", { request, channel });
  },
  runAnswer: (runId, step, values) => invoke("run_answer", { runId, step, values }),
  runDecline: (runId, step) => invoke("run_decline", { runId, step }),
  runCancel: (runId) => invoke("run_cancel", { runId }),
  runReveal: (runId, pointer) => invoke("run_reveal", { runId, pointer }),
  runList: (connectorId) => invoke("run_list", { connectorId }),
  runGet: (run) => invoke("run_get", { run }),

  authClear: (connectorId) => invoke("auth_clear", { connectorId }),
  authStatus: (connectorId) => invoke("auth_status", { connectorId }),

  sandboxStart: () => invoke("sandbox_start"),
  sandboxStop: () => invoke("sandbox_stop"),
  samplesAdd: () => invoke("samples_add"),

  clipboardRead: () => invoke("clipboard_read"),
  clipboardWrite: (text) => invoke("clipboard_write", { text }),
  linkOpen: (url) => invoke("link_open", { url }),
};
