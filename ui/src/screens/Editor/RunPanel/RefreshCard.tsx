import { StatusDot } from "@/components/StatusDot/StatusDot";
import { Pill } from "@/components/Tag/Tag";
import { OUTCOME_WORDS, reasonWords } from "@/run/sessionWords";
import type { RunEntry } from "@/run/timeline";
import { DOT_OF } from "../FlowPane/stateDots";
import { FailureNote, Remedy } from "./AnswerView";
import styles from "./RunPanel.module.css";

interface Props {
  entry: RunEntry;
  renewal: NonNullable<RunEntry["renewal"]>;
  /** One of its steps shows the failure already. */
  isToldBelow: boolean;
}

/** The session's renewal: why it started, how it ended, and what took new values. Its steps follow it. */
export function RefreshCard({ entry, renewal, isToldBelow }: Props) {
  const { end, updated } = renewal;
  const word = end ? OUTCOME_WORDS[end] : entry.state === "running" ? "Running…" : "Stopped";
  const needsPerson = end === "refused" || end === "needs_you";
  return (
    <article
      className={`${styles.card} ${styles[entry.state]}`}
      data-testid="run-refresh"
      data-state={entry.state}
      aria-label={`Refresh: ${word}`}
    >
      <div className={styles.cardHead}>
        <StatusDot state={DOT_OF[entry.state]} word={word} />
        <h3 className={styles.cardTitle}>Refresh</h3>
        <span className={styles.faint}>{word}</span>
      </div>
      <div className={styles.cardBody}>
        <p className={styles.muted}>Because {reasonWords(renewal.reason)}.</p>
        {updated.length > 0 ? (
          <p className={styles.updated}>
            New values:{" "}
            {updated.map((output) => (
              <Pill key={output}>{output}</Pill>
            ))}
          </p>
        ) : null}
        {end === "ok" && updated.length === 0 ? (
          <p className={styles.muted}>No output took a new value.</p>
        ) : null}
        {entry.error && !isToldBelow ? <FailureNote error={entry.error} /> : null}
        {needsPerson && isToldBelow ? (
          <div>
            <Remedy code="session.needs_you" />
          </div>
        ) : null}
      </div>
    </article>
  );
}
