import { useMutation } from "@tanstack/react-query";
import { ExternalLink, Plus } from "lucide-react";
import { KEYS, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { Marked } from "@/components/Spoken/Spoken";
import { Tag } from "@/components/Tag/Tag";
import { usePlatform } from "@/platform/PlatformContext";
import type { CatalogueEntry } from "@/platform/wire";
import { LetterTile } from "../LetterTile/LetterTile";
import { statusMeaning, statusWords } from "../statusWords";
import styles from "./EntryDetail.module.css";
import { RegisterSteps } from "./RegisterSteps";
import { useLink } from "./useLink";

/** An entry with all that is to be known before it is added. */
export function EntryDetail({ entry }: { entry: CatalogueEntry }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const openLink = useLink();
  const add = useMutation({
    mutationFn: () => platform.catalogueAdd(entry.id),
    onSuccess: (opened) => {
      stale(KEYS.connectors, KEYS.status);
      // What it still needs is the first thing to see.
      const needs = entry.to_fill_in.length > 0;
      goTo({ screen: "connector", id: opened.id, ...(needs ? { place: "variables" as const } : {}) });
    },
    onError: (error) => notices.fail(`${entry.title} was not added`, error),
  });
  return (
    <section className={styles.detail} aria-label={entry.title}>
      <div className={styles.column}>
        <header className={styles.head}>
          <LetterTile name={entry.title} large />
          <div className={styles.names}>
            <h1 className={styles.title}>{entry.title}</h1>
            <p className={styles.summary}>{entry.summary}</p>
            <div className={styles.facts}>
              <Tag>{entry.category}</Tag>
              <Tag>{entry.method}</Tag>
              <Tag tone={entry.status === "tried" ? "ok" : "warn"} title={statusMeaning(entry)}>
                {statusWords(entry)}
              </Tag>
            </div>
          </div>
        </header>
        <div className={styles.actions}>
          <Button kind="primary" onPress={() => add.mutate()} isDisabled={add.isPending}>
            <Plus size={14} aria-hidden />
            Add to my connectors
          </Button>
          <Button onPress={() => openLink(entry.documentation)}>
            <ExternalLink size={14} aria-hidden />
            The provider's documentation
          </Button>
        </div>
        <Note
          tone={entry.status === "tried" ? "ok" : "warn"}
          help={
            entry.unconfirmed.length > 0 ? (
              <>
                Not confirmed:
                <ul className={styles.notes}>
                  {entry.unconfirmed.map((open) => (
                    <li key={open}>
                      <Marked text={open} />
                    </li>
                  ))}
                </ul>
              </>
            ) : null
          }
        >
          {statusMeaning(entry)}
        </Note>
        <RegisterSteps steps={entry.register} />
        {entry.notes.length > 0 ? (
          <section className={styles.part} aria-labelledby="catalogue-notes">
            <h2 id="catalogue-notes">Good to know</h2>
            <ul className={styles.notes}>
              {entry.notes.map((note) => (
                <li key={note}>
                  <Marked text={note} />
                </li>
              ))}
            </ul>
          </section>
        ) : null}
        <section className={styles.part} aria-labelledby="catalogue-endpoints">
          <h2 id="catalogue-endpoints">What it can call</h2>
          <p className={styles.endpoints}>{entry.endpoints.join(" · ")}</p>
        </section>
      </div>
    </section>
  );
}
