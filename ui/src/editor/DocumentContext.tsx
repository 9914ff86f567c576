/** What every editor of a document has in common, a connector's and an app's, for the fields that both use. */
import { createContext, type RefObject, use } from "react";
import type { FieldHandle } from "@/components/CodeField/CodeField";
import type { Diagnostic, TemplateName } from "@/platform/wire";
import type { Claims } from "./claims";
import type { DraftState } from "./draftSaver";
import type { Operation } from "./operations";

/** Text of a JSON field that does not parse yet: kept while the person is elsewhere in the editor. */
export interface RoughText {
  text: string;
  base: unknown;
}

export interface DocumentEditor {
  apply: (...operations: Operation[]) => void;
  undo: () => void;
  redo: () => void;
  undoLabel: string | null;
  redoLabel: string | null;
  isDirty: boolean;
  draftState: DraftState;
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
}

const DocumentContext = createContext<DocumentEditor | null>(null);

export const DocumentEditorProvider = DocumentContext;

export function useDocumentEditor(): DocumentEditor {
  const editor = use(DocumentContext);
  if (!editor) throw new Error("useDocumentEditor needs a DocumentEditorProvider above it");
  return editor;
}
