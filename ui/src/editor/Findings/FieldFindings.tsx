import { useEffect } from "react";
import { formatPath, type Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { useFindings } from "../faults";
import { FindingLine } from "../TemplateField/TemplateField";
import styles from "./Findings.module.css";

interface Props {
  at: Path;
  /** Those of the member itself: what is inside it is said by fields of its own. */
  isOwn?: boolean;
}

/** The checker's findings of one member, under a field that does not show them by itself. */
export function FieldFindings({ at, isOwn = false }: Props) {
  const { claims } = useDocumentEditor();
  const path = formatPath(at);
  const inside = useFindings(path);
  const findings = isOwn ? inside.filter((finding) => finding.path === path) : inside;
  useEffect(() => claims.claim(path), [claims, path]);
  if (findings.length === 0) return null;
  return (
    <div className={styles.field}>
      {findings.map((finding) => (
        <FindingLine key={`${finding.code} ${finding.path} ${finding.message}`} finding={finding} />
      ))}
    </div>
  );
}
