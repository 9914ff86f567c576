import { CircleAlert, Info, TriangleAlert } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { Marked, Spoken } from "@/components/Spoken/Spoken";
import { useDocumentEditor } from "../DocumentContext";
import styles from "./EditorHeader.module.css";

const SEVERITIES = {
  error: { word: "Error", icon: CircleAlert },
  warning: { word: "Warning", icon: TriangleAlert },
  info: { word: "Note", icon: Info },
};

type Severity = keyof typeof SEVERITIES;

function counted(count: number, severity: Severity): string {
  const one = SEVERITIES[severity].word.toLowerCase();
  return count === 0 ? "" : `${count} ${count === 1 ? one : `${one}s`}`;
}

/** How much the checker found; opens the list, and each finding goes to its place. */
export function DiagnosticsButton() {
  const { diagnostics, reveal } = useDocumentEditor();
  if (diagnostics.length === 0) return null;
  const all = Object.keys(SEVERITIES) as Severity[];
  const count = (severity: Severity) => diagnostics.filter((one) => one.severity === severity).length;
  const words = all
    .map((severity) => counted(count(severity), severity))
    .filter(Boolean)
    .join(", ");
  const worst = all.find((severity) => count(severity) > 0) ?? "info";
  const Icon = SEVERITIES[worst].icon;
  return (
    <DialogTrigger>
      <AriaButton
        className={styles.findings ?? ""}
        data-worst={worst}
        data-testid="diagnostics"
        aria-label={words}
      >
        <Icon size={14} aria-hidden />
        {words}
      </AriaButton>
      <Popover placement="bottom end" className={styles.popover ?? ""}>
        <Dialog aria-label="What the checker found" className={styles.popoverBody ?? ""}>
          {({ close }) => (
            <ul>
              {diagnostics.map((one) => (
                <li key={`${one.code} ${one.path} ${one.message}`}>
                  <button
                    type="button"
                    className={styles.finding}
                    onClick={() => {
                      close();
                      reveal(one.path);
                    }}
                  >
                    <span className={styles[one.severity] ?? ""}>
                      {SEVERITIES[one.severity].word} · <code>{one.code}</code>
                    </span>
                    <span>
                      <Spoken text={one.message} />
                    </span>
                    {one.help ? (
                      <span className={styles.help}>
                        <Marked text={one.help} />
                      </span>
                    ) : null}
                    <span className={styles.path}>{one.path}</span>
                  </button>
                </li>
              ))}
            </ul>
          )}
        </Dialog>
      </Popover>
    </DialogTrigger>
  );
}
