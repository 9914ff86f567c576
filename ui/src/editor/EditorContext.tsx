/** The state of the open connector, for every part of the editor. */
import { createContext, type RefObject, use } from "react";
import type { FieldHandle } from "@/components/CodeField/CodeField";
import type { Connector } from "@/model/connector";
import type { Diagnostic, RunWhat, TemplateName, TestState } from "@/platform/wire";
import type { RunControls } from "@/run/useRun";
import type { Claims } from "./claims";
import type { DraftState } from "./draftSaver";
import type { Operation } from "./operations";
import type { Place } from "./place";

/** Text of a JSON field that does not parse yet: kept while the person is elsewhere in the editor. */
export interface RoughText {
  text: string;
  base: unknown;
}

export interface EditorState {
  connectorId: string;
  document: Connector;
  filePath: string | null;
  apply: (...operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  undoLabel: string | null;
  redoLabel: string | null;
  isDirty: boolean;
  draftState: DraftState;
  testState: TestState;
  place: Place;
  open: (place: Place) => void;
  /** Goes to where a path of the document is edited, and puts the cursor there. */
  reveal: (path: string) => void;
  /** The path last asked for by `reveal`; a new object each time. */
  revealed: { path: string } | null;
  diagnostics: readonly Diagnostic[];
  claims: Claims;
  namesAt: (path: string) => Promise<readonly TemplateName[]>;
  documentText: () => string;
  lastField: RefObject<FieldHandle | null>;
  roughTexts: Map<string, RoughText>;
  run: RunControls;
  /** Starts a run of the document as it stands, and shows the run panel. */
  startRun: (what: RunWhat) => void;
}

const EditorContext = createContext<EditorState | null>(null);

export const EditorProvider = EditorContext;

export function useEditor(): EditorState {
  const editor = use(EditorContext);
  if (!editor) throw new Error("useEditor needs an EditorProvider above it");
  return editor;
}
