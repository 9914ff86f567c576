/** How far a card's sign-in is, from the timeline of its run. Pure. */
import type { AppError } from "@/platform/wire";
import type { FormAsked, RunEntry, SignInWait, Timeline } from "@/run/timeline";

export type SignInPhase =
  | { is: "idle" }
  /** The core works; the form that was answered last, where there was one, stays while nothing else is asked. */
  | { is: "working"; what: string | null }
  | { is: "form"; form: FormAsked }
  | { is: "wait"; step: string; signIn: SignInWait; refused: readonly AppError[] }
  | { is: "failed"; error: AppError }
  | { is: "done" };

const UNKNOWN: AppError = {
  code: "run.failed",
  message: "The sign-in did not work.",
  hint: null,
  step: null,
  field: null,
  retryable: true,
};

function waits(entry: RunEntry): boolean {
  return entry.signIn !== null && (entry.state === "waiting" || entry.signIn.kind === "returned");
}

export function signInPhase(timeline: Timeline): SignInPhase {
  switch (timeline.state) {
    case "idle":
    case "cancelled":
      return { is: "idle" };
    case "ok":
      return { is: "done" };
    case "failed":
      return { is: "failed", error: timeline.error ?? UNKNOWN };
    case "running": {
      if (timeline.form) return { is: "form", form: timeline.form };
      const entry = timeline.entries.findLast(waits);
      if (entry?.step && entry.signIn) {
        return { is: "wait", step: entry.step, signIn: entry.signIn, refused: entry.refused };
      }
      return { is: "working", what: timeline.entries.at(-1)?.label ?? null };
    }
  }
}

/** Whether the card has the person's attention: no other opens by itself meanwhile. */
export function isBusy(phase: SignInPhase): boolean {
  return phase.is !== "idle";
}
