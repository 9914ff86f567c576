import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { type App, locateControl, screenIndex, screensOf, screenTitle, usesOfConnector } from "@/model/app";
import { connectorRemoved, controlRemoved, screenRemoved } from "@/model/appEdits";
import { controlTitle } from "@/model/controlKinds";
import { type Deletion, useAppEditor } from "./AppEditorContext";
import { connectorTitle } from "./bindable";
import { DeleteFromApp } from "./DeleteFromApp";
import styles from "./Places/Places.module.css";
import { useControlActions } from "./useControlActions";

/** The question that a deletion leads to, where it breaks something. */
export function Deletions({ deletion, onClose }: { deletion: Deletion; onClose: () => void }) {
  switch (deletion.type) {
    case "control":
      return <ControlDeletion id={deletion.id} onClose={onClose} />;
    case "screen":
      return <ScreenDeletion id={deletion.id} onClose={onClose} />;
    case "connector":
      return <ConnectorDeletion id={deletion.id} onClose={onClose} />;
  }
}

interface Props {
  id: string;
  onClose: () => void;
}

function ControlDeletion({ id, onClose }: Props) {
  const { app } = useAppEditor();
  const actions = useControlActions();
  const control = locateControl(app, id)?.control;
  if (!control) return null;
  return (
    <DeleteFromApp
      title={controlTitle(control)}
      without={controlRemoved(app, id)}
      onClose={onClose}
      onDelete={() => actions.remove(control)}
    />
  );
}

function nextScreen(app: App, index: number): string {
  const screens = screensOf(app);
  return (screens[index + 1] ?? screens[index - 1])?.id ?? "";
}

function ScreenDeletion({ id, onClose }: Props) {
  const { app, edit, open, screen: shown } = useAppEditor();
  const index = screenIndex(app, id);
  const screen = screensOf(app)[index];
  if (!screen) return null;
  return (
    <DeleteFromApp
      title={screenTitle(screen)}
      without={screenRemoved(app, id)}
      onClose={onClose}
      onDelete={() => {
        edit("delete screen", screenRemoved(app, id));
        if (shown === index) open({ type: "screen", id: nextScreen(app, index) });
      }}
    />
  );
}

function ConnectorDeletion({ id, onClose }: Props) {
  const { app, edit, library } = useAppEditor();
  const used = app.connectors?.find((one) => one.id === id);
  if (!used) return null;
  const uses = usesOfConnector(app, id);
  return (
    <ConfirmDialog
      title={`Remove “${connectorTitle(used, library)}” from the app?`}
      isOpen
      onClose={onClose}
      onConfirm={() => edit("remove connector", connectorRemoved(app, id))}
      confirmLabel="Remove"
      cancelLabel="Keep it"
      danger
    >
      {uses.length === 0 ? (
        <p>Nothing in the app uses it. It stays in your library, with who is signed in.</p>
      ) : (
        <>
          <p>
            {uses.length === 1 ? "One place uses it" : `${uses.length} places use it`} and will not work any
            more. The connector itself stays in your library.
          </p>
          <ul className={styles.uses}>
            {uses.slice(0, 12).map((use) => (
              <li key={use}>{use}</li>
            ))}
          </ul>
          {uses.length > 12 ? <p>and {uses.length - 12} more.</p> : null}
        </>
      )}
    </ConfirmDialog>
  );
}
