/** The vault, the settings and the practice provider of the in-memory core. */

import type { Platform } from "../platform";
import type { SandboxStatus, Settings, VaultStatus } from "../wire";
import { failure } from "./evaluate";
import { PRACTICE_URL } from "./samples";

type Commands = Pick<
  Platform,
  | "studioStatus"
  | "vaultRetry"
  | "vaultUnlock"
  | "vaultUseSessionOnly"
  | "settingsGet"
  | "settingsSet"
  | "sandboxStart"
  | "sandboxStop"
>;

const READY: VaultStatus = {
  state: "ready",
  kept_by: "keyring",
  message: "Secrets are kept by the keyring.",
  hint: null,
};
export function fakeStudio(first: VaultStatus | undefined, isEmpty: () => boolean): Commands {
  let settings: Settings = { theme: "system" };
  let vault = first ?? READY;
  let sandbox: SandboxStatus = { running: false, base_url: null };
  return {
    studioStatus: async () => ({
      version: "0.1.0",
      data_dir: "~/.local/share/latchwork",
      vault,
      sandbox,
      first_run: isEmpty(),
      recovery: null,
    }),
    vaultRetry: async () => vault,
    vaultUnlock: async (passphrase) => {
      if (passphrase.length < 8) {
        throw failure("vault.key_wrong", "This passphrase does not open the vault.", { field: "passphrase" });
      }
      vault = {
        state: "ready",
        kept_by: "passphrase",
        message: "Unlocked with your passphrase.",
        hint: null,
      };
      return vault;
    },
    vaultUseSessionOnly: async () => {
      vault = {
        state: "session_only",
        kept_by: "session",
        message: "Secrets last until you close.",
        hint: null,
      };
      return vault;
    },
    settingsGet: async () => settings,
    settingsSet: async (next) => {
      settings = next;
    },
    sandboxStart: async () => {
      sandbox = { running: true, base_url: PRACTICE_URL };
      return sandbox;
    },
    sandboxStop: async () => {
      sandbox = { running: false, base_url: null };
      return sandbox;
    },
  };
}
