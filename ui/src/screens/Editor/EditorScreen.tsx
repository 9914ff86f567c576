import { useQuery } from "@tanstack/react-query";
import { Frame } from "@/app/Frame/Frame";
import { goTo } from "@/app/route";
import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import { ConnectorEditor } from "./ConnectorEditor";
import styles from "./Editor.module.css";

/** Opens a connector and hands it to the editor; the document is the editor's from then on. */
export function EditorScreen({ id }: { id: string }) {
  const platform = usePlatform();
  const opened = useQuery({
    queryKey: ["connector", id],
    queryFn: () => platform.connectorOpen(id),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
    refetchOnWindowFocus: false,
  });
  if (opened.isSuccess) return <ConnectorEditor opened={opened.data} />;
  const error = opened.isError ? toAppError(opened.error) : null;
  return (
    <Frame header={<b>Connectors</b>}>
      <main className={styles.trouble}>
        {error ? (
          <Note
            tone="danger"
            role="alert"
            code={error.code}
            help={error.hint}
            actions={<Button onPress={() => goTo({ screen: "connectors" })}>Back to connectors</Button>}
          >
            The connector could not be opened. {error.message}
          </Note>
        ) : (
          <p role="status">Opening…</p>
        )}
      </main>
    </Frame>
  );
}
