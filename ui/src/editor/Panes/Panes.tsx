import type { ReactNode, Ref } from "react";
import styles from "./Panes.module.css";

interface Props {
  left: ReactNode;
  /** What is edited. */
  children: ReactNode;
  /** The right side; the middle takes its room where there is none. */
  side: ReactNode | null;
  /** In a narrow window the right side lies over the middle, while it is open. */
  sideIsOpen: boolean;
  ref?: Ref<HTMLDivElement>;
  middleRef?: Ref<HTMLElement>;
  /** No more than a form's width. */
  isForm?: boolean;
}

/** The three panes of an editor. */
export function Panes({ left, children, side, sideIsOpen, ref, middleRef, isForm = true }: Props) {
  return (
    <div
      className={`${styles.panes} ${side === null ? styles.whole : ""}`}
      data-side-open={sideIsOpen || undefined}
      ref={ref}
    >
      {left}
      <main className={styles.middle} ref={middleRef}>
        {isForm ? <div className={styles.column}>{children}</div> : children}
      </main>
      {side === null ? null : <div className={styles.side}>{side}</div>}
    </div>
  );
}
