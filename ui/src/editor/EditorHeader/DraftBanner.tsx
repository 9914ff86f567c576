import { Button } from "@/components/Button/Button";
import { Note } from "@/components/Note/Note";
import { useNotices } from "@/components/Notices/Notices";
import { momentText } from "@/model/format";
import styles from "./EditorHeader.module.css";

interface Props {
  savedAt: number;
  onKeep: () => void;
  onDiscard: () => Promise<void>;
}

/** Unsaved work of an earlier time is open; the person may go back to what was saved. */
export function DraftBanner({ savedAt, onKeep, onDiscard }: Props) {
  const notices = useNotices();
  return (
    <div className={styles.banner} data-testid="draft-banner">
      <Note
        tone="info"
        role="status"
        actions={
          <>
            <Button
              small
              onPress={() => onDiscard().catch((cause) => notices.fail("The draft was not discarded", cause))}
            >
              Discard draft
            </Button>
            <Button small kind="primary" onPress={onKeep}>
              Keep editing
            </Button>
          </>
        }
      >
        You have unsaved changes from {momentText(savedAt)}. They are shown here.
      </Note>
    </div>
  );
}
