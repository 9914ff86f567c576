import { useSessionActivity } from "@/app/queries";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { type DotState, StatusDot } from "@/components/StatusDot/StatusDot";
import { Pill } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { accountTitle } from "@/model/accounts";
import { momentText } from "@/model/format";
import { toAppError } from "@/platform/errors";
import type { ActivityView } from "@/platform/wire";
import { OUTCOME_WORDS, reasonWords } from "@/run/sessionWords";
import styles from "./Accounts.module.css";

const DOTS: Record<ActivityView["outcome"], DotState> = {
  ok: "ok",
  failed: "changed",
  refused: "failed",
  needs_you: "failed",
};

/** The last renewals of the connector's sessions, whoever set them off. */
export function SessionActivity() {
  const { connectorId } = useEditor();
  const activity = useSessionActivity(connectorId);
  return (
    <section className={styles.activity} aria-label="Session activity">
      <h2 className={styles.heading}>Session activity</h2>
      <Content activity={activity.data} error={activity.error} />
    </section>
  );
}

function Content({ activity, error }: { activity: readonly ActivityView[] | undefined; error: unknown }) {
  if (error) {
    const { code, message, hint } = toAppError(error);
    return (
      <Note tone="danger" role="alert" code={code} help={hint}>
        The session activity could not be read. <Spoken text={message} />
      </Note>
    );
  }
  if (!activity) return null;
  if (activity.length === 0) {
    return (
      <p className={styles.muted}>
        No session was renewed yet. Each renewal shows up here: why it ran, how it ended, and what it changed.
      </p>
    );
  }
  return (
    <ul className={styles.list}>
      {activity.map((one, index) => (
        <ActivityRow key={`${one.at} ${index}`} one={one} />
      ))}
    </ul>
  );
}

function ActivityRow({ one }: { one: ActivityView }) {
  const word = OUTCOME_WORDS[one.outcome];
  const whose = one.account === null ? "Shared sign-in" : accountTitle(one.account);
  return (
    <li className={styles.row} data-testid="activity">
      <StatusDot state={DOTS[one.outcome]} word={word} />
      <div className={styles.rowWords}>
        <p className={styles.rowHead}>
          <b>{word}</b>
          <span className={styles.rowAccount} title={whose}>
            {whose}
          </span>
          <time className={styles.faint} dateTime={new Date(one.at * 1000).toISOString()}>
            {momentText(one.at)}
          </time>
        </p>
        <p className={styles.muted}>Because {reasonWords(one.reason)}.</p>
        {one.updated.length > 0 ? (
          <p className={styles.pills}>
            {one.updated.map((output) => (
              <Pill key={output}>{output}</Pill>
            ))}
          </p>
        ) : null}
        {one.error ? (
          <p className={styles.error} data-passing={one.outcome === "failed" || undefined}>
            <code>{one.error.code}</code> <Spoken text={one.error.message} />
          </p>
        ) : null}
      </div>
    </li>
  );
}
