import { JsonTree } from "@/components/JsonTree/JsonTree";
import { scalarText } from "@/components/JsonTree/rows";
import type { ControlProps } from "../Control";
import { ContentFrame, Nothing, SkeletonLine } from "../ControlFrame";
import styles from "./JsonControl.module.css";

/** A value as JSON, to open and close. */
export function JsonControl({ view, content, send }: ControlProps<"json">) {
  const value: unknown = content.value;
  const isTree = typeof value === "object" && value !== null && Object.keys(value).length > 0;
  return (
    <ContentFrame
      view={view}
      send={send}
      isBlank={value === null || value === undefined}
      skeleton={
        <div className={styles.box}>
          <div className={styles.waiting}>
            <SkeletonLine width="40%" />
            <SkeletonLine width="55%" />
            <SkeletonLine width="30%" />
          </div>
        </div>
      }
      empty={<Nothing>Nothing to show yet.</Nothing>}
    >
      <div className={styles.box}>
        {isTree ? (
          <JsonTree label={view.label ?? view.id} value={value} root={view.id} openLevels={1} />
        ) : (
          <code className={styles.scalar}>
            {typeof value === "object" ? JSON.stringify(value) : scalarText(value)}
          </code>
        )}
      </div>
    </ContentFrame>
  );
}
