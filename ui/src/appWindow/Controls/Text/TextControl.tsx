import type { ControlProps } from "../Control";
import { ContentFrame, SkeletonLine } from "../ControlFrame";
import styles from "./TextControl.module.css";

/** Words: a title, a heading, running text. */
export function TextControl({ view, content, send }: ControlProps<"text">) {
  const { text, style } = content;
  return (
    <ContentFrame
      view={view}
      send={send}
      isBlank={text === ""}
      skeleton={<SkeletonLine width={style === "title" ? "40%" : "65%"} />}
      empty={null}
    >
      <Words style={style} text={text} />
    </ContentFrame>
  );
}

function Words({ style, text }: { style: ControlProps<"text">["content"]["style"]; text: string }) {
  switch (style) {
    case "title":
      return <h1 className={styles.title}>{text}</h1>;
    case "heading":
      return <h2 className={styles.heading}>{text}</h2>;
    case "body":
      return <p className={styles.body}>{text}</p>;
    case "muted":
      return <p className={`${styles.body} ${styles.muted}`}>{text}</p>;
  }
}
