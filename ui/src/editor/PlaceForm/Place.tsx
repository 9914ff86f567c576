import type { ReactNode } from "react";
import styles from "./PlaceForm.module.css";

/** The frame of a form in the middle: its name, what it is for, and its actions. */
export function Place({
  title,
  about,
  actions,
  children,
}: {
  title: string;
  about?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <div className={styles.place}>
      <div>
        <div className={styles.header}>
          <h1 className={styles.title} title={title}>
            {title}
          </h1>
          <span className={styles.spring} />
          {actions}
        </div>
        {about ? <p className={styles.about}>{about}</p> : null}
      </div>
      {children}
    </div>
  );
}
