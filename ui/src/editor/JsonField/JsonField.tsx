import { useEffect, useId, useMemo, useRef, useState } from "react";
import { CodeField } from "@/components/CodeField/CodeField";
import { parseJson, writeJson } from "@/model/json";
import { formatPath, type Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { faultsFrom, useFindings } from "../faults";
import { FindingLine } from "../TemplateField/TemplateField";
import styles from "../TemplateField/TemplateField.module.css";

interface Props {
  label: string;
  labelHidden?: boolean;
  at: Path;
  value: unknown;
  onChange: (value: unknown) => void;
  description?: string;
}

/** Why the text is no JSON, in words for people; templates outside quotes are the usual reason. */
export function jsonProblem(text: string): string | null {
  try {
    parseJson(text);
    return null;
  } catch (error) {
    if (/[:[,]\s*\{\{/.test(text)) {
      return 'Put the expression in quotes: "{{ … }}". A string that is only an expression keeps its type.';
    }
    return error instanceof Error ? error.message : String(error);
  }
}

/** JSON whose strings are templates. Text that does not parse yet stays as typed, and the last good value holds. */
export function JsonField({ label, labelHidden = false, at, value, onChange, description }: Props) {
  const { namesAt, lastField, claims, roughTexts } = useDocumentEditor();
  const path = formatPath(at);
  const committed = useRef(value);
  const [text, setText] = useState(() => {
    const rough = roughTexts.get(path);
    return rough && rough.base === value ? rough.text : writeJson(value, 2);
  });
  useEffect(() => {
    if (Object.is(committed.current, value)) return;
    const isAsBefore = writeJson(committed.current) === writeJson(value);
    committed.current = value;
    // What is being typed stays, unless the value became another.
    if (!isAsBefore) setText(writeJson(value, 2));
  }, [value]);
  useEffect(() => claims.claim(path), [claims, path]);
  const findings = useFindings(path);
  const faults = useMemo(() => faultsFrom(findings), [findings]);
  const problem = useMemo(() => jsonProblem(text), [text]);
  const id = useId();

  const edited = (next: string) => {
    setText(next);
    if (jsonProblem(next) !== null) {
      roughTexts.set(path, { text: next, base: committed.current });
      return;
    }
    roughTexts.delete(path);
    const parsed = parseJson(next);
    if (writeJson(parsed) === writeJson(committed.current)) return;
    committed.current = parsed;
    onChange(parsed);
  };

  return (
    <div className={styles.field} data-path={path}>
      {labelHidden ? null : (
        <span className={styles.label} aria-hidden>
          {label}
        </span>
      )}
      <CodeField
        label={label}
        language="json"
        multiline
        value={text}
        onChange={edited}
        names={() => namesAt(path)}
        faults={faults}
        isInvalid={problem !== null || findings.some((finding) => finding.severity === "error")}
        describedBy={id}
        onFocusField={(field) => {
          lastField.current = field;
        }}
      />
      <div id={id} className={styles.words}>
        {problem ? (
          <div className={styles.error}>Not JSON yet, so the last good value is kept. {problem}</div>
        ) : null}
        {findings.map((finding) => (
          <FindingLine key={`${finding.code} ${finding.path} ${finding.message}`} finding={finding} />
        ))}
        {description ? <div>{description}</div> : null}
      </div>
    </div>
  );
}
