import { CircleAlert, TriangleAlert } from "lucide-react";
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from "react-aria-components";
import { useEditor } from "@/editor/EditorContext";
import styles from "./EditorHeader.module.css";

function counted(count: number, one: string): string {
  return `${count} ${count === 1 ? one : `${one}s`}`;
}

/** How much the checker found; opens the list, and each finding goes to its place. */
export function DiagnosticsButton() {
  const { diagnostics, reveal } = useEditor();
  const errors = diagnostics.filter((one) => one.severity === "error").length;
  const others = diagnostics.length - errors;
  if (diagnostics.length === 0) return null;
  const words = [errors > 0 ? counted(errors, "error") : "", others > 0 ? counted(others, "warning") : ""]
    .filter(Boolean)
    .join(", ");
  return (
    <DialogTrigger>
      <AriaButton
        className={`${styles.findings} ${errors > 0 ? styles.hasErrors : ""}`}
        data-testid="diagnostics"
        aria-label={words}
      >
        {errors > 0 ? <CircleAlert size={14} aria-hidden /> : <TriangleAlert size={14} aria-hidden />}
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
                    <span className={one.severity === "error" ? styles.error : styles.warning}>
                      {one.severity === "error" ? "Error" : one.severity === "warning" ? "Warning" : "Note"} ·{" "}
                      <code>{one.code}</code>
                    </span>
                    <span>{one.message}</span>
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
