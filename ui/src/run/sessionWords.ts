/** Why a session is renewed and how that ended, in words. */
import type { RefreshEnd } from "@/platform/wire";

const REASONS: Record<string, string> = {
  status_401: "the API refused the session",
  condition: "the answer met the refresh condition",
  expired: "the session had expired",
  before_expiry: "the session was about to expire",
  asked: "it was asked for",
};

/** Why a refresh started, to go after "because"; a reason of a newer core as it is called there. */
export function reasonWords(reason: string): string {
  return REASONS[reason] ?? reason.replaceAll("_", " ");
}

export const OUTCOME_WORDS: Record<RefreshEnd, string> = {
  ok: "Renewed",
  failed: "Failed, will be tried again",
  refused: "Refused by the provider",
  needs_you: "Needs you",
};
