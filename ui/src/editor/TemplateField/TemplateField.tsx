import { type ReactNode, useEffect, useId, useMemo } from "react";
import { CodeField } from "@/components/CodeField/CodeField";
import type { FieldChoice } from "@/components/CodeField/completion";
import { Marked, Spoken } from "@/components/Spoken/Spoken";
import { formatPath, type Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { faultsFrom, useFindings } from "../faults";
import styles from "./TemplateField.module.css";

interface Props {
  label: string;
  labelHidden?: boolean;
  at: Path;
  value: string;
  onChange: (value: string) => void;
  multiline?: boolean;
  placeholder?: string;
  description?: string;
  bare?: boolean;
  /** Texts that are often written here, offered as one types. */
  choices?: readonly FieldChoice[];
  /** Inside the field, at its end: a button that opens them. */
  aside?: ReactNode;
  /** The place for its messages is elsewhere (the URL bar). */
  messagesHidden?: boolean;
}

/** A field for a template: pills, completion of the names that exist here, and what is wrong with it. */
export function TemplateField(props: Props) {
  const { label, labelHidden = false, at, value, description } = props;
  const { namesAt, lastField, claims } = useDocumentEditor();
  const path = formatPath(at);
  const findings = useFindings(path);
  const faults = useMemo(() => faultsFrom(findings), [findings]);
  const id = useId();
  useEffect(() => claims.claim(path), [claims, path]);
  const hasError = findings.some((finding) => finding.severity === "error");
  const hasWords = Boolean(description) || (findings.length > 0 && !props.messagesHidden);
  return (
    <div className={styles.field} data-path={path}>
      {labelHidden ? null : (
        <span className={styles.label} aria-hidden>
          {label}
        </span>
      )}
      <div className={props.aside ? styles.withAside : undefined}>
        <CodeField
          label={label}
          value={value}
          onChange={props.onChange}
          multiline={props.multiline ?? false}
          placeholder={props.placeholder ?? ""}
          names={() => namesAt(path)}
          {...(props.choices ? { choices: props.choices } : {})}
          faults={faults}
          isInvalid={hasError}
          describedBy={hasWords ? id : undefined}
          bare={props.bare ?? false}
          onFocusField={(field) => {
            lastField.current = field;
          }}
        />
        {props.aside}
      </div>
      {hasWords ? (
        <div id={id} className={styles.words}>
          {props.messagesHidden
            ? null
            : findings.map((finding) => (
                <FindingLine key={`${finding.code} ${finding.path} ${finding.message}`} finding={finding} />
              ))}
          {description ? <div>{description}</div> : null}
        </div>
      ) : null}
    </div>
  );
}

export function FindingLine({
  finding,
}: {
  finding: { code: string; severity: string; message: string; help: string | null };
}) {
  return (
    <div className={styles[finding.severity] ?? ""} title={finding.code}>
      <Spoken text={finding.message} />
      {finding.help ? (
        <span className={styles.help}>
          {" "}
          <Marked text={finding.help} />
        </span>
      ) : null}
    </div>
  );
}
