import styles from "./StatusDot.module.css";

export type DotState = "ok" | "failed" | "running" | "waiting" | "skipped" | "idle" | "changed";

const WORDS: Record<DotState, string> = {
  ok: "worked",
  failed: "failed",
  running: "running",
  waiting: "waiting for you",
  skipped: "skipped",
  idle: "not run",
  changed: "changed since",
};

/** A state by shape and colour, with its word for those who do not see it. */
export function StatusDot({ state, word }: { state: DotState; word?: string }) {
  const label = word ?? WORDS[state];
  return <span className={`${styles.dot} ${styles[state]}`} role="img" aria-label={label} title={label} />;
}
