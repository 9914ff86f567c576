import { useMutation } from "@tanstack/react-query";
import { AppWindow, FileInput, Plus, SearchX } from "lucide-react";
import { useState } from "react";
import { Frame, Spring } from "@/app/Frame/Frame";
import { KEYS, useApps, useStale } from "@/app/queries";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { Spoken } from "@/components/Spoken/Spoken";
import { TextInput } from "@/components/TextInput/TextInput";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppSummary } from "@/platform/wire";
import { AddAppDialog } from "./AddAppDialog/AddAppDialog";
import { AppRow } from "./AppRow/AppRow";
import styles from "./AppsScreen.module.css";
import { useImportApp } from "./useImportApp";

/** As many are seen at a glance: there is nothing to search for. */
const SEARCHABLE = 20;

export function AppsScreen() {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const apps = useApps();
  const importing = useImportApp();
  const [search, setSearch] = useState("");
  const [adding, setAdding] = useState(false);
  const [deleting, setDeleting] = useState<AppSummary | null>(null);
  const remove = useMutation({
    mutationFn: (app: AppSummary) => platform.appDelete(app.id),
    onSuccess: (_, app) => notices.tell(`“${app.name}” was deleted.`),
    onError: (error) => notices.fail("The app was not deleted", error),
    onSettled: () => stale(KEYS.apps, KEYS.status),
  });
  const all = apps.data ?? [];
  const query = search.trim().toLowerCase();
  const rows = all.filter((app) => `${app.name} ${app.description ?? ""}`.toLowerCase().includes(query));
  return (
    <Frame
      header={
        <>
          <b className={styles.crumb}>Apps</b>
          {all.length > 0 ? <span className={styles.count}>{all.length.toLocaleString("en")}</span> : null}
          <Spring />
          {all.length >= SEARCHABLE ? (
            <div className={styles.search}>
              <TextInput
                label="Search apps"
                labelHidden
                type="search"
                placeholder="Search by name"
                value={search}
                onChange={setSearch}
              />
            </div>
          ) : null}
          <Button onPress={() => importing.mutate()} isDisabled={importing.isPending}>
            <FileInput size={14} aria-hidden />
            Import
          </Button>
          <Button kind="primary" onPress={() => setAdding(true)}>
            <Plus size={14} aria-hidden />
            Add app
          </Button>
        </>
      }
    >
      <main className={styles.main}>
        {apps.isError ? (
          <Note
            tone="danger"
            role="alert"
            code={toAppError(apps.error).code}
            help={toAppError(apps.error).hint}
            actions={<Button onPress={() => void apps.refetch()}>Try again</Button>}
          >
            The apps could not be read. <Spoken text={toAppError(apps.error).message} />
          </Note>
        ) : null}
        {apps.isSuccess && all.length === 0 ? (
          <div className={styles.empty}>
            <EmptyState
              icon={<AppWindow size={30} strokeWidth={1.4} />}
              title="No apps yet"
              actions={
                <>
                  <Button kind="primary" onPress={() => setAdding(true)}>
                    <Plus size={14} aria-hidden />
                    Add your first app
                  </Button>
                  <Button onPress={() => goTo({ screen: "practice" })}>Try the sample app</Button>
                </>
              }
            >
              An app is what people use: screens with tables, inputs and buttons that call your connectors.
              They sign in once to each and never see a token. First give it a name, then add a connector,
              then a table for one of its endpoints.
            </EmptyState>
          </div>
        ) : null}
        {all.length > 0 && rows.length === 0 ? (
          <EmptyState
            icon={<SearchX size={28} strokeWidth={1.4} />}
            title={`No app matches “${search}”`}
            actions={<Button onPress={() => setSearch("")}>Clear search</Button>}
          >
            The search looks at names and descriptions.
          </EmptyState>
        ) : null}
        {rows.length > 0 ? (
          <ul className={styles.list} aria-label="Apps">
            {rows.map((app) => (
              <li key={app.id}>
                <AppRow app={app} onDelete={() => setDeleting(app)} />
              </li>
            ))}
          </ul>
        ) : null}
      </main>
      {adding ? <AddAppDialog onClose={() => setAdding(false)} /> : null}
      <ConfirmDialog
        title={`Delete “${deleting?.name ?? ""}”?`}
        isOpen={deleting !== null}
        onClose={() => setDeleting(null)}
        onConfirm={() => deleting && remove.mutate(deleting)}
        confirmLabel="Delete"
        danger
      >
        The app goes with its draft. Its connectors stay, and so does who is signed in to them. This cannot be
        undone.
      </ConfirmDialog>
    </Frame>
  );
}
