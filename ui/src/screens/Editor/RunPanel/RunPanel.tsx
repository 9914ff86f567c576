import { useQuery } from "@tanstack/react-query";
import { History, Play, X } from "lucide-react";
import { useEffect, useState } from "react";
import { KEYS } from "@/app/queries";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { useNotices } from "@/components/Notices/Notices";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { useEditor } from "@/editor/EditorContext";
import { authSteps } from "@/model/document";
import { isOauthType, isSharedStep } from "@/model/oauth";
import { stepTitle } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";
import type { RunSummary, RunWhat } from "@/platform/wire";
import { type RunEntry, type Timeline, timelineOf, waitingSignIn } from "@/run/timeline";
import { FailureNote } from "./AnswerView";
import { clockText, durationText, momentText } from "./format";
import { RunEntryCard } from "./RunEntryCard";
import styles from "./RunPanel.module.css";

const STATE_WORDS: Record<Timeline["state"], string> = {
  idle: "",
  running: "Running",
  ok: "It worked",
  failed: "Failed",
  cancelled: "Cancelled",
};

/** What the run waits for from the person, in a word. */
function waitingWord(timeline: Timeline): string | null {
  if (timeline.form) return "Waiting for your answer";
  const signIn = waitingSignIn(timeline);
  if (!signIn) return null;
  return signIn.kind === "device" ? "Waiting for you to enter the code" : "Waiting for the browser";
}

/** Up to this many answers are open at once; of more only the last one and failures. */
const MOST_OPEN = 4;

/** Whether a step left what the person does not know yet: an answer, or outputs that it made. */
function hasNews(entry: RunEntry): boolean {
  const isMade = entry.state === "ok" && entry.type !== "form" && entry.step !== null;
  // A sign-in is waited for while it has no answer yet.
  return entry.exchange !== null || isMade || isOauthType(entry.type);
}

/** The right side: the run as it happens, step by step, and the runs before it. */
export function RunPanel({ onClose }: { onClose?: () => void }) {
  const { run, startRun } = useEditor();
  const [past, setPast] = useState<Timeline | null>(null);
  const [showsHistory, setShowsHistory] = useState(false);
  // What is wanted once a run begins is to see it, and its end, and not the past.
  useEffect(() => {
    if (!run.isRunning) return;
    setPast(null);
    setShowsHistory(false);
  }, [run.isRunning]);
  const timeline = run.isRunning ? run.timeline : (past ?? run.timeline);
  const waiting = waitingWord(timeline);
  const listsPast = showsHistory && !run.isRunning;
  const title = listsPast ? "Past runs" : past && !run.isRunning ? "Past run" : "Run";
  return (
    <section className={styles.panel} aria-label="Run">
      <header className={styles.head}>
        <h2>{title}</h2>
        <span className={styles.when}>
          {timeline.started_at && !listsPast ? clockText(timeline.started_at) : ""}
          {timeline.duration_ms === null || listsPast ? "" : ` · ${durationText(timeline.duration_ms)}`}
        </span>
        <IconButton
          label={showsHistory ? "Hide past runs" : "Past runs"}
          icon={<History size={15} />}
          isDisabled={run.isRunning}
          onPress={() => setShowsHistory(!showsHistory)}
        />
        {onClose ? (
          <span className={styles.close}>
            <IconButton label="Close run panel" icon={<X size={15} />} onPress={onClose} />
          </span>
        ) : null}
      </header>
      <p
        className={styles.status}
        role="status"
        aria-live="polite"
        data-testid="run-state"
        data-state={timeline.state}
      >
        {timeline.state === "idle" || listsPast ? null : (
          <>
            <StatusDot
              state={
                timeline.state === "ok"
                  ? "ok"
                  : timeline.state === "running"
                    ? waiting
                      ? "waiting"
                      : "running"
                    : timeline.state === "failed"
                      ? "failed"
                      : "idle"
              }
            />
            {waiting ?? STATE_WORDS[timeline.state]}
          </>
        )}
      </p>
      {listsPast ? (
        <RunHistory
          onPick={(picked) => {
            setPast(picked);
            setShowsHistory(false);
          }}
        />
      ) : null}
      {past && !run.isRunning && !listsPast ? (
        <div>
          <Button small onPress={() => setPast(null)}>
            Back to the last run
          </Button>
        </div>
      ) : null}
      {listsPast ? null : timeline.state === "idle" ? (
        <EmptyState
          icon={<Play size={24} strokeWidth={1.4} />}
          title="Nothing has run yet"
          actions={<Button onPress={() => startRun({ type: "auth_steps" })}>Run it now</Button>}
        >
          Test auth steps runs the flow as it stands, unsaved changes too. Each step's answer shows up here.
        </EmptyState>
      ) : (
        <Entries key={timeline.run} timeline={timeline} isPast={timeline !== run.timeline} />
      )}
    </section>
  );
}

