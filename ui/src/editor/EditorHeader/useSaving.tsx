/** Save, with its word for the header and the question that a save elsewhere leads to. */
import { type ReactNode, type RefObject, useEffect, useState } from "react";
import { useNotices } from "@/components/Notices/Notices";
import type { DocumentState, Opened, SaveResult } from "../useDocument";
import { ConflictDialog } from "./ConflictDialog";

interface Options<Document, File> {
  state: DocumentState<Document, File>;
  /** What is saved: "connector". */
  noun: string;
  /** Reads again what is saved. */
  openAgain: () => Promise<File>;
  onSaved: () => void;
  /** Another program changed the file that it is saved to. */
  onFileChanged?: () => void;
  /** Takes the function that saves, for the keyboard. */
  saveRef: RefObject<() => void>;
}

export interface Saving {
  save: () => Promise<void>;
  isSaving: boolean;
  /** How the work is kept. */
  word: string;
  dialog: ReactNode;
}

function draftWord<Document, File>(state: DocumentState<Document, File>): string {
  if (!state.isDirty) return "Saved";
  switch (state.draftState) {
    case "failed":
      return "Draft not saved";
    case "saved":
      return "Draft saved";
    default:
      return "Saving draft…";
  }
}

export function useSaving<Document, File extends Opened>(options: Options<Document, File>): Saving {
  const { state, noun, openAgain, onSaved, onFileChanged, saveRef } = options;
  const notices = useNotices();
  const [isSaving, setIsSaving] = useState(false);
  const [conflict, setConflict] = useState<File | null>(null);
  const failed = `The ${noun} was not saved`;

  const settle = async (result: SaveResult) => {
    if (result.ok) {
      setConflict(null);
      onSaved();
    } else if (result.error.code === "file.conflict") {
      setConflict(await openAgain());
    } else if (result.error.code === "file.changed" && onFileChanged) {
      onFileChanged();
    } else {
      notices.fail(failed, result.error);
    }
  };
  const save = async () => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      await settle(await state.saveNow());
    } catch (cause) {
      notices.fail(failed, cause);
    } finally {
      setIsSaving(false);
    }
  };
  useEffect(() => {
    saveRef.current = () => void save();
  });
  return {
    save,
    isSaving,
    word: isSaving ? "Saving…" : draftWord(state),
    dialog: conflict ? (
      <ConflictDialog
        noun={noun}
        savedAt={conflict.updated_at}
        onClose={() => setConflict(null)}
        onKeepMine={async () => settle(await state.keepMine(conflict))}
        onTakeTheirs={async () => {
          await state.takeSaved(conflict);
          setConflict(null);
          onSaved();
        }}
      />
    ) : null,
  };
}
