import { SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Frame, Spring } from "@/app/Frame/Frame";
import { useCatalogue } from "@/app/queries";
import { goTo, routeHash } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import styles from "./CatalogueScreen.module.css";
import { EntryDetail } from "./EntryDetail/EntryDetail";
import { EntryList } from "./EntryList/EntryList";

/** Ready-made connectors: found by a search, looked at with what they need, and added to the library. */
export function CatalogueScreen({ id }: { id: string | undefined }) {
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search);
  const catalogue = useCatalogue(query);
  const entries = catalogue.data ?? [];
  // What is searched for is shown at once: the best of what was found, unless the chosen one is among it.
  const shown = entries.find((entry) => entry.id === id) ?? entries[0];
  return (
    <Frame
      header={
        <>
          <a className={styles.back} href={routeHash({ screen: "connectors" })}>
            Connectors
          </a>
          <span className={styles.slash}>/</span>
          <b className={styles.crumb}>Catalogue</b>
          {entries.length > 0 ? <span className={styles.count}>{entries.length}</span> : null}
          <Spring />
          <div className={styles.search}>
            <TextInput
              label="Search the catalogue"
              labelHidden
              type="search"
              autoFocus
              placeholder="A service, or what it is for"
              value={search}
              onChange={setSearch}
            />
          </div>
        </>
      }
    >
      <main className={styles.main}>
        {catalogue.isError ? (
          <div className={styles.trouble}>
            <Note tone="danger" role="alert" code={toAppError(catalogue.error).code}>
              The catalogue could not be read. <Spoken text={toAppError(catalogue.error).message} />
            </Note>
          </div>
        ) : null}
        {catalogue.isSuccess && shown === undefined ? (
          <EmptyState
            icon={<SearchX size={28} strokeWidth={1.4} />}
            title={`Nothing in the catalogue fits “${query}”`}
            actions={
              <>
                <Button onPress={() => setSearch("")}>Clear search</Button>
                <Button onPress={() => goTo({ screen: "connectors" })}>Make your own connector</Button>
              </>
            }
          >
            The search looks at names, categories, ways to sign in and what each is for.
          </EmptyState>
        ) : null}
        {shown ? (
          <div className={styles.panes}>
            <EntryList entries={entries} shown={shown.id} />
            <EntryDetail key={shown.id} entry={shown} />
          </div>
        ) : null}
      </main>
    </Frame>
  );
}
