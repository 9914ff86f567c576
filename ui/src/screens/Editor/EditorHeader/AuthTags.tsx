import { useAccounts, useAuthStatus } from "@/app/queries";
import { useNow } from "@/components/Countdown/Countdown";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { accountState, accountTitle, isOver } from "@/model/accounts";
import { wantsShared } from "@/model/oauth";
import type { AccountView } from "@/platform/wire";
import styles from "./EditorHeader.module.css";

/** Who is signed in: the account in use, which leads to all of them, and everyone by the shared sign-in. */
export function AuthTags() {
  const { connectorId, document } = useEditor();
  const shared = useAuthStatus(connectorId).data?.shared;
  const accounts = useAccounts(connectorId).data ?? [];
  const active = accounts.find((one) => one.active);
  const isAsked = active && (active.state !== "signed_out" || accounts.length > 1);
  return (
    <>
      {isAsked ? <ActiveAccount account={active} isOnly={accounts.length === 1} /> : null}
      {shared && (shared.signed_in || wantsShared(document)) ? (
        <span className={styles.shared}>
          {shared.signed_in ? (
            <SharedSignIn expiresAt={shared.expires_at ?? null} />
          ) : (
            <Tag title="Nobody has signed in for everyone yet">Shared: not signed in</Tag>
          )}
        </span>
      ) : null}
    </>
  );
}

function timeLeft(expiresAt: number, now: number): string {
  const minutes = Math.max(0, Math.floor((expiresAt - now) / 60));
  return minutes >= 120 ? `${Math.floor(minutes / 60)} h left` : `${minutes} min left`;
}

function ActiveAccount({ account, isOnly }: { account: AccountView; isOnly: boolean }) {
  const { open } = useEditor();
  const now = useNow();
  const state = accountState(account, now);
  const who = [isOnly && account.name === "default" ? null : accountTitle(account.name), account.label];
  const how =
    state === "needs_you"
      ? "needs you"
      : state === "expired"
        ? "expired"
        : state === "signed_out"
          ? "not signed in"
          : account.expires_at === null || isOver(account, now)
            ? null
            : timeLeft(account.expires_at, now);
  const named =
    who.filter(Boolean).join(" · ") || (state === "signed_in" ? "Signed in" : accountTitle(account.name));
  const words = [named, how].filter(Boolean).join(" · ");
  return (
    <button
      type="button"
      className={styles.account}
      data-state={state}
      title={words}
      aria-label={`Accounts: ${words}`}
      onClick={() => open({ type: "accounts" })}
    >
      <span className={styles.accountName}>{named}</span>
      {how ? <span className={styles.accountState}>{how}</span> : null}
    </button>
  );
}

function SharedSignIn({ expiresAt }: { expiresAt: number | null }) {
  const now = useNow();
  if (expiresAt === null) return <Tag tone="ok">Shared</Tag>;
  if (expiresAt < now) return <Tag tone="warn">Shared: expired</Tag>;
  return <Tag tone="ok">Shared · {timeLeft(expiresAt, now)}</Tag>;
}
