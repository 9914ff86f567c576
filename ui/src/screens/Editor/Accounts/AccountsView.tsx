import { Plus, UserRound } from "lucide-react";
import { useState } from "react";
import { useAccounts } from "@/app/queries";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { useEditor } from "@/editor/EditorContext";
import { Place } from "@/editor/PlaceForm/Place";
import { toAppError } from "@/platform/errors";
import { AccountCard } from "./AccountCard";
import { AccountNameDialog } from "./AccountNameDialog";
import styles from "./Accounts.module.css";
import { SessionActivity } from "./SessionActivity";
import { useAccountActions } from "./useAccountActions";

/** Who is signed in to the connector, as whom, and what was renewed of it. */
export function AccountsView() {
  const { connectorId, run } = useEditor();
  const accounts = useAccounts(connectorId);
  const actions = useAccountActions();
  const [isAdding, setIsAdding] = useState(false);
  const list = accounts.data ?? [];
  const [first] = list;
  const isEmpty = list.length === 1 && first?.state === "signed_out" && first.name === "default";
  const error = accounts.error ? toAppError(accounts.error) : null;
  return (
    <Place
      title="Accounts"
      about="Each is one set of credentials. Test requests and endpoints use the one that is in use."
      actions={
        <Button onPress={() => setIsAdding(true)}>
          <Plus size={14} aria-hidden />
          Add account
        </Button>
      }
    >
      {error ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          The accounts could not be read. <Spoken text={error.message} />
        </Note>
      ) : null}
      {isEmpty && first ? (
        <div className={styles.empty}>
          <EmptyState
            icon={<UserRound size={26} strokeWidth={1.5} />}
            title="Nobody is signed in"
            actions={
              <Button kind="primary" isDisabled={run.isRunning} onPress={() => actions.signIn(first.name)}>
                Sign in
              </Button>
            }
          >
            What signing in leaves is kept, encrypted on this computer, until you clear it.
          </EmptyState>
        </div>
      ) : (
        <ul className={styles.accounts}>
          {list.map((account) => (
            <li key={account.name}>
              <AccountCard account={account} isOnly={list.length === 1} />
            </li>
          ))}
        </ul>
      )}
      <SessionActivity />
      {isAdding ? (
        <AccountNameDialog
          title="Add account"
          first=""
          confirmLabel="Add"
          onConfirm={actions.add}
          onClose={() => setIsAdding(false)}
        />
      ) : null}
    </Place>
  );
}
