/** The state of the open app, for every part of its editor. */
import { createContext, type ReactNode, use } from "react";
import { type DocumentEditor, DocumentEditorProvider } from "@/editor/DocumentContext";
import type { App } from "@/model/app";
import type { BindableConnector } from "@/platform/wire";
import type { AppPlace } from "./appPlace";

/** What is asked to be deleted; what breaks by it is shown first. */
export interface Deletion {
  type: "control" | "screen" | "connector";
  id: string;
}

export interface AppEditorState extends DocumentEditor {
  appId: string;
  app: App;
  place: AppPlace;
  open: (place: AppPlace) => void;
  /** Which screen the canvas shows. */
  screen: number;
  /** The library's connectors; nothing while they are being read. */
  library: readonly BindableConnector[] | null;
  /** Replaces the app by an edited one; `reason` is what undo takes back. */
  edit: (reason: string, app: App) => void;
  askDelete: (what: Deletion) => void;
}

const AppEditorContext = createContext<AppEditorState | null>(null);

export function AppEditorProvider({ value, children }: { value: AppEditorState; children: ReactNode }) {
  return (
    <DocumentEditorProvider value={value}>
      <AppEditorContext value={value}>{children}</AppEditorContext>
    </DocumentEditorProvider>
  );
}

export function useAppEditor(): AppEditorState {
  const editor = use(AppEditorContext);
  if (!editor) throw new Error("useAppEditor needs an AppEditorProvider above it");
  return editor;
}
