import { Plus, Trash2 } from "lucide-react";
import { useState } from "react";
import { routeHash } from "@/app/route";
import { Button, IconButton } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { useNotices } from "@/components/Notices/Notices";
import { Tag } from "@/components/Tag/Tag";
import { Toggle } from "@/components/Toggle/Toggle";
import { FieldFindings } from "@/editor/Findings/FieldFindings";
import { Findings } from "@/editor/Findings/Findings";
import { IdField, renamedWords } from "@/editor/IdField/IdField";
import { Place } from "@/editor/PlaceForm/Place";
import { type AppConnector, connectorIds, usesOfConnector } from "@/model/app";
import { connectorRenamed } from "@/model/appEdits";
import { formatPath } from "@/model/path";
import { idProblem } from "@/model/stepKinds";
import { useAppEditor } from "../AppEditorContext";
import { bindableOf, connectorTitle } from "../bindable";
import { AddAppConnector } from "./AddAppConnector";
import styles from "./Places.module.css";

const AT = ["connectors"] as const;
const NO_RESERVED: ReadonlySet<string> = new Set();

/** The connectors that the app calls. */
export function AppConnectorsPlace() {
  const { app } = useAppEditor();
  const [adding, setAdding] = useState(false);
  const connectors = app.connectors ?? [];
  const add = (
    <Button onPress={() => setAdding(true)}>
      <Plus size={14} aria-hidden />
      Add connector
    </Button>
  );
  return (
    <Place
      title="Connectors"
      about="What this app's controls and actions call. Each is on the managed auth screen once, however many controls use it."
      actions={connectors.length > 0 ? add : null}
    >
      {connectors.length === 0 ? (
        <EmptyState title="No connectors yet" actions={add}>
          Add one of your library; then bind a table to one of its endpoints.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {connectors.map((connector, index) => (
            <ConnectorRow key={`${connector.id} ${index}`} used={connector} index={index} />
          ))}
        </ul>
      )}
      <Findings paths={[AT]} />
      {adding ? <AddAppConnector onClose={() => setAdding(false)} /> : null}
    </Place>
  );
}

function ConnectorRow({ used, index }: { used: AppConnector; index: number }) {
  const { app, apply, edit, askDelete, library } = useAppEditor();
  const notices = useNotices();
  const at = [...AT, index];
  const bound = bindableOf(used, library);
  const title = connectorTitle(used, library);
  const uses = usesOfConnector(app, used.id);
  const taken = connectorIds(app);
  taken.delete(used.id);
  const isRequired = used.required !== false;
  return (
    <li className={styles.connector} data-path={formatPath(at)} data-testid={`app-connector-${used.id}`}>
      <div className={styles.connectorHead}>
        {bound && !used.definition ? (
          <a
            className={styles.connectorName}
            href={routeHash({ screen: "connector", id: bound.id })}
            title={title}
          >
            {title}
          </a>
        ) : (
          <b className={styles.connectorName} title={title}>
            {title}
          </b>
        )}
        {used.definition ? <Tag title="The app's file has the connector in it">in the file</Tag> : null}
        {bound || library === null ? null : <Tag tone="danger">not in the library</Tag>}
        <span className={styles.spring} />
        <IconButton
          label={`Remove ${title}`}
          icon={<Trash2 size={14} />}
          onPress={() => askDelete({ type: "connector", id: used.id })}
        />
      </div>
      <div className={styles.connectorBody}>
        <IdField
          id={used.id}
          problemOf={(id) => idProblem(id, "connector", NO_RESERVED, taken)}
          description="What sources and actions call it."
          rename={(id) => {
            const renamed = connectorRenamed(app, used.id, id);
            edit("rename connector", renamed.app);
            notices.tell(renamedWords("connector", id, renamed.changed));
          }}
        />
        <div className={styles.required}>
          <Toggle
            label="Required"
            description={
              isRequired
                ? "Continue waits until it is signed in."
                : "The person can continue without it, and is asked when it is needed."
            }
            isSelected={isRequired}
            onChange={(on) =>
              apply({ type: "value_set", at: [...at, "required"], value: on ? undefined : false })
            }
          />
        </div>
      </div>
      <p className={styles.muted}>
        {uses.length === 0
          ? "Nothing uses it yet."
          : `Used by ${uses.slice(0, 4).join(", ")}${uses.length > 4 ? ` and ${uses.length - 4} more` : ""}.`}
      </p>
      <FieldFindings at={[...at, "connector"]} />
    </li>
  );
}
