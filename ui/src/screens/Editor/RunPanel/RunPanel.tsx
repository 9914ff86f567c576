import { useQuery } from "@tanstack/react-query";
import { History, Play, X } from "lucide-react";
import { useEffect, useState } from "react";
import { KEYS } from "@/app/queries";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { useNotices } from "@/components/Notices/Notices";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { useEditor } from "@/editor/EditorContext";
import { accountTitle } from "@/model/accounts";
import { locateStep } from "@/model/document";
import { clockText, durationText, momentText } from "@/model/format";
import { stepTitle } from "@/model/stepKinds";
import { usePlatform } from "@/platform/PlatformContext";
import type { RunSummary, RunWhat } from "@/platform/wire";
import { type Timeline, timelineOf, waitingSignIn } from "@/run/timeline";
import { RunEntries } from "./RunEntries";
import styles from "./RunPanel.module.css";

const RUN_NAMES: Record<Exclude<RunWhat["type"], "endpoint" | "sign_in" | "step" | "from_step">, string> = {
  auth_steps: "Test auth steps",
  test_request: "Test request",
  shared_sign_in: "Sign in for everyone",
  sso_sign_in: "Sign in with SSO",
  refresh_flow: "Test refresh flow",
  simulate_401: "Simulate 401",
};

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
          Test auth steps signs in with the connector as it stands, unsaved changes too. Each step's answer
          shows up here.
        </EmptyState>
      ) : (
        <RunEntries key={timeline.run} timeline={timeline} isPast={timeline !== run.timeline} />
      )}
    </section>
  );
}

function RunHistory({ onPick }: { onPick: (timeline: Timeline) => void }) {
  const platform = usePlatform();
  const notices = useNotices();
  const { connectorId, document } = useEditor();
  const runs = useQuery({ queryKey: KEYS.runs(connectorId), queryFn: () => platform.runList(connectorId) });
  const nameOf = (run: RunSummary): string => {
    const { what } = run;
    if (what.type === "endpoint") {
      return document.endpoints?.find((one) => one.id === what.endpoint_id)?.name || what.endpoint_id;
    }
    if (what.type === "sign_in") return `Sign in: ${accountTitle(what.account)}`;
    if (what.type === "step" || what.type === "from_step") {
      const step = locateStep(document, what.step)?.step;
      const title = step ? stepTitle(step) : what.step;
      return what.type === "step" ? `Step: ${title}` : `From step: ${title}`;
    }
    return RUN_NAMES[what.type];
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
