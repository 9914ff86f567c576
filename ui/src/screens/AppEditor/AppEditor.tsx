import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { Frame } from "@/app/Frame/Frame";
import { KEYS, useBindableConnectors, useStale } from "@/app/queries";
import { useNotices } from "@/components/Notices/Notices";
import { DraftBanner } from "@/editor/EditorHeader/DraftBanner";
import { Panes } from "@/editor/Panes/Panes";
import { useDiagnostics } from "@/editor/useDiagnostics";
import { type DocumentFiles, useDocument } from "@/editor/useDocument";
import { useEditing } from "@/editor/useEditing";
import { useEditorKeys } from "@/editor/useEditorKeys";
import { type App, readApp, screensOf, writeApp } from "@/model/app";
import { usePlatform } from "@/platform/PlatformContext";
import type { Platform } from "@/platform/platform";
import type { AppOpened } from "@/platform/wire";
import { AppEditorProvider, type AppEditorState, type Deletion } from "./AppEditorContext";
import { type AppPlace, appPlaceOfPath, existingAppPlace, firstAppPlace, shownScreen } from "./appPlace";
import { Canvas } from "./Canvas/Canvas";
import { Deletions } from "./Deletions";
import { AppEditorHeader } from "./Header/AppEditorHeader";
import { Inspector } from "./Inspector/Inspector";
import { AppConnectorsPlace } from "./Places/AppConnectorsPlace";
import { AppSettingsPlace } from "./Places/AppSettingsPlace";
import { AppVariablesPlace } from "./Places/AppVariablesPlace";
import { AppSidePane } from "./SidePane/AppSidePane";
import { usePreview } from "./usePreview";

/** How apps are read, written and kept. */
function appFiles(platform: Platform): DocumentFiles<App, AppOpened> {
  return {
    read: readApp,
    write: writeApp,
    open: (id) => platform.appOpen(id),
    save: (id, text, revision) => platform.appSave(id, text, revision),
    draftSave: (id, text) => platform.appDraftSave(id, text),
    draftDiscard: (id) => platform.appDraftDiscard(id),
    listKey: KEYS.apps,
  };
}

export function AppEditor({ opened }: { opened: AppOpened }) {
  const platform = usePlatform();
  const stale = useStale();
  const notices = useNotices();
  const files = useMemo(() => appFiles(platform), [platform]);
  const state = useDocument(opened, files);
  const app = state.document;
  const { apply } = state;
  const { id } = opened;
  const check = useCallback((one: App) => platform.appCheck(writeApp(one)), [platform]);
  const diagnostics = useDiagnostics(app, check);
  const library = useBindableConnectors().data ?? null;

  const [chosen, setChosen] = useState<AppPlace>(() => firstAppPlace(app));
  const place = existingAppPlace(app, chosen);
  const screenBefore = useRef("");
  const screen = shownScreen(app, place, screenBefore.current);
  const screenId = screensOf(app)[screen]?.id ?? "";
  useEffect(() => {
    screenBefore.current = screenId;
  }, [screenId]);
  const [sideIsOpen, setSideIsOpen] = useState(false);
  const [draft, setDraft] = useState(opened.draft);
  const [deletion, setDeletion] = useState<Deletion | null>(null);
  const panes = useRef<HTMLDivElement>(null);

  const namesAt = useCallback(
    (current: string, path: string) => platform.appTemplateNames(current, path),
    [platform],
  );
  const { shared, leave } = useEditing(state, {
    diagnostics,
    namesAt,
    fields: panes,
    onReveal: (path) => {
      setChosen(appPlaceOfPath(app, path));
      setSideIsOpen(true);
    },
  });
  const open = useCallback(
    (next: AppPlace) => {
      leave();
      setChosen(next);
      // In a narrow window the inspector lies over the canvas: a control brings it, a screen is looked at first.
      setSideIsOpen(next.type === "control");
    },
    [leave],
  );
  const edit = useCallback(
    (reason: string, document: App) => apply({ type: "document_replaced", document, reason }),
    [apply],
  );
  const { reveal } = shared;
  const preview = usePreview({ id, state, reveal, fail: notices.fail });

  const editor = useMemo<AppEditorState>(
    () => ({ ...shared, appId: id, app, place, open, screen, library, edit, askDelete: setDeletion }),
    [shared, id, app, place, open, screen, library, edit],
  );

  const save = useRef<() => void>(() => {});
  useEditorKeys({
    undo: state.undo,
    redo: state.redo,
    save: () => save.current(),
    run: () => void preview.start(),
  });
  const hasInspector = place.type === "screen" || place.type === "control";
  return (
    <AppEditorProvider value={editor}>
      <Frame
        header={
          <AppEditorHeader
            state={state}
            saveRef={save}
            onSaved={() => {
              setDraft(null);
              stale(KEYS.apps);
            }}
            onPreview={() => void preview.start()}
            isPreviewing={preview.isStarting}
            inspector={
              hasInspector ? { isOpen: sideIsOpen, onToggle: () => setSideIsOpen(!sideIsOpen) } : null
            }
          />
        }
      >
        {draft ? (
          <DraftBanner
            savedAt={draft.saved_at}
            document={app}
            onKeep={() => setDraft(null)}
            onDiscard={async () => {
              await state.discardDraft();
              setDraft(null);
              stale(KEYS.apps);
            }}
          />
        ) : null}
        <Panes
          left={<AppSidePane />}
          ref={panes}
          isForm={!hasInspector}
          side={hasInspector ? <Inspector onClose={() => setSideIsOpen(false)} /> : null}
          sideIsOpen={sideIsOpen}
        >
          <PlaceView place={place} />
        </Panes>
      </Frame>
      {deletion ? <Deletions deletion={deletion} onClose={() => setDeletion(null)} /> : null}
    </AppEditorProvider>
  );
}

function PlaceView({ place }: { place: AppPlace }) {
  switch (place.type) {
    case "connectors":
      return <AppConnectorsPlace />;
    case "variables":
      return <AppVariablesPlace />;
    case "settings":
      return <AppSettingsPlace />;
    default:
      return <Canvas />;
  }
}
