import { useAccounts } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { JsonTree } from "@/components/JsonTree/JsonTree";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { Tabs } from "@/components/Tabs/Tabs";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { durationText, sizeText } from "@/model/format";
import { tryParseJson, writeJson } from "@/model/json";
import type { Exchange, NameValue } from "@/platform/wire";
import type { RunEntry } from "@/run/timeline";
import styles from "./RunPanel.module.css";

export function statusTone(status: number): "ok" | "warn" | "danger" | "info" {
  if (status < 300) return "ok";
  if (status < 400) return "info";
  return "danger";
}

/** `isFailed`: what came is no success, whatever the status says, as in GraphQL. */
export function StatusTag({ status, isFailed = false }: { status: number; isFailed?: boolean }) {
  return <Tag tone={isFailed ? "danger" : statusTone(status)}>{status}</Tag>;
}

/** Failures that are mended under Settings, Account. */
const ACCOUNT_CODES = new Set(["sso.not_signed_in", "sso.needs_you"]);

/** Failures that a new sign-in mends. */
const SESSION_CODES = new Set(["session.needs_you", "session.over"]);

function hasRemedy(code: string): boolean {
  return ACCOUNT_CODES.has(code) || SESSION_CODES.has(code);
}

/** What mends a failure, as a button. */
export function Remedy({ code }: { code: string }) {
  const { connectorId, run, startRun } = useEditor();
  const account = useAccounts(connectorId).data?.find((one) => one.active);
  if (ACCOUNT_CODES.has(code)) {
    return (
      <Button small onPress={() => goTo({ screen: "settings" })}>
        Open account settings
      </Button>
    );
  }
  if (!SESSION_CODES.has(code) || !account) return null;
  return (
    <Button
      small
      isDisabled={run.isRunning}
      onPress={() => startRun({ type: "sign_in", account: account.name })}
    >
      Reconnect
    </Button>
  );
}

export function FailureNote({ error }: { error: NonNullable<RunEntry["error"]> }) {
  return (
    <Note
      tone="danger"
      code={error.code}
      help={error.hint}
      actions={hasRemedy(error.code) ? <Remedy code={error.code} /> : null}
    >
      <Spoken text={error.message} />
    </Note>
  );
}

export function HeaderList({ headers }: { headers: readonly NameValue[] }) {
  if (headers.length === 0) return <p className={styles.faint}>None.</p>;
  return (
    <dl className={styles.headers}>
      {headers.map((header, index) => (
        <div key={index}>
          <dt>{header.name}</dt>
          <dd>{header.value}</dd>
        </div>
      ))}
    </dl>
  );
}

const LONGEST_RAW = 400_000;

export function RawText({ label, text }: { label: string; text: string }) {
  const cut = text.length > LONGEST_RAW;
  return (
    <>
      <pre className={styles.raw} role="document" aria-label={label}>
        {cut ? text.slice(0, LONGEST_RAW) : text}
      </pre>
      {cut ? <p className={styles.faint}>Shown up to {sizeText(LONGEST_RAW)} here.</p> : null}
    </>
  );
}

/** The value of an answer's body as a tree needs it, and null where it is no JSON that has members. */
function treeValue(body: unknown, exchange: Exchange | null): object | null {
  const value = typeof body === "string" ? tryParseJson(body) : body;
  if (typeof value === "object" && value !== null) return value;
  const parsed = exchange?.response ? tryParseJson(exchange.response.body) : undefined;
  return typeof parsed === "object" && parsed !== null ? parsed : null;
}

/** An answer: status, duration and size, its body as a tree or raw, and its headers. */
export function AnswerView({ entry, compact = false }: { entry: RunEntry; compact?: boolean }) {
  const answer = entry.exchange?.response ?? null;
  const value = treeValue(entry.body, entry.exchange);
  const raw = answer?.body ?? (typeof entry.body === "string" ? entry.body : writeJson(entry.body, 2));
  return (
    <div className={styles.answer}>
      {compact ? null : (
        <div className={styles.facts}>
          <h2 className={styles.answerTitle}>Answer</h2>
          {answer ? <StatusTag status={answer.status} isFailed={entry.state === "failed"} /> : null}
          {entry.duration_ms === null ? null : (
            <span className={styles.faint}>{durationText(entry.duration_ms)}</span>
          )}
          {answer ? <span className={styles.faint}>{sizeText(answer.body_bytes)}</span> : null}
          {answer ? <span className={styles.faint}>{answer.http_version}</span> : null}
        </div>
      )}
      {entry.error && !compact ? <FailureNote error={entry.error} /> : null}
      {answer?.truncated ? (
        <Note tone="warn">The answer is cut: only the first {sizeText(answer.body.length)} are shown.</Note>
      ) : null}
      {answer || value ? (
        <Tabs
          label="Answer"
          inner={compact}
          small={!compact}
          tabs={[
            ...(value
              ? [
                  {
                    id: "tree",
                    label: "Tree",
                    content: (
                      <JsonTree label="Answer body" value={value} root="body" testIdPrefix="answer-" />
                    ),
                  },
                ]
              : []),
            {
              id: "raw",
              label: "Raw",
              content:
                raw === "" ? (
                  <p className={styles.faint}>The body is empty.</p>
                ) : (
                  <RawText label="Raw body" text={raw} />
                ),
            },
            {
              id: "headers",
              label: "Headers",
              count: answer?.headers.length ?? 0,
              content: <HeaderList headers={answer?.headers ?? []} />,
            },
          ]}
        />
      ) : (
        <p className={styles.faint}>There was no answer.</p>
      )}
    </div>
  );
}