function Entries({ timeline, isPast }: { timeline: Timeline; isPast: boolean }) {
  const { document, run } = useEditor();
  const isShared = timeline.what?.type === "shared_sign_in";
  const steps = authSteps(document);
  const titleOf = (entry: RunEntry): string => {
    if (entry.step === null) return lastTitle(timeline.what);
    const step = steps.find((one) => one.id === entry.step);
    return step ? stepTitle(step) : entry.label || entry.step;
  };
  const lastTitle = (what: RunWhat | null): string => {
    if (what?.type !== "endpoint") return "Test request";
    const endpoint = document.endpoints?.find((one) => one.id === what.endpoint_id);
    return endpoint?.name || what.endpoint_id;
  };
  const started = new Set(timeline.entries.map((entry) => entry.step));
  const isRunning = timeline.state === "running";
  const next = isRunning
    ? steps.filter((step) => !step.disabled && !started.has(step.id) && (!isShared || isSharedStep(step)))
    : [];
  const hasLast = timeline.what?.type === "endpoint" || (document.test !== undefined && !isShared);
  const answers = timeline.entries.filter(hasNews);
  const opensAll = answers.length <= MOST_OPEN;
  const isOpenAtFirst = (entry: RunEntry): boolean => {
    // An endpoint's answer is shown beside its request; here it would be there twice.
    if (entry.type === "endpoint" && !isPast) return false;
    if (entry.state === "failed") return true;
    return hasNews(entry) && (opensAll || entry === answers.at(-1));
  };
  const isTold = timeline.entries.some((entry) => entry.error !== null);
  return (
    <>
      {timeline.entries.map((entry) => (
        <RunEntryCard
          key={entry.step ?? "(request)"}
          entry={entry}
          title={titleOf(entry)}
          run={isPast ? null : timeline.run}
          isOpenAtFirst={isOpenAtFirst(entry)}
          onCancel={run.cancel}
        />
      ))}
      {timeline.error && !isTold && timeline.error.code !== "run.cancelled" ? (
        <FailureNote error={timeline.error} />
      ) : null}
      {next.map((step) => (
        <div key={step.id} className={`${styles.card} ${styles.next}`}>
          <div className={styles.cardHead}>
            <StatusDot state="idle" word="next" />
            <span className={styles.cardTitle}>{stepTitle(step)}</span>
            <span className={styles.faint}>next</span>
          </div>
        </div>
      ))}
      {isRunning && hasLast && !started.has(null) ? (
        <div className={`${styles.card} ${styles.next}`}>
          <div className={styles.cardHead}>
            <StatusDot state="idle" word="next" />
            <span className={styles.cardTitle}>{lastTitle(timeline.what)}</span>
          </div>
        </div>
      ) : null}
    </>
  );
}

function RunHistory({ onPick }: { onPick: (timeline: Timeline) => void }) {
  const platform = usePlatform();
  const notices = useNotices();
  const { connectorId, document } = useEditor();
  const runs = useQuery({ queryKey: KEYS.runs(connectorId), queryFn: () => platform.runList(connectorId) });
  const nameOf = (run: RunSummary): string => {
    const { what } = run;
    if (what.type === "auth_steps") return "Test auth steps";
    if (what.type === "test_request") return "Test request";
    if (what.type === "shared_sign_in") return "Sign in for everyone";
    if (what.type === "sso_sign_in") return "Sign in with SSO";
    return document.endpoints?.find((one) => one.id === what.endpoint_id)?.name || what.endpoint_id;
  };
  const pick = async (run: RunSummary) => {
    try {
      onPick(timelineOf(await platform.runGet(run.run)));
    } catch (cause) {
      notices.fail("The run could not be opened", cause);
    }
  };
  if (runs.isSuccess && runs.data.length === 0) return <p className={styles.faint}>No runs are kept yet.</p>;
  return (
    <ul className={styles.history} aria-label="Past runs">
      {runs.data?.map((run) => (
        <li key={run.run}>
          <button type="button" className={styles.pastRun} onClick={() => void pick(run)}>
            <StatusDot state={run.ok ? "ok" : "failed"} />
            <span className={styles.cardTitle}>{nameOf(run)}</span>
            <span className={styles.faint}>
              {momentText(run.started_at)} · {durationText(run.duration_ms)}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
