/** The document being edited: its history, its draft with the core, and what of it is saved. */
import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from "react";
import { KEYS, useStale } from "@/app/queries";
import { useNotices } from "@/components/Notices/Notices";
import type { Connector } from "@/model/connector";
import { readDocument, writeDocument } from "@/model/document";
import { toAppError } from "@/platform/errors";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppError, ConnectorOpened, TestState } from "@/platform/wire";
import { DraftSaver, type DraftState } from "./draftSaver";
import { openHistory, reduceHistory } from "./history";
import type { Operation } from "./operations";

export type SaveResult = { ok: true; opened: ConnectorOpened } | { ok: false; error: AppError };

/** What the last save here left, in the core's own form. */
export interface SavedState {
  document: Connector;
  testState: TestState;
}

export interface DocumentState {
  /** Nothing where this editor has not saved yet. */
  lastSave: SavedState | null;
  document: Connector;
  text: () => string;
  apply: (...operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  undoLabel: string | null;
  redoLabel: string | null;
  isDirty: boolean;
  draftState: DraftState;
  saveNow: () => Promise<SaveResult>;
  discardDraft: () => Promise<void>;
  /** The saved file changed elsewhere: take that one, or go on and save over it. */
  takeSaved: (opened: ConnectorOpened) => Promise<void>;
  keepMine: (opened: ConnectorOpened) => Promise<SaveResult>;
  setBaseline: (document: Connector) => void;
  revision: number;
}

export function useDocument(opened: ConnectorOpened): DocumentState {
  const platform = usePlatform();
  const notices = useNotices();
  const [saved] = useState(() => readDocument(opened.document));
  const [history, dispatch] = useReducer(
    reduceHistory,
    opened.draft ? readDocument(opened.draft.document) : saved,
    openHistory,
  );
  const [baseline, setBaseline] = useState<Connector>(saved);
  const [draftState, setDraftState] = useState<DraftState>(opened.draft ? "saved" : "clean");
  const revision = useRef(opened.revision);
  const hasDraft = useRef(opened.draft !== null);
  const { document } = history;
  const isDirty = document !== baseline;

  const text = useCallback(() => writeDocument(document), [document]);
  const id = opened.id;

  const stale = useStale();
  const staleList = useRef<() => void>(() => {});
  staleList.current = () => stale(KEYS.connectors);
  const saver = useRef<DraftSaver | null>(null);
  const fail = useRef(notices.fail);
  fail.current = notices.fail;
  useEffect(() => {
    const made = new DraftSaver(
      async (draft) => {
        await platform.draftSave(id, draft);
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
  }, [platform, id]);

  const seen = useRef(document);
  useEffect(() => {
    if (seen.current === document) return;
    seen.current = document;
    if (document !== baseline) {
      saver.current?.schedule(writeDocument(document));
    } else {
      void saver.current?.forget().then(() => {
        if (hasDraft.current) {
          hasDraft.current = false;
          return platform.draftDiscard(id);
        }
      });
    }
  }, [document, baseline, platform, id]);

  const [lastSave, setLastSave] = useState<SavedState | null>(null);
  const latest = useRef(document);
  latest.current = document;

  const saveNow = useCallback(async (): Promise<SaveResult> => {
    const saving = latest.current;
    try {
      await saver.current?.flush();
      const result = await platform.connectorSave(id, writeDocument(saving), revision.current);
      revision.current = result.revision;
      const stored = readDocument(result.document);
      if (latest.current === saving) {
        hasDraft.current = false;
        await saver.current?.forget();
        seen.current = stored;
        dispatch({ type: "adopted", document: stored });
        setBaseline(stored);
        setLastSave({ document: stored, testState: result.test_state });
      } else {
        setBaseline(saving);
      }
      return { ok: true, opened: result };
    } catch (cause) {
      return { ok: false, error: toAppError(cause) };
    }
  }, [platform, id]);

  const takeSaved = useCallback(
    async (fresh: ConnectorOpened) => {
      await saver.current?.forget();
      await platform.draftDiscard(id);
      hasDraft.current = false;
      revision.current = fresh.revision;
      const stored = readDocument(fresh.document);
      seen.current = stored;
      setBaseline(stored);
      setLastSave({ document: stored, testState: fresh.test_state });
      dispatch({ type: "opened", document: stored });
    },
    [platform, id],
  );

  const keepMine = useCallback(
    (fresh: ConnectorOpened) => {
      revision.current = fresh.revision;
      return saveNow();
    },
    [saveNow],
  );

  const discardDraft = useCallback(
    async () => takeSaved(await platform.connectorOpen(id)),
    [platform, id, takeSaved],
  );

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
      takeSaved,
      keepMine,
    ],
  );
}
