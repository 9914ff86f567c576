import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { ConfirmDialog } from "@/components/ConfirmDialog/ConfirmDialog";
import { Spoken } from "@/components/Spoken/Spoken";
import styles from "./DeleteDialog.module.css";

/** Something that a deletion breaks. */
export interface Broken {
  /** An expression, or what would be said of it. */
  what: string;
  isCode: boolean;
  where: string;
}

interface Props {
  title: string;
  /** What is asked about, for the answer to be kept under. */
  question: readonly string[];
  ask: () => Promise<readonly Broken[]>;
  /** What is said above the list. */
  intro: (count: number) => string;
  onClose: () => void;
  onDelete: () => void;
}

const MOST_SHOWN = 12;

/** Deletes at once where that breaks nothing; otherwise shows first what would break. */
export function DeleteDialog({ title, question, ask, intro, onClose, onDelete }: Props) {
  const answer = useQuery({ queryKey: ["deletion", ...question], queryFn: ask, gcTime: 0 });
  const broken = answer.data ?? [];
  const done = useRef(false);
  // A question that nobody could answer does not stand in the way: undo is there.
  const isFree = (answer.isSuccess && broken.length === 0) || answer.isError;
  useEffect(() => {
    if (!isFree || done.current) return;
    done.current = true;
    onDelete();
    onClose();
  }, [isFree, onDelete, onClose]);
  return (
    <ConfirmDialog
      title={title}
      isOpen={broken.length > 0}
      onClose={onClose}
      onConfirm={onDelete}
      confirmLabel="Delete anyway"
      cancelLabel="Keep it"
      danger
    >
      <p>{intro(broken.length)}</p>
      <ul className={styles.references}>
        {broken.slice(0, MOST_SHOWN).map((one) => (
          <li key={`${one.where} ${one.what}`}>
            {one.isCode ? (
              <code>{one.what}</code>
            ) : (
              <b>
                <Spoken text={one.what} />
              </b>
            )}
            <span>{one.where}</span>
          </li>
        ))}
      </ul>
      {broken.length > MOST_SHOWN ? <p>and {broken.length - MOST_SHOWN} more.</p> : null}
    </ConfirmDialog>
  );
}
