import { useEffect } from "react";
import { formatPath, type Path } from "@/model/path";
import { useDocumentEditor } from "../DocumentContext";
import { useFindings } from "../faults";
import { FindingLine } from "../TemplateField/TemplateField";
import styles from "./Findings.module.css";

/** The checker's findings of one member, under a field that does not show them by itself. */
export function FieldFindings({ at }: { at: Path }) {
  const { claims } = useDocumentEditor();
  const path = formatPath(at);
  const findings = useFindings(path);
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
