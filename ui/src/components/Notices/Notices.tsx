/** Short notices at the window's foot: what went wrong or was done, where there is no better place to say so. */

import { X } from "lucide-react";
import { createContext, type ReactNode, use, useCallback, useMemo, useRef, useState } from "react";
import { IconButton } from "@/components/Button/Button";
import { Note, type NoteTone } from "@/components/Note/Note";
import { Marked } from "@/components/Spoken/Spoken";
import { spoken } from "@/model/sentence";
import { toAppError } from "@/platform/errors";
import styles from "./Notices.module.css";

interface Notice {
  id: number;
  tone: NoteTone;
  message: string;
  code: string | null;
  help: string | null;
  testId?: string;
  /** Says that undo brings something back, which is true of the newest of these alone. */
  isUndoable?: boolean;
}

/** Something to be said that is neither done work nor a failed command. */
export interface Saying extends Omit<Notice, "id"> {
  /** Whether it stays until it is dismissed. */
  stays: boolean;
}

interface NoticeBoard {
  tell: (message: string) => void;
  /** Says what was done that undo takes back; it takes the place of the one before, which undo takes back no more. */
  tellUndoable: (done: string) => void;
  /** Shows what a rejected command said. `what` names what failed: "The connector was not saved". */
  fail: (what: string, cause: unknown) => void;
  say: (saying: Saying) => void;
}

const NoticeContext = createContext<NoticeBoard>({
  tell: () => {},
  tellUndoable: () => {},
  fail: () => {},
  say: () => {},
});

export function useNotices(): NoticeBoard {
  return use(NoticeContext);
}

const TOLD_MS = 4000;
/** What is longer takes longer to read. */
const MS_A_CHARACTER = 60;

export function NoticesProvider({ children }: { children: ReactNode }) {
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const nextId = useRef(0);
  const dismiss = useCallback((id: number) => setNotices((all) => all.filter((one) => one.id !== id)), []);
  const board = useMemo<NoticeBoard>(() => {
    const add = (notice: Omit<Notice, "id">) => {
      nextId.current += 1;
      const id = nextId.current;
      setNotices((all) =>
        [
          ...all.filter(
            (one) =>
              one.message !== notice.message && !(one.isUndoable === true && notice.isUndoable === true),
          ),
          { ...notice, id },
        ].slice(-3),
      );
      return id;
    };
    const tell = (message: string, isUndoable = false) => {
      const id = add({ tone: "ok", message, code: null, help: null, isUndoable });
      setTimeout(() => dismiss(id), TOLD_MS);
    };
    return {
      tell: (message) => tell(message),
      tellUndoable: (done) => tell(`${done} Undo brings it back.`, true),
      fail: (what, cause) => {
        const error = toAppError(cause);
        add({
          tone: "danger",
          message: `${what}. ${spoken(error.message)}`,
          code: error.code,
          help: error.hint,
        });
      },
      say: ({ stays, ...notice }) => {
        const id = add(notice);
        if (!stays) {
          setTimeout(() => dismiss(id), Math.max(TOLD_MS, notice.message.length * MS_A_CHARACTER));
        }
      },
    };
  }, [dismiss]);
  return (
    <NoticeContext value={board}>
      {children}
      {/* Over every dialog: an open one neither hides the notices nor closes when one of them is pressed. */}
      <section
        className={styles.board}
        aria-label="Notices"
        aria-live="polite"
        data-react-aria-top-layer="true"
      >
        {notices.map((notice) => (
          <div key={notice.id} className={styles.notice} data-testid={notice.testId}>
            <Note
              tone={notice.tone}
              code={notice.code}
              help={notice.help}
              role={notice.tone === "danger" ? "alert" : "status"}
              actions={
                <IconButton label="Dismiss" icon={<X size={14} />} onPress={() => dismiss(notice.id)} />
              }
            >
              <Marked text={notice.message} />
            </Note>
          </div>
        ))}
      </section>
    </NoticeContext>
  );
}
