import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { formatPath, type Path } from "@/model/path";
import { useUnclaimedFindings } from "../faults";
import styles from "./Findings.module.css";

const TONES = { error: "danger", warning: "warn", info: "info" } as const;

/** The checker's findings of a place that no field above shows by itself. */
export function Findings({ paths }: { paths: readonly Path[] }) {
  const findings = useUnclaimedFindings(paths.map(formatPath));
  if (findings.length === 0) return null;
  return (
    <div className={styles.list}>
      {findings.map((finding) => (
        <Note
          key={`${finding.code} ${finding.path} ${finding.message}`}
          tone={TONES[finding.severity]}
          code={finding.code}
          help={finding.help}
        >
          <Spoken text={finding.message} />
        </Note>
      ))}
    </div>
  );
}
