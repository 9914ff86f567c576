import { StatusDot } from "@/components/StatusDot/StatusDot";
import { useEditor } from "@/editor/EditorContext";
import type { Connector, Step } from "@/model/connector";
import { authSteps, locateStep, refreshSteps } from "@/model/document";
import { isOauthType, isSharedStep } from "@/model/oauth";
import { refreshOf } from "@/model/refresh";
import { stepTitle } from "@/model/stepKinds";
import type { RunWhat } from "@/platform/wire";
import { isOwnCall, type RunEntry, type Timeline } from "@/run/timeline";
import { FailureNote } from "./AnswerView";
import { RefreshCard } from "./RefreshCard";
import { RunEntryCard } from "./RunEntryCard";
import styles from "./RunPanel.module.css";

function isSame(one: RunEntry["error"], other: RunEntry["error"]): boolean {
  return one !== null && one.code === other?.code && one.message === other.message;
}

/** Up to this many answers are open at once; of more only the last one and failures. */
const MOST_OPEN = 4;

/** Whether a step left what the person does not know yet: an answer, or outputs that it made. */
function hasNews(entry: RunEntry): boolean {
  const isMade = entry.state === "ok" && entry.type !== "form" && entry.step !== null;
  // A sign-in is waited for while it has no answer yet.
  return entry.exchange !== null || isMade || isOauthType(entry.type);
}

/** The steps that a run goes through, as far as the document says before it does. */
function stepsAhead(document: Connector, what: RunWhat | null): readonly Step[] {
  switch (what?.type) {
    case "shared_sign_in":
      return authSteps(document).filter(isSharedStep);
    case "simulate_401":
      return [];
    case "refresh_flow": {
      const { mode } = refreshOf(document);
      if (mode === "none") return [];
      return mode === "steps" ? refreshSteps(document) : authSteps(document);
    }
    case "step":
    case "from_step": {
      const steps = authSteps(document);
      const at = steps.findIndex((step) => step.id === what.step);
      return what.type === "step" ? steps.slice(at, at + 1) : steps.slice(at);
    }
    default:
      return authSteps(document);
  }
}

/** Whether a run ends with a request of the connector itself. */
function sendsRequest(document: Connector, what: RunWhat | null): boolean {
  switch (what?.type) {
    case "endpoint":
      return true;
    case "shared_sign_in":
    case "sign_in":
    case "step":
      return false;
    default:
      return document.test !== undefined;
  }
}

/** What happened in a run, one card each, and what is still to come. */
export function RunEntries({ timeline, isPast }: { timeline: Timeline; isPast: boolean }) {
  const { document, run, startRun } = useEditor();
  const nameOfStep = (id: string, label: string | null = null): string => {
    const step = locateStep(document, id)?.step;
    return step ? stepTitle(step) : label || id;
  };
  const titleOf = (entry: RunEntry): string => {
    if (entry.step === null) {
      const isAgain = entry.refusal === null && timeline.entries.some((one) => one.refusal !== null);
      return isAgain ? `${lastTitle(timeline.what)}, sent again` : lastTitle(timeline.what);
    }
    return nameOfStep(entry.step, entry.label);
  };
  const lastTitle = (what: RunWhat | null): string => {
    if (what?.type !== "endpoint") return "Test request";
    const endpoint = document.endpoints?.find((one) => one.id === what.endpoint_id);
    return endpoint?.name || what.endpoint_id;
  };
  const againOf = ({ step, inRefresh }: RunEntry) => {
    const isInFlow = authSteps(document).some((one) => one.id === step && !one.disabled);
    if (step === null || inRefresh || isPast || run.isRunning || !isInFlow) return null;
    return {
      step: () => startRun({ type: "step", step }),
      fromHere: () => startRun({ type: "from_step", step }),
    };
  };
  const started = new Set(timeline.entries.map((entry) => entry.step));
  const isRunning = timeline.state === "running";
  const next = isRunning
    ? stepsAhead(document, timeline.what).filter((step) => !step.disabled && !started.has(step.id))
    : [];
  const isLastThere = timeline.entries.some(isOwnCall);
  const hasLast = sendsRequest(document, timeline.what) && !isLastThere;
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
      {timeline.kept.length > 0 ? (
        <p className={styles.kept} data-testid="run-kept">
          Not run again: {timeline.kept.map((id) => nameOfStep(id)).join(", ")}.{" "}
          {timeline.kept.length === 1 ? "What it left" : "What they left"} in the last run is used.
        </p>
      ) : null}
      {timeline.entries.map((entry, index) =>
        entry.renewal ? (
          <RefreshCard
            key={index}
            entry={entry}
            renewal={entry.renewal}
            isToldBelow={timeline.entries.some((one) => one.inRefresh && isSame(one.error, entry.error))}
          />
        ) : (
          <RunEntryCard
            key={index}
            entry={entry}
            title={titleOf(entry)}
            run={isPast ? null : timeline.run}
            isOpenAtFirst={isOpenAtFirst(entry)}
            again={againOf(entry)}
            onCancel={run.cancel}
          />
        ),
      )}
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
      {isRunning && hasLast ? (
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
