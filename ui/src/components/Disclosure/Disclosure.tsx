import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useId } from "react";
import styles from "./Disclosure.module.css";

interface Props {
  label: string;
  /** Beside the label: how much inside is set. */
  note?: string;
  isOpen: boolean;
  onToggle: (isOpen: boolean) => void;
  children: ReactNode;
}

/** What most people need not see, behind one button. What is closed is not drawn. */
export function Disclosure({ label, note, isOpen, onToggle, children }: Props) {
  const id = useId();
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div className={styles.disclosure} data-open={isOpen || undefined}>
      <button
        type="button"
        className={styles.toggle}
        aria-expanded={isOpen}
        aria-controls={isOpen ? id : undefined}
        onClick={() => onToggle(!isOpen)}
      >
        <Chevron size={14} aria-hidden />
        {label} {note ? <span className={styles.note}>{note}</span> : null}
      </button>
      {isOpen ? (
        <div id={id} className={styles.content}>
          {children}
        </div>
      ) : null}
    </div>
  );
}
