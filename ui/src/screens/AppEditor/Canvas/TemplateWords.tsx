import { templateParts } from "@/model/template";
import styles from "./Canvas.module.css";

/** A template as one reads it: its words, and its expressions as pills. */
export function TemplateWords({
  source,
  otherwise = "",
}: {
  source: string | undefined;
  otherwise?: string;
}) {
  if (!source) return otherwise;
  return templateParts(source).map((part) =>
    part.kind === "text" ? (
      <span key={part.from}>{part.text}</span>
    ) : (
      <span key={part.from} className={styles.pill} title={part.text}>
        {part.text || "…"}
      </span>
    ),
  );
}
