import { PanelRight, Play, Square } from "lucide-react";
import { type RefObject, useEffect, useState } from "react";
import { Spring } from "@/app/Frame/Frame";
import { Button, IconButton } from "@/components/Button/Button";
import { useNotices } from "@/components/Notices/Notices";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import type { DocumentState, SaveResult } from "@/editor/useDocument";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorOpened } from "@/platform/wire";
import { TEST_STATES } from "../../Connectors/ConnectorRow/ConnectorRow";
import { AuthTags } from "./AuthTags";
import { ConflictDialog } from "./ConflictDialog";
import { ConnectorMenu } from "./ConnectorMenu";
import { DiagnosticsButton } from "./DiagnosticsButton";
import styles from "./EditorHeader.module.css";

interface Props {
  state: DocumentState;
  saveRef: RefObject<() => void>;
  onSaved: () => void;
  onToggleRun: () => void;
  runIsOpen: boolean;
}

function draftWord(state: DocumentState): string {
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

export function EditorHeader({ state, saveRef, onSaved, onToggleRun, runIsOpen }: Props) {
  const platform = usePlatform();
  const notices = useNotices();
  const { connectorId, document, run, startRun, testState } = useEditor();
  const [isSaving, setIsSaving] = useState(false);
  const [conflict, setConflict] = useState<ConnectorOpened | null>(null);

  const settle = async (result: SaveResult) => {
    if (result.ok) {
      setConflict(null);
      onSaved();
    } else if (result.error.code === "file.conflict") {
      setConflict(await platform.connectorOpen(connectorId));
    } else {
      notices.fail("The connector was not saved", result.error);
    }
  };
  const save = async () => {
    if (isSaving) return;
    setIsSaving(true);
    try {
      await settle(await state.saveNow());
    } catch (cause) {
      notices.fail("The connector was not saved", cause);
    } finally {
      setIsSaving(false);
    }
  };
  useEffect(() => {
    saveRef.current = () => void save();
  });
  const test = TEST_STATES[testState];
  const testWord = testState === "changed" ? "Not tested since the last change" : test.word;
  return (
    <>
      <a href="#/" className={styles.crumb}>
        Connectors
      </a>
      <span className={styles.slash} aria-hidden>
        /
      </span>
      <b className={styles.name} title={document.name}>
        {document.name || "Unnamed"}
      </b>
      <Tag>{document.kind === "graphql" ? "GraphQL" : "REST"}</Tag>
      <span className={styles.draft} role="status" data-testid="draft-state">
        {isSaving ? "Saving…" : draftWord(state)}
      </span>
      <Spring />
      <span className={styles.test} title={testWord} data-testid="test-state">
        <StatusDot state={test.dot} word={testWord} />
        <span className={styles.testWord} aria-hidden>
          {testWord}
        </span>
      </span>
      <DiagnosticsButton />
      <AuthTags />
      <ConnectorMenu />
      <Button onPress={() => void save()} isDisabled={isSaving || !state.isDirty}>
        Save
      </Button>
      {run.isRunning ? (
        <Button onPress={run.cancel}>
          <Square size={12} aria-hidden />
          Cancel run
        </Button>
      ) : (
        <Button kind="primary" onPress={() => startRun({ type: "auth_steps" })}>
          <Play size={13} aria-hidden />
          Test auth steps
        </Button>
      )}
      <span className={styles.runToggle}>
        <IconButton
          label={runIsOpen ? "Hide run panel" : "Show run panel"}
          icon={<PanelRight size={16} />}
          onPress={onToggleRun}
        />
      </span>
      {conflict ? (
        <ConflictDialog
          savedAt={conflict.updated_at}
          onClose={() => setConflict(null)}
          onKeepMine={async () => settle(await state.keepMine(conflict))}
          onTakeTheirs={async () => {
            await state.takeSaved(conflict);
            setConflict(null);
            onSaved();
          }}
        />
      ) : null}
    </>
  );
}
