import { useMutation } from "@tanstack/react-query";
import { FileInput, FolderOpen, Library, Plus, SearchX } from "lucide-react";
import { useDeferredValue, useState } from "react";
import { Frame, Spring } from "@/app/Frame/Frame";
import { KEYS, useConnectors, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorSummary } from "@/platform/wire";
import { AddConnectorDialog } from "./AddConnectorDialog/AddConnectorDialog";
import { ConnectorList } from "./ConnectorList/ConnectorList";
import styles from "./ConnectorsScreen.module.css";
import { FirstRun } from "./FirstRun/FirstRun";
import { ImportDialog } from "./ImportDialog/ImportDialog";
import { StartHere } from "./StartHere/StartHere";
import { useOpenFile } from "./useOpenFile";

/** Whoever has more knows where to start. */
const WITH_SAMPLES = 12;

export function ConnectorsScreen() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const openFile = useOpenFile();
  const [search, setSearch] = useState("");
  const query = useDeferredValue(search);
  const connectors = useConnectors(query);
  const [adding, setAdding] = useState(false);
  const [importing, setImporting] = useState(false);
  const [deleting, setDeleting] = useState<ConnectorSummary | null>(null);

  const remove = useMutation({
    mutationFn: (connector: ConnectorSummary) => platform.connectorDelete(connector.id),
    onSuccess: (_, connector) => notices.tell(`“${connector.name}” was deleted.`),
    onError: (error) => notices.fail("The connector was not deleted", error),
    onSettled: () => stale(KEYS.connectors, KEYS.status),
  });

  const first = connectors.data;
  const total = first?.total ?? 0;
  const isFirstRun = connectors.isSuccess && total === 0 && query === "";
  return (
    <Frame
      header={
        <>
          <b className={styles.crumb}>Connectors</b>
          {total > 0 ? <span className={styles.count}>{total.toLocaleString("en")}</span> : null}
          <Spring />
          {isFirstRun ? null : (
            <div className={styles.search}>
              <TextInput
                label="Search connectors"
                labelHidden
                type="search"
                placeholder="Search by name or address"
                value={search}
                onChange={setSearch}
              />
            </div>
          )}
          <Button onPress={() => goTo({ screen: "catalogue" })}>
            <Library size={14} aria-hidden />
            Catalogue
          </Button>
          <Button onPress={() => openFile.mutate()} isDisabled={openFile.isPending}>
            <FolderOpen size={14} aria-hidden />
            Open file
          </Button>
          <Button onPress={() => setImporting(true)}>
            <FileInput size={14} aria-hidden />
            Import
          </Button>
          <Button kind="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            Add connector
          </Button>
        </>
      }
    >
      <main className={styles.main}>
        {connectors.isError ? (
          <div className={styles.trouble}>
            <Note
              tone="danger"
              role="alert"
              code={toAppError(connectors.error).code}
              help={toAppError(connectors.error).hint}
              actions={<Button onPress={() => void connectors.refetch()}>Try again</Button>}
            >
              The connectors could not be read. {toAppError(connectors.error).message}
            </Note>
          </div>
        ) : null}
        {isFirstRun ? (
          <FirstRun
            onAdd={() => setAdding(true)}
            onImport={() => setImporting(true)}
            onOpen={() => openFile.mutate()}
          />
        ) : null}
        {connectors.isSuccess && total === 0 && query !== "" ? (
          <EmptyState
            icon={<SearchX size={28} strokeWidth={1.4} />}
            title={`No connector matches “${query}”`}
            actions={<Button onPress={() => setSearch("")}>Clear search</Button>}
          >
            The search looks at names and addresses.
          </EmptyState>
        ) : null}
        {query === "" && first && total > 0 && total <= WITH_SAMPLES ? (
          <StartHere connectors={first.connectors} />
        ) : null}
        {first && total > 0 ? <ConnectorList query={query} first={first} onDelete={setDeleting} /> : null}
      </main>
      {adding ? <AddConnectorDialog onClose={() => setAdding(false)} /> : null}
      {importing ? <ImportDialog onClose={() => setImporting(false)} /> : null}
      <ConfirmDialog
        title={`Delete “${deleting?.name ?? ""}”?`}
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        onConfirm={() => deleting && remove.mutate(deleting)}
        confirmLabel="Delete"
        danger
      >
        The connector goes with its draft, its secret variables, its sign-in and its runs. This cannot be
        undone.
        {deleting?.file_path ? ` The file ${deleting.file_path} stays.` : ""}
      </ConfirmDialog>
    </Frame>
  );
}
