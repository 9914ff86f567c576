import { useState } from "react";
import { Button } from "@/components/Button/Button";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { momentText } from "@/model/format";
import styles from "./EditorHeader.module.css";

interface Props {
  savedAt: number;
  /** As it is now. What was edited since the draft was opened is not given up without a question. */
  document: unknown;
  onKeep: () => void;
  onDiscard: () => Promise<void>;
}

/** Unsaved work of an earlier time is open; the person may go back to what was saved. */
export function DraftBanner({ savedAt, document, onKeep, onDiscard }: Props) {
  const notices = useNotices();
  const [opened] = useState(document);
  const [isAsking, setIsAsking] = useState(false);
  const discard = () => onDiscard().catch((cause) => notices.fail("The draft was not discarded", cause));
  return (
    <div className={styles.banner} data-testid="draft-banner">
      <Note
        tone="info"
        role="status"
        actions={
          <>
            <Button small onPress={() => (document === opened ? void discard() : setIsAsking(true))}>
              Discard draft
            </Button>
            <Button small onPress={onKeep}>
              Keep editing
            </Button>
          </>
        }
      >
        You have unsaved changes from {momentText(savedAt)}. They are shown here.
      </Note>
      <ConfirmDialog
        title="Discard what you changed just now too?"
        isOpen={isAsking}
        onClose={() => setIsAsking(false)}
        onConfirm={() => void discard()}
        confirmLabel="Discard all of it"
        danger
      >
        <p>
          What you changed since you opened this goes with the draft, and undo does not bring it back. What
          was saved last is shown again.
        </p>
      </ConfirmDialog>
    </div>
  );
}
