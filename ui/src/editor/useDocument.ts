/** The document being edited: its history, its draft with the core, and what of it is saved. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { useStale } from "@/app/queries";
import { useNotices } from "@/components/Notices/Notices";
import { toAppError } from "@/platform/errors";
import type { AppError, Draft } from "@/platform/wire";
import { DraftSaver, type DraftState } from "./draftSaver";
import { openHistory, reduceHistory } from "./history";
import type { Operation } from "./operations";

/** What the core gives for a document that is opened: a connector, an app. */
export interface Opened {
  id: string;
  document: string;
  revision: number;
  draft: Draft | null;
  updated_at: number;
}

/** How documents of a kind are read, written and kept. One for a kind: the same object from one drawing to the next. */
export interface DocumentFiles<Document, File extends Opened> {
  read: (text: string) => Document;
  write: (document: Document) => string;
  open: (id: string) => Promise<File>;
  save: (id: string, text: string, revision: number) => Promise<File>;
  draftSave: (id: string, text: string) => Promise<unknown>;
  draftDiscard: (id: string) => Promise<unknown>;
  /** The list that shows whether there is a draft. */
  listKey: readonly string[];
}

export type SaveResult = { ok: true } | { ok: false; error: AppError };

/** What the last save here left, in the core's own form. */
export interface SavedState<Document, File> {
  document: Document;
  opened: File;
}

export interface DocumentState<Document, File> {
  /** Nothing where this editor has not saved yet. */
  lastSave: SavedState<Document, File> | null;
  document: Document;
  text: () => string;
  apply: (...operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  undoLabel: string | null;
  redoLabel: string | null;
  isDirty: boolean;
  draftState: DraftState;
  /** Saves the document, or one that takes its place once it is saved. */
  saveNow: (replacement?: Document) => Promise<SaveResult>;
  discardDraft: () => Promise<void>;
  /** Keeps what waits to be kept; resolves when the core has it. */
  keepDraft: () => Promise<void>;
  /**
   * The saved file changed elsewhere: take that one, or go on and save over it. With a reason, undo goes back to what
   * was here.
   */
  takeSaved: (opened: File, reason?: string) => Promise<void>;
  keepMine: (opened: File) => Promise<SaveResult>;
  setBaseline: (document: Document) => void;
  revision: number;
}

export function useDocument<Document, File extends Opened>(
  opened: File,
  files: DocumentFiles<Document, File>,
): DocumentState<Document, File> {
  const notices = useNotices();
  const [saved] = useState(() => files.read(opened.document));
  const [history, dispatch] = useReducer(
    reduceHistory<Document>,
    opened.draft ? files.read(opened.draft.document) : saved,
    openHistory<Document>,
  );
  const [baseline, setBaseline] = useState<Document>(saved);
  const [draftState, setDraftState] = useState<DraftState>(opened.draft ? "saved" : "clean");
  const revision = useRef(opened.revision);
  const hasDraft = useRef(opened.draft !== null);
  const { document } = history;
  const isDirty = document !== baseline;

  const text = useCallback(() => files.write(document), [files, document]);
  const id = opened.id;

  const stale = useStale();
  const staleList = useRef<() => void>(() => {});
  staleList.current = () => stale(files.listKey);
  const saver = useRef<DraftSaver | null>(null);
  const fail = useRef(notices.fail);
  fail.current = notices.fail;
  useEffect(() => {
    const made = new DraftSaver(
      async (draft) => {
        await files.draftSave(id, draft);
        hasDraft.current = true;
      },
      (state, error) => {
        setDraftState(state);
        if (state === "failed") fail.current("The draft could not be saved", error);
      },
    );
    saver.current = made;
    const flush = () => void made.flush();
    window.addEventListener("blur", flush);
    window.addEventListener("pagehide", flush);
    window.document.addEventListener("visibilitychange", flush);
    return () => {
      window.removeEventListener("blur", flush);
      window.removeEventListener("pagehide", flush);
      window.document.removeEventListener("visibilitychange", flush);
      saver.current = null;
      void made.close().then(() => staleList.current());
    };
  }, [files, id]);

  const seen = useRef(document);
  useEffect(() => {
    if (seen.current === document) return;
    seen.current = document;
    if (document !== baseline) {
      saver.current?.schedule(files.write(document));
    } else {
      void saver.current?.forget().then(() => {
        if (hasDraft.current) {
          hasDraft.current = false;
          return files.draftDiscard(id);
        }
      });
    }
  }, [document, baseline, files, id]);

  const [lastSave, setLastSave] = useState<SavedState<Document, File> | null>(null);
  const latest = useRef(document);
  latest.current = document;

  const replace = useCallback((next: Document, reason: string) => {
    const operation: Operation = { type: "document_replaced", document: next, reason };
    dispatch({ type: "applied", operations: [operation], now: Date.now() });
  }, []);

  const saveNow = useCallback(
    async (replacement?: Document): Promise<SaveResult> => {
      const before = latest.current;
      const saving = replacement ?? before;
      try {
        await saver.current?.flush();
        const result = await files.save(id, files.write(saving), revision.current);
        revision.current = result.revision;
        const stored = files.read(result.document);
        if (latest.current === before) {
          hasDraft.current = false;
          await saver.current?.forget();
          seen.current = stored;
          if (replacement === undefined) dispatch({ type: "adopted", document: stored });
          else replace(stored, "merge");
          setBaseline(stored);
          setLastSave({ document: stored, opened: result });
        } else {
          setBaseline(saving);
        }
        return { ok: true };
      } catch (cause) {
        return { ok: false, error: toAppError(cause) };
      }
    },
    [files, id, replace],
  );

  const takeSaved = useCallback(
    async (fresh: File, reason?: string) => {
      await saver.current?.forget();
      await files.draftDiscard(id);
      hasDraft.current = false;
      revision.current = fresh.revision;
      const stored = files.read(fresh.document);
      seen.current = stored;
      setBaseline(stored);
      setLastSave({ document: stored, opened: fresh });
      if (reason === undefined) dispatch({ type: "opened", document: stored });
      else replace(stored, reason);
    },
    [files, id, replace],
  );

  const keepMine = useCallback(
    (fresh: File) => {
      revision.current = fresh.revision;
      return saveNow();
    },
    [saveNow],
  );

  const discardDraft = useCallback(async () => takeSaved(await files.open(id)), [files, id, takeSaved]);

  const keepDraft = useCallback(async () => saver.current?.flush(), []);

  const apply = useCallback(
    (...operations: Operation[]) => dispatch({ type: "applied", operations, now: Date.now() }),
    [],
  );
  const undo = useCallback(() => dispatch({ type: "undone" }), []);
  const redo = useCallback(() => dispatch({ type: "redone" }), []);
  const undoLabel = history.past.at(-1)?.label ?? null;
  const redoLabel = history.future[0]?.label ?? null;

  return useMemo(
    () => ({
      document,
      text,
      apply,
      undo,
      redo,
      undoLabel,
      redoLabel,
      isDirty,
      draftState,
      saveNow,
      discardDraft,
      keepDraft,
      takeSaved,
      keepMine,
      setBaseline,
      lastSave,
      revision: revision.current,
    }),
    [
      document,
      lastSave,
      text,
      apply,
      undo,
      redo,
      undoLabel,
      redoLabel,
      isDirty,
      draftState,
      saveNow,
      discardDraft,
      keepDraft,
      takeSaved,
      keepMine,
    ],
  );
}
