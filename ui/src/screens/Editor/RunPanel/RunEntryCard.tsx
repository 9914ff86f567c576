import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import { useCopy } from "@/app/useCopy";
import { Button } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { type TabEntry, Tabs } from "@/components/Tabs/Tabs";
import { Tag } from "@/components/Tag/Tag";
import { durationText } from "@/model/format";
import { usePlatform } from "@/platform/PlatformContext";
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
  const { request, redirects, attempts = 1 } = exchange;
  const platform = usePlatform();
  const notices = useNotices();
  const copy = useCopy();
  const copyAsCurl = async () => {
    try {
      copy(await platform.runRequestAsCurl(request), "The cURL command");
    } catch (cause) {
      notices.fail("The cURL command could not be made", cause);
    }
  };
  return (
    <div className={styles.stack}>
      <div className={styles.requestActions}>
        <Button small onPress={() => void copyAsCurl()}>
          Copy as cURL
        </Button>
        {attempts > 1 ? <span className={styles.faint}>sent {attempts} times; this is the last</span> : null}
      </div>
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

/** The phases of an exchange, one after the other, in milliseconds. */
export function phasesOf({ timing }: Exchange): { name: string; ms: number }[] {
  const { total_ms, first_byte_ms, resolve_ms = null, connect_ms = null } = timing;
  const names = Math.min(resolve_ms ?? 0, connect_ms ?? 0);
  const connected = connect_ms ?? 0;
  const answered = first_byte_ms ?? total_ms;
  const phases = [
    { name: "finding the name", ms: resolve_ms === null ? null : names },
    { name: "connecting, with TLS", ms: connect_ms === null ? null : connected - names },
    {
      name: first_byte_ms === null ? "waiting" : "until the first byte",
      ms: Math.max(0, answered - connected),
    },
    { name: "reading the answer", ms: first_byte_ms === null ? null : Math.max(0, total_ms - answered) },
  ];
  return phases.filter((phase): phase is { name: string; ms: number } => phase.ms !== null);
}

function TimingView({ exchange }: { exchange: Exchange }) {
  const { total_ms, connect_ms = null } = exchange.timing;
  const phases = phasesOf(exchange);
  const whole = Math.max(
    1,
    phases.reduce((sum, { ms }) => sum + ms, 0),
  );
  return (
    <div className={styles.stack}>
      <div className={styles.timing} aria-hidden>
        {phases.map(({ name, ms }) => (
          <span key={name} style={{ width: `${(ms / whole) * 100}%` }} />
        ))}
      </div>
      <dl className={styles.phases}>
        {phases.map(({ name, ms }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{durationText(ms)}</dd>
          </div>
        ))}
        <div>
          <dt>in all</dt>
          <dd>{durationText(total_ms)}</dd>
        </div>
      </dl>
      {connect_ms === null ? (
        <p className={styles.faint}>The connection was open already.</p>
      ) : exchange.redirects.length > 0 ? (
        <p className={styles.faint}>Redirects included.</p>
      ) : null}
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
  /** Runs it once more; null where it cannot, or something runs. */
  again: { step: () => void; fromHere: () => void } | null;
  onCancel: () => void;
}

export function RunEntryCard({ entry, title, run, isOpenAtFirst, again, onCancel }: Props) {
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
          {status === undefined ? null : <StatusTag status={status} isFailed={entry.state === "failed"} />}
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
          {again ? (
            <div className={styles.again}>
              <Button small onPress={again.step}>
                Run this step
              </Button>
              <Button small onPress={again.fromHere}>
                Run from here
              </Button>
            </div>
          ) : null}
        </div>
      ) : null}
    </article>
  );
}
