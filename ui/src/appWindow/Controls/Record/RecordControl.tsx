import type { ControlProps } from "../Control";
import { ContentFrame, Nothing, SkeletonLine } from "../ControlFrame";
import styles from "./RecordControl.module.css";

/** The members of an object, each on its line. */
export function RecordControl({ view, content, send }: ControlProps<"record">) {
  return (
    <ContentFrame
      view={view}
      send={send}
      isBlank={content.fields.every((field) => field.value === "")}
      skeleton={
        <div className={styles.box}>
          <div className={styles.waiting}>
            <SkeletonLine width="70%" />
            <SkeletonLine width="45%" />
            <SkeletonLine width="60%" />
          </div>
        </div>
      }
      empty={<Nothing>Nothing to show yet.</Nothing>}
    >
      <dl className={`${styles.box} ${styles.lines}`}>
        {content.fields.map((field, index) => (
          <div key={index} className={styles.line}>
            <dt className={styles.label}>{field.label}</dt>
            <dd className={styles.value}>
              {field.value === "" ? <span className={styles.none}>—</span> : field.value}
            </dd>
          </div>
        ))}
      </dl>
    </ContentFrame>
  );
}
