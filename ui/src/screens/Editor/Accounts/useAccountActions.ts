/** What can be done with the accounts of the open connector. A failure is told; a name that is refused, to its asker. */
import { useQueryClient } from "@tanstack/react-query";
import { KEYS, sessionKeys, useStale } from "@/app/queries";
import { useNotices } from "@/components/Notices/Notices";
import { useEditor } from "@/editor/EditorContext";
import { accountTitle, signedOutWords } from "@/model/accounts";
import { usePlatform } from "@/platform/PlatformContext";
import type { AccountView } from "@/platform/wire";

export interface AccountActions {
  signIn: (name: string) => void;
  /** Rejected where the name is not taken. */
  add: (name: string) => Promise<void>;
  rename: (name: string, newName: string) => Promise<void>;
  activate: (name: string) => Promise<void>;
  remove: (name: string) => Promise<void>;
  signOut: (name: string) => Promise<void>;
  clear: (name: string) => Promise<void>;
}

export function useAccountActions(): AccountActions {
  const platform = usePlatform();
  const notices = useNotices();
  const stale = useStale();
  const client = useQueryClient();
  const { connectorId, startRun } = useEditor();

  const take = (accounts: AccountView[]) => {
    client.setQueryData(KEYS.accounts(connectorId), accounts);
    stale(...sessionKeys(connectorId));
  };
  const orTell = async (what: string, doing: Promise<void>): Promise<void> => {
    try {
      await doing;
    } catch (cause) {
      notices.fail(what, cause);
    }
  };

  return {
    signIn: (name) => startRun({ type: "sign_in", account: name }),
    add: async (name) => take(await platform.accountAdd(connectorId, name)),
    rename: async (name, newName) => take(await platform.accountRename(connectorId, name, newName)),
    activate: (name) =>
      orTell("The account was not chosen", platform.accountActivate(connectorId, name).then(take)),
    remove: (name) =>
      orTell(
        "The account was not removed",
        platform.accountRemove(connectorId, name).then((accounts) => {
          take(accounts);
          notices.tell(`“${accountTitle(name)}” was removed.`);
        }),
      ),
    signOut: (name) =>
      orTell(
        "You were not signed out",
        platform.accountSignOut(connectorId, name).then((done) => {
          stale(...sessionKeys(connectorId));
          notices.tell(done.message || signedOutWords(done.revoked));
        }),
      ),
    clear: (name) =>
      orTell(
        "The cached auth was not cleared",
        platform.accountClear(connectorId, name).then(() => {
          stale(...sessionKeys(connectorId));
          notices.tell("The cached auth was cleared. The next use signs in again.");
        }),
      ),
  };
}
