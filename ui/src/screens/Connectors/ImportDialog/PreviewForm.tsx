import { Check, CircleAlert, Info } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Form } from "react-aria-components";
import { Button } from "@/components/Button/Button";
import { DialogActions } from "@/components/Dialog/Dialog";
import { Disclosure } from "@/components/Disclosure/Disclosure";
import { Note } from "@/components/Note/Note";
import { Marked, Spoken } from "@/components/Spoken/Spoken";
import { Tag } from "@/components/Tag/Tag";
import { TextInput } from "@/components/TextInput/TextInput";
import type { AppError, GivenSecret, ImportKind, ImportNote, ImportPreview } from "@/platform/wire";
import styles from "./ImportDialog.module.css";

const KINDS: Record<ImportKind, string> = {
  connector: "Latchwork connector",
  curl: "cURL",
  open_api: "OpenAPI",
  postman: "Postman collection",
};

interface Props {
  preview: ImportPreview;
  onBack: () => void;
  onEnvironment: () => void;
  onImport: (name: string, secrets: GivenSecret[]) => void;
  isBusy: boolean;
  error: AppError | null;
}

/** What an import would bring, and what it would not; the name and the secrets are the person's to give. */
export function PreviewForm({ preview, onBack, onEnvironment, onImport, isBusy, error }: Props) {
  const [name, setName] = useState(preview.name);
  const [given, setGiven] = useState<Record<string, string>>({});
  const [asked, setAsked] = useState(false);
  const nameProblem = name.trim() === "" ? "Give it a name that says which API it is." : null;
  // Those that are in the file are among what was understood.
  const missing = preview.secrets.filter((secret) => !secret.found);
  return (
    <Form
      className={styles.form ?? ""}
      validationBehavior="aria"
      onSubmit={(event) => {
        event.preventDefault();
        setAsked(true);
        if (nameProblem || isBusy) return;
        const secrets = missing.map((secret) => ({ name: secret.name, value: given[secret.name] ?? "" }));
        onImport(
          name.trim(),
          secrets.filter((secret) => secret.value !== ""),
        );
      }}
    >
      <div className={styles.kind}>
        <Tag tone="info">{KINDS[preview.kind]}</Tag>
        {preview.environment === null ? null : preview.environment ? (
          <Tag tone="ok">With its environment</Tag>
        ) : (
          <Button small onPress={onEnvironment} isDisabled={isBusy}>
            Add an environment…
          </Button>
        )}
      </div>
      <TextInput
        label="Name"
        value={name}
        onChange={setName}
        autoFocus
        error={(asked && nameProblem) || null}
      />
      <Part title="Understood" count={preview.understood.length}>
        <ul className={styles.lines} data-testid="import-understood">
          {preview.understood.map((line) => (
            <li key={line}>
              <Check size={14} className={styles.good} aria-hidden />
              <span>
                <Marked text={line} />
              </span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Left out or changed" count={preview.notes.length}>
        {preview.notes.length === 0 ? (
          <p className={styles.nothing}>Nothing was left out.</p>
        ) : (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard
          <ul className={styles.scroll} data-testid="import-notes" tabIndex={0} aria-label="Left out">
            {preview.notes.map((note) => (
              <NoteLine key={note.message} note={note} />
            ))}
          </ul>
        )}
      </Part>
      {missing.length > 0 ? (
        <Part title="Secrets" count={missing.length}>
          <div className={styles.secrets}>
            {missing.slice(0, SECRETS_ASKED).map((secret) => (
              <TextInput
                key={secret.name}
                label={secret.name}
                type="password"
                autoComplete="off"
                value={given[secret.name] ?? ""}
                onChange={(value) => setGiven({ ...given, [secret.name]: value })}
              />
            ))}
          </div>
          <p className={styles.hint}>
            {missing.length === 1 ? "Left empty, it is" : "Left empty, they are"} asked for later, under
            Variables.
            {missing.length > SECRETS_ASKED
              ? ` So are ${missing.length - SECRETS_ASKED} more that are not shown here.`
              : ""}
          </p>
        </Part>
      ) : null}
      <Endpoints preview={preview} />
      {error ? (
        <Note tone="danger" role="alert" code={error.code} help={error.hint}>
          Nothing was imported. <Spoken text={error.message} />
        </Note>
      ) : null}
      <div className={styles.foot}>
        <DialogActions>
          <Button onPress={onBack} isDisabled={isBusy}>
            Back
          </Button>
          <Button kind="primary" type="submit" isDisabled={isBusy}>
            Import
          </Button>
        </DialogActions>
      </div>
    </Form>
  );
}

/** More fields than this would hide what the dialog is about. */
const SECRETS_ASKED = 8;

function Part({ title, count, children }: { title: string; count: number; children: ReactNode }) {
  return (
    <section aria-label={title}>
      <h3 className={styles.heading}>
        {title}
        {count > 0 ? <span className={styles.count}>{count}</span> : null}
      </h3>
      {children}
    </section>
  );
}

const NOTE_WORDS: Record<ImportNote["kind"], string> = {
  left_out: "Left out",
  changed: "Changed",
  missing: "Yours to do",
  secret: "Secret",
};

function NoteLine({ note }: { note: ImportNote }) {
  const Icon = note.kind === "changed" ? Info : CircleAlert;
  return (
    <li>
      <Icon size={14} className={note.kind === "changed" ? styles.info : styles.warn} aria-hidden />
      <span>
        <b className={styles.what}>{NOTE_WORDS[note.kind]}</b> <Marked text={note.message} />
      </span>
    </li>
  );
}

function Endpoints({ preview }: { preview: ImportPreview }) {
  const [open, setOpen] = useState(false);
  const { endpoints, endpoint_count: count } = preview;
  if (count === 0) return null;
  return (
    <Disclosure
      label="Endpoints"
      note={
        count > endpoints.length
          ? `the first ${endpoints.length} of ${count.toLocaleString("en")}`
          : `${count}`
      }
      isOpen={open}
      onToggle={setOpen}
    >
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
      <ul className={styles.endpoints} data-testid="import-endpoints" tabIndex={0} aria-label="Endpoints">
        {endpoints.map((endpoint) => (
          <li key={endpoint.id}>
            <span className={styles.method}>{endpoint.method}</span>
            <span className={styles.endpoint}>
              <span className={styles.path}>{endpoint.url === "" ? "/" : endpoint.url}</span>
              <span className={styles.endpointName}>{endpoint.name}</span>
            </span>
          </li>
        ))}
      </ul>
    </Disclosure>
  );
}
