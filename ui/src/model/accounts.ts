/** Accounts as people read them. Pure. */
import type { AccountView } from "@/platform/wire";

/** The account that is there from the start has a name of the core's. */
export function accountTitle(name: string): string {
  return name === "default" ? "Default" : name;
}

/** Whether an account's session has run out by now: while one looks at it, too. */
export function isOver(account: AccountView, now: number): boolean {
  return account.expires_at !== null && account.expires_at <= now;
}

/** How an account stands now. One that renews itself is signed in even where its session has run out. */
export function accountState(account: AccountView, now: number): AccountView["state"] {
  const { state, renews } = account;
  return state === "signed_in" && isOver(account, now) && !renews ? "expired" : state;
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
