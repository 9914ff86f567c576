import type { DotState } from "@/components/StatusDot/StatusDot";
import type { RunEntry } from "@/run/timeline";

/** A step's state in a run, as its dot. */
export const DOT_OF: Record<RunEntry["state"], DotState> = {
  running: "running",
  waiting: "waiting",
  ok: "ok",
  failed: "failed",
  refused: "changed",
  skipped: "skipped",
  stopped: "idle",
};
