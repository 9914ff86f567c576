/** A form of the editor over a document that it really edits, without the window around it. */
import { type ReactNode, useMemo, useState } from "react";
import { Claims } from "@/editor/claims";
import { EditorProvider, type EditorState } from "@/editor/EditorContext";
import { applyOperation, type Operation } from "@/editor/operations";
import { firstPlace } from "@/editor/place";
import type { Connector } from "@/model/connector";
import { writeDocument } from "@/model/document";
import type { Diagnostic } from "@/platform/wire";
import { NO_RUN } from "@/run/timeline";
import { renderPart } from "./render";

const nothing = () => undefined;

function EditorPart({
  first,
  onChange,
  diagnostics,
  children,
}: {
  first: Connector;
  onChange: (document: Connector) => void;
  diagnostics: readonly Diagnostic[];
  children: (document: Connector) => ReactNode;
}) {
  const [document, setDocument] = useState(first);
  const claims = useMemo(() => new Claims(), []);
  const editor: EditorState = {
    connectorId: "none",
    document,
    filePath: null,
    apply: (...operations: Operation[]) =>
      setDocument((current) => {
        const next = operations.reduce(applyOperation, current);
        onChange(next);
        return next;
      }),
    undo: nothing,
    redo: nothing,
    undoLabel: null,
    redoLabel: null,
    isDirty: false,
    draftState: "clean",
    testState: "not_tested",
    place: firstPlace(document),
    open: nothing,
    reveal: nothing,
    revealed: null,
    diagnostics,
    claims,
    namesAt: async () => [],
    documentText: () => writeDocument(document),
    lastField: { current: null },
    roughTexts: new Map(),
    run: {
      timeline: NO_RUN,
      isRunning: false,
      start: nothing,
      answer: async () => {},
      cancel: nothing,
      clear: nothing,
    },
    startRun: nothing,
  };
  return <EditorProvider value={editor}>{children(document)}</EditorProvider>;
}

/** `diagnostics`: what the checker says of the document, whatever is in it. */
export function renderInEditor(
  first: Connector,
  part: (document: Connector) => ReactNode,
  diagnostics: readonly Diagnostic[] = [],
) {
  let latest = first;
  const opened = renderPart(
    <EditorPart
      first={first}
      diagnostics={diagnostics}
      onChange={(document) => {
        latest = document;
      }}
    >
      {part}
    </EditorPart>,
  );
  return { ...opened, edited: () => latest };
}
