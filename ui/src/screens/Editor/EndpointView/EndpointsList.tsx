import { Plus } from "lucide-react";
import { Button } from "@/components/Button/Button";
import { EmptyState } from "@/components/EmptyState/EmptyState";
import { useEditor } from "@/editor/EditorContext";
import { Findings } from "@/editor/Findings/Findings";
import { Place } from "@/editor/PlaceForm/Place";
import type { Endpoint } from "@/model/connector";
import { newEndpointId } from "@/model/document";
import styles from "./EndpointView.module.css";

export function EndpointsList() {
  const { document, apply, open } = useEditor();
  const endpoints = document.endpoints ?? [];
  const add = () => {
    const endpoint: Endpoint = {
      id: newEndpointId(document),
      name: "",
      request:
        document.kind === "graphql"
          ? { method: "POST", url: "", body: { type: "graphql", query: "query {\n  __typename\n}" } }
          : { method: "GET", url: "/" },
    };
    apply({ type: "item_inserted", list: ["endpoints"], index: endpoints.length, item: endpoint });
    open({ type: "endpoint", index: endpoints.length });
  };
  const addButton = (
    <Button kind={endpoints.length === 0 ? "primary" : "plain"} onPress={add}>
      <Plus size={14} aria-hidden />
      Add endpoint
    </Button>
  );
  return (
    <Place
      title="Endpoints"
      about="Calls of the API, run with the connector's sign-in and request parameters."
      actions={endpoints.length > 0 ? addButton : null}
    >
      {endpoints.length === 0 ? (
        <EmptyState title="No endpoints yet" actions={addButton}>
          Add the calls that you want to use, and run them from here.
        </EmptyState>
      ) : (
        <ul className={styles.list}>
          {endpoints.map((endpoint, index) => (
            <li key={index}>
              <button
                type="button"
                className={styles.row}
                data-testid={`endpoint-${endpoint.id}`}
                onClick={() => open({ type: "endpoint", index })}
              >
                <span className={styles.method}>{endpoint.request.method}</span>
                <b className={styles.name}>{endpoint.name || endpoint.id}</b>
                <span className={styles.url}>{endpoint.request.url || "/"}</span>
              </button>
            </li>
          ))}
        </ul>
      )}
      <Findings paths={[["endpoints"]]} />
    </Place>
  );
}
