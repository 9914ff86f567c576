import { FileJson } from "lucide-react";
import { Tag } from "@/components/Tag/Tag";
import type { LinkedFile } from "@/platform/wire";
import styles from "./LinkedFile.module.css";

/** Which file the connector is saved to. */
export function FileTag({ file }: { file: Pick<LinkedFile, "name" | "path"> }) {
  return (
    <span className={styles.tag} data-testid="linked-file">
      <Tag title={`Saved to ${file.path}`}>
        <FileJson size={12} aria-hidden className={styles.icon} />
        <span className={styles.tagName}>{file.name}</span>
      </Tag>
    </span>
  );
}
