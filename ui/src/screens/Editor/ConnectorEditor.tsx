import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Frame } from "@/app/Frame/Frame";
import { KEYS, sessionKeys, useStale } from "@/app/queries";
import type { FieldHandle } from "@/components/CodeField/CodeField";
import { Claims } from "@/editor/claims";
import { EditorProvider, type EditorState, type RoughText } from "@/editor/EditorContext";
import { existingPlace, firstPlace, type Place, placeOfPath } from "@/editor/place";
import { useDiagnostics } from "@/editor/useDiagnostics";
import { useDocument } from "@/editor/useDocument";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorOpened, RunWhat } from "@/platform/wire";
import { waitingSignIn } from "@/run/timeline";
import { useRun } from "@/run/useRun";
import styles from "./Editor.module.css";
import { DraftBanner } from "./EditorHeader/DraftBanner";
import { EditorHeader } from "./EditorHeader/EditorHeader";
import { FlowPane } from "./FlowPane/FlowPane";
import { FormModal } from "./FormModal/FormModal";
import { PlaceView } from "./PlaceView";
import { RunPanel } from "./RunPanel/RunPanel";
import { useEditorKeys } from "./useEditorKeys";
import { useTestState } from "./useTestState";

export function ConnectorEditor({ opened }: { opened: ConnectorOpened }) {
  const platform = usePlatform();
  const stale = useStale();
  const state = useDocument(opened);
  const { document, text } = state;
  const { id } = opened;
  const diagnostics = useDiagnostics(document);
  const [chosen, setChosen] = useState<Place>(() => firstPlace(document));
  const place = existingPlace(document, chosen);
  const [revealed, setRevealed] = useState<{ path: string } | null>(null);
  const [runIsOpen, setRunIsOpen] = useState(false);
  const [draft, setDraft] = useState(opened.draft);
  const claims = useMemo(() => new Claims(), []);
  const lastField = useRef<FieldHandle | null>(null);
  const roughTexts = useRef(new Map<string, RoughText>());
  const middle = useRef<HTMLElement>(null);

  const run = useRun(id, () => stale(KEYS.runs(id), ...sessionKeys(id)));
  const test = useTestState(opened.test_state, document, opened.draft !== null, run.timeline, state.lastSave);

  const open = useCallback((next: Place) => {
    // The field that was being edited goes away with its form.
    lastField.current = null;
    setChosen(next);
    setRevealed(null);
    // In a narrow window the run lies over what was just asked to be seen.
    setRunIsOpen(false);
    middle.current?.scrollTo?.(0, 0);
  }, []);
  const reveal = useCallback(
    (path: string) => {
      lastField.current = null;
      setChosen(placeOfPath(document, path));
      setRevealed({ path });
      setRunIsOpen(false);
    },
    [document],
  );
  useEffect(() => {
    if (!revealed) return;
    // The form and its tab are drawn first; then the cursor goes to the field nearest to the path.
    const timer = setTimeout(() => {
      const fields = [...(middle.current?.querySelectorAll<HTMLElement>("[data-path]") ?? [])];
      const field = fields.find((one) => revealed.path.startsWith(one.dataset.path ?? "?"));
      field?.querySelector<HTMLElement>(".cm-content, input")?.focus();
      field?.scrollIntoView({ block: "center" });
    }, 50);
    return () => clearTimeout(timer);
  }, [revealed]);

  const namesAt = useCallback((path: string) => platform.templateNames(text(), path), [platform, text]);
  const startRun = useCallback(
    (what: RunWhat) => {
      // An endpoint's answer is shown beside its request; the panel need not cover it.
      if (what.type !== "endpoint") setRunIsOpen(true);
      run.start(text(), what);
    },
    [run, text],
  );

  // Whatever was run: a sign-in that waits for the person is where they can see it.
  const isWaiting = waitingSignIn(run.timeline) !== null;
  useEffect(() => {
    if (isWaiting) setRunIsOpen(true);
  }, [isWaiting]);

  const editor = useMemo<EditorState>(
    () => ({
      connectorId: id,
      document,
      filePath: opened.file_path,
      apply: state.apply,
      undo: state.undo,
      redo: state.redo,
      undoLabel: state.undoLabel,
      redoLabel: state.redoLabel,
      isDirty: state.isDirty,
      draftState: state.draftState,
      testState: test.state,
      place,
      open,
      reveal,
      revealed,
      diagnostics,
      claims,
      namesAt,
      documentText: text,
      lastField,
      roughTexts: roughTexts.current,
      run,
      startRun,
    }),
    [
      id,
      document,
      opened.file_path,
      state,
      test.state,
      place,
      open,
      reveal,
      revealed,
      diagnostics,
      claims,
      namesAt,
      text,
      run,
      startRun,
    ],
  );

  const save = useRef<() => void>(() => {});
  useEditorKeys({
    undo: state.undo,
    redo: state.redo,
    save: () => save.current(),
    test: () => startRun({ type: "auth_steps" }),
  });
  const { form } = run.timeline;
  return (
    <EditorProvider value={editor}>
      <Frame
        header={
          <EditorHeader
            state={state}
            saveRef={save}
            onSaved={() => {
              setDraft(null);
              stale(KEYS.connectors);
            }}
            onToggleRun={() => setRunIsOpen(!runIsOpen)}
            runIsOpen={runIsOpen}
          />
        }
      >
        {draft ? (
          <DraftBanner
            savedAt={draft.saved_at}
            onKeep={() => setDraft(null)}
            onDiscard={async () => {
              await state.discardDraft();
              setDraft(null);
              stale(KEYS.connectors);
            }}
          />
        ) : null}
        <div className={styles.panes} data-run-open={runIsOpen || undefined}>
          <FlowPane />
          <main className={styles.middle} ref={middle}>
            <div className={styles.column}>
              <PlaceView place={place} />
            </div>
          </main>
          <div className={styles.run}>
            <RunPanel onClose={runIsOpen ? () => setRunIsOpen(false) : undefined} />
          </div>
        </div>
      </Frame>
      {form ? <FormModal key={form.number} form={form} onAnswer={run.answer} onCancel={run.cancel} /> : null}
    </EditorProvider>
  );
}
