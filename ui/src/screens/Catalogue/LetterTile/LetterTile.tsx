import styles from "./LetterTile.module.css";

/** A service's first letter: the logos of others are their trademarks. */
export function LetterTile({ name, large = false }: { name: string; large?: boolean }) {
  return (
    <span className={`${styles.tile} ${large ? styles.large : ""}`} aria-hidden>
      {[...name][0]?.toUpperCase()}
    </span>
  );
}
