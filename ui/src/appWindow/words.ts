/** What the end user reads around the controls. Pure. */
import { accountTitle } from "@/model/accounts";
import { sentence, spoken } from "@/model/sentence";
import type { AppAccountView, AppConnectorView, AppError, ManagedAuthView } from "@/platform/wire";

/** Two letters for an app: of its first two words, or the first two of its only one. */
export function appInitials(name: string): string {
  const words = name.split(/[\s_\-./]+/).filter(Boolean);
  const first = [...(words[0] ?? "")];
  const second = [...(words[1] ?? "")];
  if (second.length === 0) return tileLetters(name);
  return `${first[0] ?? ""}${second[0] ?? ""}`.toUpperCase();
}

/** The first two letters of a service, as its tile has them. */
export function tileLetters(name: string): string {
  const letters = [...name.trim()].filter((letter) => /[\p{L}\p{N}\p{Emoji_Presentation}]/u.test(letter));
  return `${letters[0]?.toUpperCase() ?? "?"}${letters[1]?.toLowerCase() ?? ""}`;
}

const NUMBERS = "No One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve".split(" ");

/** What is under the managed auth screen's title. */
export function howManyWords(count: number): string {
  if (count === 0) return "This app has nothing to sign in to.";
  if (count === 1) return "One service, once. You will be asked again only when it ends your session.";
  const number = NUMBERS[count] ?? String(count);
  return `${number} services, each once. You will be asked again only when a service ends your session.`;
}

/** Whether nothing is to be done for it. */
export function isIn(connector: AppConnectorView): boolean {
  return connector.state === "signed_in" || connector.state === "shared";
}

/** Whether a sign-in of the person's helps. */
export function canSignIn(connector: AppConnectorView): boolean {
  return connector.state === "signed_out" || connector.state === "expired" || connector.state === "needs_you";
}

/** Somebody who is signed in on this computer, but whom this app does not use before the person says so. */
export function readyAccount(connector: AppConnectorView): AppAccountView | null {
  if (connector.state !== "signed_out" || connector.accounts.some((account) => account.in_use)) return null;
  return connector.accounts.find((account) => account.state === "signed_in") ?? null;
}

function listed(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? "";
  if (names.length === 2) return `${names[0]} and ${names[1]}`;
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}

/** Why Continue does not continue yet; nothing where it does. */
export function missingWords(view: ManagedAuthView): string | null {
  if (view.can_continue) return null;
  const missing = view.connectors.filter((one) => one.required && !isIn(one));
  const own = missing.filter((one) => one.state !== "needs_admin").map((one) => one.name);
  if (own.length > 0) return `Sign in to ${listed(own)} to continue.`;
  if (missing.length > 0) {
    const names = listed(missing.map((one) => one.name));
    return `Your admin has to set up ${names} first.`;
  }
  return "Something is still missing.";
}

/** The state line of a connector that nobody is signed in to. */
export function stateWords(connector: AppConnectorView): string {
  const { state, name, message } = connector;
  switch (state) {
    case "signed_in":
      return "Signed in";
    case "shared":
      return "Shared by your admin";
    case "signed_out": {
      const ready = readyAccount(connector);
      if (ready) return `${ready.label ?? accountTitle(ready.name)} is signed in on this computer`;
      return `Sign in with your ${name} account`;
    }
    case "expired":
      return againWords(message ?? "Your session ran out");
    case "needs_you":
      return againWords(message ?? `${name} ended the session`);
    case "needs_admin":
      return message ? spoken(message) : `Your admin has to sign in to ${name} first.`;
  }
}

function againWords(message: string): string {
  const said = spoken(message);
  return /sign in again/i.test(said) ? said : `${said} Sign in again.`;
}

/** A message of the app with what went wrong, where that is not in it already. */
export function messageWords(text: string, error: AppError | null): string {
  if (!error || text.includes(error.message)) return text;
  return text === "" ? spoken(error.message) : `${sentence(text)} ${spoken(error.message)}`;
}
