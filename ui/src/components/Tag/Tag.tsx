import type { ReactNode } from "react";
import styles from "./Tag.module.css";

export type Tone = "plain" | "ok" | "warn" | "danger" | "info";

export function Tag({
  tone = "plain",
  title,
  children,
}: {
  tone?: Tone;
  title?: string;
  children: ReactNode;
}) {
  return (
    <span className={`${styles.tag} ${styles[tone]}`} title={title}>
      {children}
    </span>
  );
}

/** A name of the template language, as it looks in a field. */
export function Pill({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <span className={styles.pill} title={title}>
      {children}
    </span>
  );
}
