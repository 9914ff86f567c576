import { PanelRight, Play, Square } from "lucide-react";
import type { RefObject } from "react";
import { Spring } from "@/app/Frame/Frame";
import { routeHash } from "@/app/route";
import { Button, IconButton } from "@/components/Button/Button";
import { StatusDot } from "@/components/StatusDot/StatusDot";
import { Tag } from "@/components/Tag/Tag";
import { useEditor } from "@/editor/EditorContext";
import { Crumbs, DraftWord } from "@/editor/EditorHeader/Crumbs";
import { DiagnosticsButton } from "@/editor/EditorHeader/DiagnosticsButton";
import { useSaving } from "@/editor/EditorHeader/useSaving";
import type { DocumentState } from "@/editor/useDocument";
import type { Connector } from "@/model/connector";
import { usePlatform } from "@/platform/PlatformContext";
import type { ConnectorOpened } from "@/platform/wire";
import { TEST_STATES } from "../../Connectors/ConnectorRow/ConnectorRow";
import { FileTag } from "../LinkedFile/FileTag";
import type { LinkedFileActions } from "../LinkedFile/useLinkedFile";
import { AuthTags } from "./AuthTags";
import { ConnectorMenu } from "./ConnectorMenu";
import styles from "./EditorHeader.module.css";

const CONNECTORS = { name: "Connectors", href: routeHash({ screen: "connectors" }) };

interface Props {
  state: DocumentState<Connector, ConnectorOpened>;
  linked: LinkedFileActions;
  saveRef: RefObject<() => void>;
  onSaved: () => void;
  onToggleRun: () => void;
  runIsOpen: boolean;
}

export function EditorHeader({ state, linked, saveRef, onSaved, onToggleRun, runIsOpen }: Props) {
  const platform = usePlatform();
  const { connectorId, document, run, startRun, testState } = useEditor();
  const saving = useSaving({
    state,
    noun: "connector",
    openAgain: () => platform.connectorOpen(connectorId),
    onSaved,
    onFileChanged: linked.compare,
    saveRef,
  });
  // A file that is gone is written anew.
  const canSave = state.isDirty || linked.file?.state.type === "missing";
  const test = TEST_STATES[testState];
  const testWord = testState === "changed" ? "Not tested since the last change" : test.word;
  return (
    <>
      <Crumbs list={CONNECTORS} name={document.name} />
      <Tag>{document.kind === "graphql" ? "GraphQL" : "REST"}</Tag>
      {linked.file ? <FileTag file={linked.file} /> : null}
      <DraftWord testId="draft-state">{saving.word}</DraftWord>
      <Spring />
      <span className={styles.test} title={testWord} data-testid="test-state">
        <StatusDot state={test.dot} word={testWord} />
        <span className={styles.testWord} aria-hidden>
          {testWord}
        </span>
      </span>
      <DiagnosticsButton />
      <AuthTags />
      <ConnectorMenu linked={linked} />
      <Button onPress={() => void saving.save()} isDisabled={saving.isSaving || !canSave}>
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
      {saving.dialog}
    </>
  );
}
