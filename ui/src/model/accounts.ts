/** Accounts as people read them. Pure. */
import type { AccountView } from "@/platform/wire";

/** The account that is there from the start has a name of the core's. */
export function accountTitle(name: string): string {
  return name === "default" ? "Default" : name;
}

/** How an account stands now: a session runs out while one looks at it. */
export function accountState(account: AccountView, now: number): AccountView["state"] {
  const isOver = account.expires_at !== null && account.expires_at <= now;
  return account.state === "signed_in" && isOver ? "expired" : account.state;
}

/** Up to two letters that stand for somebody. */
export function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return words
    .slice(0, 2)
    .map((word) => [...word][0]?.toUpperCase() ?? "")
    .join("");
}

/** What signing out did, where the core does not say so. */
export function signedOutWords(revoked: boolean): string {
  return revoked
    ? "You are signed out, and the provider ended the session."
    : "You are signed out here. The provider was not told: the session may go on there.";
}
