import { useEffect, useRef } from "react";
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
  const list = useRef<HTMLDivElement>(null);
  // Opened by an address, the chosen one may be far down.
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is shown decides what is selected
  useEffect(() => {
    // The list draws what it holds a frame later.
    const frame = requestAnimationFrame(() =>
      list.current?.querySelector("[data-selected]")?.scrollIntoView?.({ block: "nearest" }),
    );
    return () => cancelAnimationFrame(frame);
  }, [shown]);
  return (
    <ListBox
      ref={list}
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
            {entry.status === "tried" ? <span className={styles.status}>{statusWords(entry)}</span> : null}
          </span>
        </ListBoxItem>
      ))}
    </ListBox>
  );
}
