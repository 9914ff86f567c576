import styles from "./EditorHeader.module.css";

interface Props {
  /** The list that one came from. */
  list: { name: string; href: string };
  name: string;
}

/** Where the editor is: the list, and what is open. */
export function Crumbs({ list, name }: Props) {
  return (
    <>
      <a href={list.href} className={styles.crumb}>
        {list.name}
      </a>
      <span className={styles.slash} aria-hidden>
        /
      </span>
      <b className={styles.name} title={name}>
        {name || "Unnamed"}
      </b>
    </>
  );
}

/** How the work is kept. */
export function DraftWord({ testId, children }: { testId: string; children: string }) {
  return (
    <span className={styles.draft} role="status" data-testid={testId}>
      {children}
    </span>
  );
}
