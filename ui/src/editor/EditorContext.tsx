/** The state of the open connector, for every part of its editor. */
import { createContext, type ReactNode, use } from "react";
import type { Connector } from "@/model/connector";
import type { RunWhat, TestState } from "@/platform/wire";
import type { RunControls } from "@/run/useRun";
import { type DocumentEditor, DocumentEditorProvider } from "./DocumentContext";
import type { Place } from "./place";

export interface EditorState extends DocumentEditor {
  connectorId: string;
  document: Connector;
  filePath: string | null;
  testState: TestState;
  place: Place;
  open: (place: Place) => void;
  run: RunControls;
  /** Starts a run of the document as it stands, and shows the run panel. */
  startRun: (what: RunWhat) => void;
}

const EditorContext = createContext<EditorState | null>(null);

/** Gives the connector's editor to its own parts, and what it has in common with other editors to the shared ones. */
export function EditorProvider({ value, children }: { value: EditorState; children: ReactNode }) {
  return (
    <DocumentEditorProvider value={value}>
      <EditorContext value={value}>{children}</EditorContext>
    </DocumentEditorProvider>
  );
}

export function useEditor(): EditorState {
  const editor = use(EditorContext);
  if (!editor) throw new Error("useEditor needs an EditorProvider above it");
  return editor;
}
