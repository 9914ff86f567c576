import { ChevronDown, LogOut } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton, type MenuEntry } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { accountTitle } from "@/model/accounts";
import { useAppPlatform } from "@/platform/PlatformContext";
import type { AccountState, AppConnectorView } from "@/platform/wire";
import { canSignIn, readyAccount } from "../words";
import styles from "./ConnectorCard.module.css";
import type { SignInPhase } from "./signInPhase";

interface Props {
  connector: AppConnectorView;
  phase: SignInPhase;
  /** Its sign-in is about to begin by itself. */
  isStarting: boolean;
  onStart: (newAccount: boolean) => void;
  onCancel: () => void;
}

const ACCOUNT_WORDS: Record<AccountState, string> = {
  signed_in: "Signed in",
  signed_out: "Signed out",
  expired: "Its session ran out",
  needs_you: "Has to sign in again",
};

/** What can be done with a connector now, at the end of its card. */
export function CardActions({ connector, phase, isStarting, onStart, onCancel }: Props) {
  if (connector.state === "shared") return <Tag>Nothing to do</Tag>;
  if (connector.state === "needs_admin") return <Tag tone="warn">Waits for your admin</Tag>;
  const isFirst = canSignIn(connector);
  switch (phase.is) {
    case "failed":
    case "wait":
    case "done":
      return null;
    case "working":
    case "form":
      // Where nobody is signed in, the form is simply there.
      return isFirst && phase.is === "form" ? (
        <OtherAccounts connector={connector} onStart={onStart} onlyThere />
      ) : (
        <Button kind="quiet" onPress={onCancel}>
          Cancel
        </Button>
      );
    case "idle":
      if (!isFirst) {
        return (
          <>
            <OtherAccounts connector={connector} onStart={onStart} />
            <SignOut connector={connector} />
          </>
        );
      }
      return (
        <>
          {readyAccount(connector) ? (
            <UseReady connector={connector} />
          ) : (
            <OtherAccounts connector={connector} onStart={onStart} onlyThere />
          )}
          {isStarting ? null : (
            <Button
              onPress={() => onStart(false)}
              aria-label={`${signInLabel(connector)}: ${connector.name}`}
            >
              {signInLabel(connector)}
            </Button>
          )}
        </>
      );
  }
}

function signInLabel(connector: AppConnectorView): string {
  return connector.state === "signed_out" ? "Sign in" : "Sign in again";
}

/** Lets the app use somebody's sign-in that is on this computer already. */
function UseReady({ connector }: { connector: AppConnectorView }) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const ready = readyAccount(connector);
  if (!ready) return null;
  const who = ready.label ?? accountTitle(ready.name);
  return (
    <Button
      kind="primary"
      aria-label={`Continue as ${who}: ${connector.name}`}
      onPress={() =>
        void platform
          .appAccountUse(connector.id, ready.name)
          .catch((cause) => notices.fail("The account was not changed", cause))
      }
    >
      <span className={styles.who}>Continue as {who}</span>
    </Button>
  );
}

/** The accounts that there are, and a way to one more. `onlyThere`: nothing where there is no other. */
function OtherAccounts({
  connector,
  onStart,
  onlyThere = false,
}: {
  connector: AppConnectorView;
  onStart: (newAccount: boolean) => void;
  onlyThere?: boolean;
}) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const others = connector.accounts.filter((account) => !account.in_use);
  if (onlyThere && others.length === 0) return null;
  const entries: MenuEntry[] = others.map((account) => ({
    id: `account-${account.name}`,
    label: account.label ?? accountTitle(account.name),
    description: account.label
      ? `${accountTitle(account.name)} · ${ACCOUNT_WORDS[account.state]}`
      : ACCOUNT_WORDS[account.state],
    onAction: () =>
      void platform
        .appAccountUse(connector.id, account.name)
        .catch((cause) => notices.fail("The account was not changed", cause)),
  }));
  entries.push({ id: "new", label: "Sign in with another account…", onAction: () => onStart(true) });
  return (
    <MenuButton label={`Accounts of ${connector.name}`} entries={entries}>
      <Button kind="quiet" aria-label={`Use another account: ${connector.name}`}>
        Use another account
        <ChevronDown size={13} aria-hidden />
      </Button>
    </MenuButton>
  );
}

function SignOut({ connector }: { connector: AppConnectorView }) {
  const platform = useAppPlatform();
  const notices = useNotices();
  const signOut = async () => {
    try {
      const { revoked, message } = await platform.appSignOut(connector.id);
      notices.say({ tone: revoked ? "ok" : "info", message, code: null, help: null, stays: !revoked });
    } catch (cause) {
      notices.fail(`You were not signed out of ${connector.name}`, cause);
    }
  };
  return (
    <span data-icon>
      <IconButton
        label={`Sign out of ${connector.name}`}
        icon={<LogOut size={15} aria-hidden />}
        onPress={() => void signOut()}
      />
    </span>
  );
}
