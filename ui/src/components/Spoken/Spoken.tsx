import { spoken } from "@/model/sentence";
import styles from "./Spoken.module.css";

/** What the core or the checker says, as a sentence: with a capital, an end, and names that look like names. */
export function Spoken({ text }: { text: string }) {
  return <Marked text={spoken(text)} />;
}

/** A text of which what stands between backticks is a name, a path or an expression: it looks like one. */
export function Marked({ text }: { text: string }) {
  const parts = text.split("`");
  // One that does not end is a backtick, and no more.
  const isWhole = parts.length % 2 === 1;
  return parts.map((part, index) => {
    if (index % 2 === 0) return part;
    if (!isWhole && index === parts.length - 1) return `\`${part}`;
    return (
      <code key={index} className={styles.code}>
        {part}
      </code>
    );
  });
}
