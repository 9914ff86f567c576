/** The left side of an editor: headings with undo and redo, and the parts that open in the middle. */
import { Redo2, Undo2 } from "lucide-react";
import { type ReactNode, useId } from "react";
import { IconButton } from "@/components/Button/Button";
import { useDocumentEditor } from "../DocumentContext";
import { FaultCount } from "./FaultCount";
import styles from "./SidePane.module.css";

export function SidePane({ label, children }: { label: string; children: ReactNode }) {
  return (
    <aside className={styles.pane} aria-label={label}>
      {children}
    </aside>
  );
}

interface SectionProps {
  title: string;
  /** Beside the title: how many there are. */
  note: string;
  withUndo?: boolean;
  actions?: ReactNode;
  /** A line above, where it is not the first. */
  isLater?: boolean;
  children: ReactNode;
}

export function SideSection({
  title,
  note,
  withUndo = false,
  actions,
  isLater = false,
  children,
}: SectionProps) {
  return (
    <section aria-label={title} className={isLater ? styles.section : undefined}>
      <div className={styles.heading}>
        <h2 title={title}>{title}</h2>
        <span className={styles.count}>{note}</span>
        {withUndo ? <UndoButtons /> : null}
        {actions}
      </div>
      {children}
    </section>
  );
}

export function UndoButtons() {
  const editor = useDocumentEditor();
  return (
    <>
      <IconButton
        label="Undo"
        hint={editor.undoLabel ? `Undo: ${editor.undoLabel} (Ctrl+Z)` : "Nothing to undo"}
        icon={<Undo2 size={14} />}
        isDisabled={editor.undoLabel === null}
        onPress={editor.undo}
      />
      <IconButton
        label="Redo"
        hint={editor.redoLabel ? `Redo: ${editor.redoLabel} (Ctrl+Shift+Z)` : "Nothing to redo"}
        icon={<Redo2 size={14} />}
        isDisabled={editor.redoLabel === null}
        onPress={editor.redo}
      />
    </>
  );
}

/** What stands where cards will be. */
export function SideEmpty({ children }: { children: ReactNode }) {
  return <div className={styles.empty}>{children}</div>;
}

export function SideButtons({ children }: { children: ReactNode }) {
  return <div className={styles.buttons}>{children}</div>;
}

/** The parts of a document that are no cards. */
export function SideParts({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav className={styles.section} aria-label={label}>
      <PartList>{children}</PartList>
    </nav>
  );
}

export function PartList({ children }: { children: ReactNode }) {
  return <ul className={styles.parts}>{children}</ul>;
}

export function Mono({ children }: { children: ReactNode }) {
  return <span className={styles.mono}>{children}</span>;
}

interface PartProps {
  name: string;
  value?: ReactNode;
  faults: number;
  isOpen: boolean;
  onOpen: () => void;
}

/** A part that opens in the middle. */
export function PartButton({ name, value, faults, isOpen, onOpen }: PartProps) {
  const valueId = useId();
  return (
    <li>
      <button
        type="button"
        className={styles.part}
        aria-current={isOpen ? "true" : undefined}
        aria-label={faults > 0 ? `${name}, ${faults} to fix` : name}
        aria-describedby={value === undefined ? undefined : valueId}
        onClick={onOpen}
      >
        <span className={styles.partName}>{name}</span>
        <FaultCount count={faults} isSaid={false} />
        {value === undefined ? null : (
          <span id={valueId} className={styles.partValue}>
            {value}
          </span>
        )}
      </button>
    </li>
  );
}
