import { Plug, SearchX } from "lucide-react";
import { useState } from "react";
import { useBindableConnectors } from "@/app/queries";
import { routeHash } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { TextInput } from "@/components/TextInput/TextInput";
import { connectorAdded, newConnectorId } from "@/model/appEdits";
import type { BindableConnector } from "@/platform/wire";
import { useAppEditor } from "../AppEditorContext";
import styles from "./Places.module.css";

/** More than these are found by searching. */
const MOST_SHOWN = 40;

interface Props {
  onClose: () => void;
  /** The id that it got in the app. */
  onAdded?: (id: string) => void;
}

/** Takes a connector of the library into the app. */
export function AddAppConnector({ onClose, onAdded }: Props) {
  const { app, edit } = useAppEditor();
  const connectors = useBindableConnectors();
  const [search, setSearch] = useState("");
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const all = connectors.data ?? [];
  const found = all.filter((one) => words.every((word) => one.name.toLowerCase().includes(word)));
  const isUsed = (one: BindableConnector) =>
    (app.connectors ?? []).some((used) => used.connector === one.id || used.connector === one.name);
  const add = (one: BindableConnector) => {
    const id = newConnectorId(app, one.name);
    edit("add connector", connectorAdded(app, { id, connector: one.id }));
    onClose();
    onAdded?.(id);
  };
  return (
    <Dialog title="Add a connector to the app" isOpen onClose={onClose} width={480}>
      {connectors.isSuccess && all.length === 0 ? (
        <EmptyState icon={<Plug size={26} strokeWidth={1.4} />} title="There is no connector yet">
          Make one first: <a href={routeHash({ screen: "connectors" })}>go to Connectors</a>. An app calls its
          endpoints.
        </EmptyState>
      ) : (
        <div className={styles.picker}>
          <TextInput
            label="Search connectors"
            labelHidden
            type="search"
            autoFocus
            placeholder="Search by name"
            value={search}
            onChange={setSearch}
          />
          {found.length === 0 && connectors.isSuccess ? (
            <EmptyState
              icon={<SearchX size={26} strokeWidth={1.4} />}
              title={`No connector matches “${search}”`}
            >
              The search looks at names.
            </EmptyState>
          ) : (
            <ul className={styles.choices} aria-label="Connectors of the library">
              {found.slice(0, MOST_SHOWN).map((one) => (
                <li key={one.id}>
                  <button type="button" className={styles.choice} onClick={() => add(one)}>
                    <b title={one.name}>{one.name}</b>
                    <span>
                      {one.endpoints.length} {one.endpoints.length === 1 ? "endpoint" : "endpoints"}
                      {isUsed(one) ? " · in the app already" : ""}
                    </span>
                  </button>
                </li>
              ))}
            </ul>
          )}
          {found.length > MOST_SHOWN ? (
            <p className={styles.muted}>
              and {(found.length - MOST_SHOWN).toLocaleString("en")} more. Search for them.
            </p>
          ) : null}
        </div>
      )}
      <DialogActions>
        <Button onPress={onClose}>Cancel</Button>
      </DialogActions>
    </Dialog>
  );
}
