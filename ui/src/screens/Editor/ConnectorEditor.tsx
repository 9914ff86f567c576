import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Frame } from "@/app/Frame/Frame";
import { KEYS, sessionKeys, useStale } from "@/app/queries";
import { EditorProvider, type EditorState } from "@/editor/EditorContext";
import { DraftBanner } from "@/editor/EditorHeader/DraftBanner";
import { Panes } from "@/editor/Panes/Panes";
import { existingPlace, firstPlace, type Place, placeOfPath } from "@/editor/place";
import { useDiagnostics } from "@/editor/useDiagnostics";
import { type DocumentFiles, useDocument } from "@/editor/useDocument";
import { useEditing } from "@/editor/useEditing";
import { useEditorKeys } from "@/editor/useEditorKeys";
import type { Connector } from "@/model/connector";
import { readDocument, writeDocument } from "@/model/document";
import { usePlatform } from "@/platform/PlatformContext";
import type { Platform } from "@/platform/platform";
import type { ConnectorOpened, RunWhat } from "@/platform/wire";
import { waitingSignIn } from "@/run/timeline";
import { useRun } from "@/run/useRun";
import { EditorHeader } from "./EditorHeader/EditorHeader";
import { FlowPane } from "./FlowPane/FlowPane";
import { FormModal } from "./FormModal/FormModal";
import { FileBanner } from "./LinkedFile/FileBanner";
import { FileConflictDialog } from "./LinkedFile/FileConflictDialog";
import { useLinkedFile, useSettledFile } from "./LinkedFile/useLinkedFile";
import { PlaceView } from "./PlaceView";
import { RunPanel } from "./RunPanel/RunPanel";
import { useTestState } from "./useTestState";

/**
 * How connectors are read, written and kept. `over`: the state of its file that a save writes over; `settle` is told of
 * each save before the editor goes on.
 */
function connectorFiles(
  platform: Platform,
  over: RefObject<string | null>,
  settle: (id: string, saved: ConnectorOpened) => Promise<ConnectorOpened>,
): DocumentFiles<Connector, ConnectorOpened> {
  return {
    read: readDocument,
    write: writeDocument,
    open: (id) => platform.connectorOpen(id),
    save: async (id, text, revision) =>
      settle(id, await platform.connectorSave(id, text, revision, over.current)),
    draftSave: (id, text) => platform.draftSave(id, text),
    draftDiscard: (id) => platform.draftDiscard(id),
    listKey: KEYS.connectors,
  };
}

interface Props {
  opened: ConnectorOpened;
  first: "variables" | undefined;
}

export function ConnectorEditor({ opened, first }: Props) {
  const platform = usePlatform();
  const stale = useStale();
  const over = useRef<string | null>(null);
  const settle = useSettledFile();
  const files = useMemo(() => connectorFiles(platform, over, settle), [platform, settle]);
  const state = useDocument(opened, files);
  const { document, text } = state;
  const { id } = opened;
  const check = useCallback((one: Connector) => platform.connectorCheck(writeDocument(one)), [platform]);
  const diagnostics = useDiagnostics(document, check);
  const [chosen, setChosen] = useState<Place>(() => (first ? { type: first } : firstPlace(document)));
  const place = existingPlace(document, chosen);
  const [runIsOpen, setRunIsOpen] = useState(false);
  const [draft, setDraft] = useState(opened.draft);
  const middle = useRef<HTMLElement>(null);
  const linked = useLinkedFile(id, state, over, () => setDraft(null));
  const filePath = linked.file?.path ?? null;

  const run = useRun(id, () => stale(KEYS.runs(id), ...sessionKeys(id)));
  const test = useTestState(opened.test_state, document, opened.draft !== null, run.timeline, state.lastSave);

  const namesAt = useCallback(
    (current: string, path: string) => platform.templateNames(current, path),
    [platform],
  );
  const { shared, leave } = useEditing(state, {
    diagnostics,
    namesAt,
    fields: middle,
    onReveal: (path) => {
      setChosen(placeOfPath(document, path));
      setRunIsOpen(false);
    },
  });
  const open = useCallback(
    (next: Place) => {
      leave();
      setChosen(next);
      // In a narrow window the run lies over what was just asked to be seen.
      setRunIsOpen(false);
      middle.current?.scrollTo?.(0, 0);
    },
    [leave],
  );

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
      ...shared,
      connectorId: id,
      document,
      filePath,
      testState: test.state,
      place,
      open,
      run,
      startRun,
    }),
    [shared, id, document, filePath, test.state, place, open, run, startRun],
  );

  const save = useRef<() => void>(() => {});
  useEditorKeys({
    undo: state.undo,
    redo: state.redo,
    save: () => save.current(),
    run: () => startRun({ type: "auth_steps" }),
  });
  const { form } = run.timeline;
  return (
    <EditorProvider value={editor}>
      <Frame
        header={
          <EditorHeader
            state={state}
            linked={linked}
            saveRef={save}
            onSaved={() => {
              setDraft(null);
              linked.looked();
            }}
            onToggleRun={() => setRunIsOpen(!runIsOpen)}
            runIsOpen={runIsOpen}
          />
        }
      >
        <FileBanner linked={linked} isDirty={state.isDirty} />
        {draft ? (
          <DraftBanner
            savedAt={draft.saved_at}
            document={document}
            onKeep={() => setDraft(null)}
            onDiscard={async () => {
              await state.discardDraft();
              setDraft(null);
              stale(KEYS.connectors);
            }}
          />
        ) : null}
        <Panes
          left={<FlowPane />}
          middleRef={middle}
          side={<RunPanel onClose={runIsOpen ? () => setRunIsOpen(false) : undefined} />}
          sideIsOpen={runIsOpen}
        >
          <PlaceView place={place} />
        </Panes>
      </Frame>
      {linked.isComparing ? <FileConflictDialog connectorId={id} linked={linked} mine={text} /> : null}
      {form ? <FormModal key={form.number} form={form} onAnswer={run.answer} onCancel={run.cancel} /> : null}
    </EditorProvider>
  );
}
