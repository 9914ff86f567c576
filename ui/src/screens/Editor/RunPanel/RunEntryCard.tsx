import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { type TabEntry, Tabs } from "@/components/Tabs/Tabs";
import { Tag } from "@/components/Tag/Tag";
import { durationText } from "@/model/format";
import type { Exchange } from "@/platform/wire";
import type { RunEntry } from "@/run/timeline";
import { RefusedCallback, WaitingSignIn } from "@/run/WaitingSignIn/WaitingSignIn";
import { DOT_OF } from "../FlowPane/stateDots";
import { AnswerView, FailureNote, HeaderList, RawText, StatusTag } from "./AnswerView";
import { OutputsTree } from "./OutputsTree";
import styles from "./RunPanel.module.css";

const WORDS: Record<RunEntry["state"], string> = {
  running: "running…",
  waiting: "waiting for you",
  ok: "done",
  failed: "failed",
  refused: "the session is over",
  skipped: "skipped",
  stopped: "stopped",
};

function RequestView({ exchange }: { exchange: Exchange }) {
  const { request, redirects } = exchange;
  return (
    <div className={styles.stack}>
      <p className={styles.requestLine}>
        <b>{request.method}</b> {request.url}
      </p>
      {redirects.map((redirect, index) => (
        <p key={index} className={styles.requestLine}>
          <b>{redirect.status}</b> → {redirect.url}
        </p>
      ))}
      <HeaderList headers={request.headers} />
      {request.body ? <RawText label="Request body" text={request.body} /> : null}
    </div>
  );
}

function TimingView({ exchange }: { exchange: Exchange }) {
  const { total_ms, first_byte_ms } = exchange.timing;
  const share =
    first_byte_ms === null || total_ms === 0 ? 0 : Math.min(100, (first_byte_ms / total_ms) * 100);
  return (
    <div className={styles.stack}>
      <div className={styles.timing} aria-hidden>
        <span style={{ width: `${share}%` }} />
      </div>
      <dl className={styles.headers}>
        <div>
          <dt>until the first byte</dt>
          <dd>{first_byte_ms === null ? "none came" : durationText(first_byte_ms)}</dd>
        </div>
        <div>
          <dt>in all</dt>
          <dd>{durationText(total_ms)}</dd>
        </div>
      </dl>
    </div>
  );
}

interface Props {
  entry: RunEntry;
  title: string;
  /** The run whose masked values can still be shown; null for one of the past. */
  run: string | null;
  /** Open at first: a failure, and the last of what worked. */
  isOpenAtFirst: boolean;
  onCancel: () => void;
}

export function RunEntryCard({ entry, title, run, isOpenAtFirst, onCancel }: Props) {
  const [chosen, setChosen] = useState<boolean | null>(null);
  const waits = entry.signIn !== null && (entry.state === "waiting" || entry.state === "running");
  const hasMore = entry.state === "ok" || entry.state === "failed" || entry.state === "refused";
  const isOpen = hasMore && (chosen ?? isOpenAtFirst);
  const status = entry.exchange?.response?.status ?? entry.refusal?.status;
  const tabs: TabEntry[] = [];
  if (entry.step !== null && entry.state === "ok") {
    tabs.push({
      id: "outputs",
      label: "Outputs",
      content: <OutputsTree step={entry.step} outputs={entry.outputs} run={run} />,
    });
  }
  if (entry.exchange || (entry.step === null && !entry.refusal?.simulated)) {
    tabs.push({ id: "answer", label: "Answer", content: <AnswerView entry={entry} compact /> });
  }
  if (entry.exchange) {
    tabs.push(
      { id: "request", label: "Request", content: <RequestView exchange={entry.exchange} /> },
      { id: "timing", label: "Timing", content: <TimingView exchange={entry.exchange} /> },
    );
  }
  return (
    <article
      className={`${styles.card} ${styles[entry.state]} ${entry.inRefresh ? styles.inside : ""}`}
      data-testid={entry.step === null ? `run-${entry.type.replaceAll("_", "-")}` : `run-step-${entry.step}`}
      data-state={entry.state}
      aria-label={`${title}: ${WORDS[entry.state]}`}
    >
      <h3>
        <button
          type="button"
          className={styles.cardHead}
          aria-expanded={hasMore ? isOpen : undefined}
          disabled={!hasMore}
          onClick={() => setChosen(!isOpen)}
        >
          <StatusDot state={DOT_OF[entry.state]} />
          <span className={styles.cardTitle} title={title}>
            {title}
          </span>
          {entry.refusal?.simulated ? <Tag tone="info">simulated</Tag> : null}
          {status === undefined ? null : <StatusTag status={status} />}
          {entry.state === "failed" && status === undefined ? <Tag tone="danger">failed</Tag> : null}
          {entry.state === "waiting" ? (
            <Tag tone="info">
              {entry.signIn?.kind === "browser" ? "waiting for your browser" : "waiting for you"}
            </Tag>
          ) : null}
          {entry.state === "skipped" || entry.state === "stopped" || entry.state === "running" ? (
            <span className={styles.faint}>{WORDS[entry.state]}</span>
          ) : null}
          {hasMore && entry.duration_ms !== null && !entry.refusal?.simulated ? (
            <span className={styles.faint}>
              {entry.type === "form" && entry.state === "ok" ? "answered" : durationText(entry.duration_ms)}
            </span>
          ) : null}
          {hasMore ? (
            <span className={styles.chevron} aria-hidden>
              {isOpen ? <ChevronDown size={13} /> : <ChevronRight size={13} />}
            </span>
          ) : null}
        </button>
      </h3>
      {waits && entry.signIn && entry.step !== null ? (
        <div className={styles.cardBody}>
          <WaitingSignIn
            run={run}
            step={entry.step}
            signIn={entry.signIn}
            refused={entry.refused}
            onCancel={onCancel}
          />
        </div>
      ) : null}
      {isOpen ? (
        <div className={styles.cardBody}>
          {entry.refused.map((error, index) => (
            <RefusedCallback key={index} error={error} waits={false} />
          ))}
          {entry.error ? <FailureNote error={entry.error} /> : null}
          {entry.refusal?.simulated ? (
            <p className={styles.muted}>
              No request was sent: this stands for the answer of an API whose session is over.
            </p>
          ) : null}
          {tabs.length > 0 ? <Tabs label={`Details of ${title}`} small tabs={tabs} /> : null}
        </div>
      ) : null}
    </article>
  );
}
