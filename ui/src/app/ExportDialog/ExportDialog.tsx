import { useMutation, useQuery } from "@tanstack/react-query";
import { Copy, Download } from "lucide-react";
import { useCopy } from "@/app/useCopy";
import { Button } from "@/components/Button/Button";
import { Dialog, DialogActions } from "@/components/Dialog/Dialog";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { Marked, Spoken } from "@/components/Spoken/Spoken";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import styles from "./ExportDialog.module.css";

export type ForeignExport = "curl" | "open_api";

const WORDS: Record<ForeignExport, { title: string; about: string; copied: string }> = {
  curl: {
    title: "Export as a cURL script",
    about:
      "A shell script with a command for each endpoint. Secrets, and what signing in gives, come from the environment of whoever runs it.",
    copied: "The script",
  },
  open_api: {
    title: "Export as OpenAPI",
    about: "An OpenAPI 3.1 document: endpoints, inputs and security schemes. No secret is in it.",
    copied: "The document",
  },
};

/** More than this is to be saved, not looked at. */
const SHOWN = 20_000;

/** A connector, as it was saved last, as a text of another tool: to look at, to copy, to save. */
export function ExportDialog({
  id,
  kind,
  onClose,
}: {
  id: string;
  kind: ForeignExport;
  onClose: () => void;
}) {
  const platform = usePlatform();
  const notices = useNotices();
  const copy = useCopy();
  const words = WORDS[kind];
  const text = useQuery({
    queryKey: ["export", id, kind],
    queryFn: () => platform.connectorExportText(id, kind),
    gcTime: 0,
    staleTime: 0,
    retry: false,
  });
  const save = useMutation({
    mutationFn: () => platform.connectorExportAs(id, kind),
    onSuccess: (path) => {
      if (!path) return;
      notices.tell(`Exported to ${path}`);
      onClose();
    },
    onError: (error) => notices.fail("The connector was not exported", error),
  });
  const error = text.error ? toAppError(text.error) : null;
  const isCut = (text.data?.text.length ?? 0) > SHOWN;
  return (
    <Dialog title={words.title} isOpen onClose={onClose} width={640} testId="export-dialog">
      <div className={styles.body}>
        <p className={styles.about}>{words.about}</p>
        {error ? (
          <Note tone="danger" role="alert" code={error.code} help={error.hint}>
            <Spoken text={error.message} />
          </Note>
        ) : null}
        {text.data ? (
          <>
            {text.data.notes.length > 0 ? (
              <div className={styles.notes} data-testid="export-notes">
                {text.data.notes.map((note) => (
                  <Note key={note} tone="info">
                    <Marked text={note} />
                  </Note>
                ))}
              </div>
            ) : null}
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by keyboard */}
            <pre className={styles.text} data-testid="export-text" tabIndex={0}>
              {isCut ? `${text.data.text.slice(0, SHOWN)}\n…` : text.data.text}
            </pre>
            {isCut ? (
              <p className={styles.about}>Only the beginning is shown; it is copied and saved whole.</p>
            ) : null}
          </>
        ) : null}
      </div>
      <DialogActions>
        <Button onPress={onClose}>Close</Button>
        <Button isDisabled={!text.data} onPress={() => text.data && copy(text.data.text, words.copied)}>
          <Copy size={14} aria-hidden />
          Copy
        </Button>
        <Button kind="primary" isDisabled={!text.data || save.isPending} onPress={() => save.mutate()}>
          <Download size={14} aria-hidden />
          Save…
        </Button>
      </DialogActions>
    </Dialog>
  );
}
