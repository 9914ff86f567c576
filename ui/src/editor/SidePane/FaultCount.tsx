import styles from "./SidePane.module.css";

/** How many errors there are in something; nothing where there are none. */
export function FaultCount({ count, isSaid = true }: { count: number; isSaid?: boolean }) {
  if (count === 0) return null;
  const words = `${count} to fix`;
  return isSaid ? (
    <span className={styles.faults} role="img" aria-label={words} title={words}>
      {count}
    </span>
  ) : (
    <span className={styles.faults} aria-hidden title={words}>
      {count}
    </span>
  );
}
