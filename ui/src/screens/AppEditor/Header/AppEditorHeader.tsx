import { Ellipsis, PanelRight, Play } from "lucide-react";
import type { RefObject } from "react";
import { Spring } from "@/app/Frame/Frame";
import { routeHash } from "@/app/route";
import { Button, IconButton } from "@/components/Button/Button";
import { MenuButton } from "@/components/MenuButton/MenuButton";
import { useNotices } from "@/components/Notices/Notices";
import { Crumbs, DraftWord } from "@/editor/EditorHeader/Crumbs";
import { DiagnosticsButton } from "@/editor/EditorHeader/DiagnosticsButton";
import { useSaving } from "@/editor/EditorHeader/useSaving";
import { UndoButtons } from "@/editor/SidePane/SidePane";
import type { DocumentState } from "@/editor/useDocument";
import type { App } from "@/model/app";
import { usePlatform } from "@/platform/PlatformContext";
import type { AppOpened } from "@/platform/wire";
import { useAppEditor } from "../AppEditorContext";
import styles from "./Header.module.css";

interface Props {
  state: DocumentState<App, AppOpened>;
  saveRef: RefObject<() => void>;
  onSaved: () => void;
  onPreview: () => void;
  isPreviewing: boolean;
  /** Nothing where there is no inspector to be shown. */
  inspector: { isOpen: boolean; onToggle: () => void } | null;
}

const APPS = { name: "Apps", href: routeHash({ screen: "apps" }) };

export function AppEditorHeader({ state, saveRef, onSaved, onPreview, isPreviewing, inspector }: Props) {
  const platform = usePlatform();
  const notices = useNotices();
  const { appId, app } = useAppEditor();
  const saving = useSaving({
    state,
    noun: "app",
    openAgain: () => platform.appOpen(appId),
    onSaved,
    saveRef,
  });
  const exportFile = (withConnectors: boolean) =>
    platform.appExport(appId, withConnectors).then(
      (path) => path && notices.tell(`Exported to ${path}`),
      (cause) => notices.fail("The app was not exported", cause),
    );
  return (
    <>
      <Crumbs list={APPS} name={app.name} />
      <DraftWord testId="app-draft-state">{saving.word}</DraftWord>
      <Spring />
      <DiagnosticsButton />
      <span className={styles.undo}>
        <UndoButtons />
      </span>
      <MenuButton
        label="Actions for this app"
        entries={[
          { id: "export", label: "Export…", onAction: () => void exportFile(false) },
          {
            id: "export_with",
            label: "Export with connectors…",
            description: "A file that works without this library. No secret is in it.",
            onAction: () => void exportFile(true),
          },
        ]}
      >
        <IconButton label="More for this app" hint="More" icon={<Ellipsis size={16} />} />
      </MenuButton>
      <Button onPress={() => void saving.save()} isDisabled={saving.isSaving || !state.isDirty}>
        Save
      </Button>
      <Button kind="primary" data-testid="app-preview" isDisabled={isPreviewing} onPress={onPreview}>
        <Play size={13} aria-hidden />
        Preview
      </Button>
      {inspector ? (
        <span className={styles.toggle}>
          <IconButton
            label={inspector.isOpen ? "Hide the inspector" : "Show the inspector"}
            icon={<PanelRight size={16} />}
            onPress={inspector.onToggle}
          />
        </span>
      ) : null}
      {saving.dialog}
    </>
  );
}
