import { ListBox, ListBoxItem } from "react-aria-components";
import { goTo } from "@/app/route";
import type { CatalogueEntry } from "@/platform/wire";
import { LetterTile } from "../LetterTile/LetterTile";
import { statusWords } from "../statusWords";
import styles from "./EntryList.module.css";

interface Props {
  entries: readonly CatalogueEntry[];
  /** The entry that is shown beside the list. */
  shown: string;
}

/** What was found, the best first. Arrows move through it, and the detail follows. */
export function EntryList({ entries, shown }: Props) {
  return (
    <ListBox
      aria-label="Ready-made connectors"
      className={styles.list ?? ""}
      selectionMode="single"
      selectionBehavior="replace"
      disallowEmptySelection
      selectedKeys={[shown]}
      onSelectionChange={(keys) => {
        const [id] = keys === "all" ? [] : [...keys];
        if (id !== undefined) goTo({ screen: "catalogue", id: String(id) });
      }}
    >
      {entries.map((entry) => (
        <ListBoxItem
          key={entry.id}
          id={entry.id}
          textValue={entry.title}
          className={styles.entry ?? ""}
          data-testid={`entry-${entry.id}`}
        >
          <LetterTile name={entry.title} />
          <span className={styles.words}>
            <span className={styles.first}>
              <b className={styles.title}>{entry.title}</b>
              <span className={styles.category}>{entry.category}</span>
            </span>
            <span className={styles.second}>{entry.method}</span>
            <span className={styles.status}>{statusWords(entry)}</span>
          </span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
