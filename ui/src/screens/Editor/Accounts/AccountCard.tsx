import { Ellipsis } from "lucide-react";
import { useState } from "react";
import { Button, IconButton } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Expiry, useNow } from "@/components/Countdown/Countdown";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { accountState, accountTitle, initials, isOver } from "@/model/accounts";
import { momentText } from "@/model/format";
import type { AccountState, AccountView } from "@/platform/wire";
import { AccountNameDialog } from "./AccountNameDialog";
import styles from "./Accounts.module.css";
import { useAccountActions } from "./useAccountActions";

const STATES: Record<AccountState, { dot: DotState; word: string }> = {
  signed_in: { dot: "ok", word: "Signed in" },
  expired: { dot: "changed", word: "Expired" },
  needs_you: { dot: "failed", word: "Needs you" },
  signed_out: { dot: "idle", word: "Not signed in" },
};

type Asked = "rename" | "clear" | "remove";

interface Props {
  account: AccountView;
  /** The only one there is, which cannot be removed. */
  isOnly: boolean;
}

export function AccountCard({ account, isOnly }: Props) {
  const { run } = useEditor();
  const actions = useAccountActions();
  const [asked, setAsked] = useState<Asked | null>(null);
  const now = useNow();
  const { name, active } = account;
  const title = accountTitle(name);
  const state = accountState(account, now);
  const { dot, word } = STATES[state];
  const hasSession = state !== "signed_out";
  const needs = state === "needs_you";
  const close = () => setAsked(null);
  const entry = needs || state === "expired" ? "Reconnect" : "Sign in";
  return (
    <article className={styles.card} data-active={active || undefined} aria-label={`${title}: ${word}`}>
      <span className={styles.badge} aria-hidden>
        {initials(account.label ?? title)}
      </span>
      <div className={styles.words}>
        <div className={styles.line}>
          <h2 className={styles.name}>{title}</h2>
          {active ? <Tag tone="info">in use</Tag> : null}
        </div>
        <p className={styles.state}>
          <StatusDot state={dot} word={word} />
          <span>
            {account.label && hasSession && !needs ? (
              <>
                Signed in as <b className={styles.label}>{account.label}</b>
              </>
            ) : state === "expired" && account.expires_at !== null ? (
              "Signed in"
            ) : (
              word
            )}
            {account.expires_at !== null && hasSession && !needs ? (
              <>
                ,{" "}
                {state === "signed_in" && isOver(account, now) ? (
                  "renewed at the next use"
                ) : (
                  <Expiry expiresAt={account.expires_at} />
                )}
              </>
            ) : null}
            {needs && account.label ? `: ${account.label}` : ""}
          </span>
        </p>
        {account.held ? (
          <p className={styles.muted}>
            Kept in memory only: the disk did not take it. Latchwork tries again by itself.
          </p>
        ) : null}
      </div>
      <div className={styles.actions}>
        {active ? null : (
          <Button small onPress={() => void actions.activate(name)}>
            Use this account
          </Button>
        )}
        {state === "signed_in" ? (
          <Button small onPress={() => void actions.signOut(name)}>
            Sign out
          </Button>
        ) : (
          <Button
            small
            kind={needs || active ? "primary" : "plain"}
            isDisabled={run.isRunning}
            onPress={() => actions.signIn(name)}
          >
            {entry}
          </Button>
        )}
        <MenuButton
          label={`Actions for ${title}`}
          entries={[
            {
              id: "sign_in",
              label: "Sign in again",
              disabled: run.isRunning,
              onAction: () => actions.signIn(name),
            },
            {
              id: "sign_out",
              label: "Sign out",
              disabled: !hasSession,
              onAction: () => void actions.signOut(name),
            },
            {
              id: "clear",
              label: "Clear cached auth…",
              disabled: !hasSession,
              onAction: () => setAsked("clear"),
            },
            { id: "rename", label: "Rename…", onAction: () => setAsked("rename") },
            {
              id: "remove",
              label: "Remove…",
              danger: true,
              disabled: isOnly,
              onAction: () => setAsked("remove"),
            },
          ]}
        >
          <IconButton label={`More for ${title}`} hint="More" icon={<Ellipsis size={15} />} />
        </MenuButton>
      </div>
      {needs ? (
        <div className={styles.note}>
          <Note
            tone="warn"
            code={account.needs_you?.code ?? null}
            help={account.needs_you ? `Since ${momentText(account.needs_you.at)}.` : null}
          >
            <Spoken text={account.needs_you?.message ?? "The session has ended. Sign in again."} />
          </Note>
        </div>
      ) : null}
      {asked === "rename" ? (
        <AccountNameDialog
          title={`Rename “${title}”`}
          first={title}
          confirmLabel="Rename"
          onConfirm={(next) => actions.rename(name, next)}
          onClose={close}
        />
      ) : null}
      <ConfirmDialog
        title={`Clear the cached auth of “${title}”?`}
        isOpen={asked === "clear"}
        onClose={close}
        onConfirm={() => void actions.clear(name)}
        confirmLabel="Clear cached auth"
      >
        Latchwork forgets this account's sign-in on this computer, and the account stays. The provider is not
        told. The next use signs in again, or with other credentials.
      </ConfirmDialog>
      <ConfirmDialog
        title={`Remove “${title}”?`}
        isOpen={asked === "remove"}
        onClose={close}
        onConfirm={() => void actions.remove(name)}
        confirmLabel="Remove"
        cancelLabel="Keep it"
        danger
      >
        The account and its sign-in are forgotten on this computer. The provider is not told: sign out first
        to end the session there.
      </ConfirmDialog>
    </article>
  );
}
