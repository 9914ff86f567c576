import { Ellipsis } from "lucide-react";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { Note } from "@/components/Note/Note";
import { sentence, spoken } from "@/model/sentence";
import { useEditor } from "../EditorContext";
import styles from "./GraphqlEditor.module.css";
import { type SchemaState, schemaWords } from "./useSchema";

/** Which schema completes here, from when, and how to get another one. */
export function SchemaBar({ state }: { state: SchemaState }) {
  const { run, startRun } = useEditor();
  const { schema, error, isFetching } = state;
  return (
    <div className={styles.schema}>
      <div className={styles.bar}>
        <span className={styles.which} role="status" data-testid="graphql-schema">
          {isFetching ? "Fetching the schema…" : schemaWords(schema)}
        </span>
        <Button small isDisabled={isFetching} onPress={state.fetch}>
          {schema && !schema.file_name ? "Fetch again" : "Fetch schema"}
        </Button>
        <MenuButton
          label="More for the schema"
          entries={[
            { id: "file", label: "Schema from a file…", onAction: state.choose },
            ...(schema ? [{ id: "forget", label: "Remove the schema", onAction: state.forget }] : []),
          ]}
        >
          <IconButton label="More for the schema" hint="More" icon={<Ellipsis size={16} />} />
        </MenuButton>
      </div>
      {error ? (
        <Note
          tone="danger"
          role="alert"
          code={error.code}
          help={error.hint ? sentence(error.hint) : null}
          actions={
            error.code === "session.needs_you" ? (
              <Button small isDisabled={run.isRunning} onPress={() => startRun({ type: "auth_steps" })}>
                Test auth steps
              </Button>
            ) : null
          }
        >
          {spoken(error.message)}
        </Note>
      ) : null}
    </div>
  );
}
