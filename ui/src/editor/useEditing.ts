/** What an editor keeps beside its document, whatever it edits: where the cursor is to go, and texts in the making. */
import { type RefObject, useCallback, useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import type { FieldHandle } from "@/components/CodeField/CodeField";
import { isInside } from "@/model/path";
import type { Diagnostic, TemplateName } from "@/platform/wire";
import { Claims } from "./claims";
import type { DocumentEditor, RoughText } from "./DocumentContext";
import type { DocumentState } from "./useDocument";

interface Options {
  diagnostics: readonly Diagnostic[];
  /** Asks the core; the text of the document is handed to it. */
  namesAt: (text: string, path: string) => Promise<readonly TemplateName[]>;
  /** The element that the fields are in. */
  fields: RefObject<HTMLElement | null>;
  /** Shows the place of a path. */
  onReveal: (path: string) => void;
}

export interface Editing {
  shared: DocumentEditor;
  /** Another place is opened: the field that was being edited goes away with its form. */
  leave: () => void;
}

export function useEditing<Document, File>(state: DocumentState<Document, File>, options: Options): Editing {
  const { diagnostics, namesAt: askNames, fields } = options;
  const { text, apply, undo, redo, undoLabel, redoLabel, isDirty, draftState } = state;
  const [revealed, setRevealed] = useState<{ path: string } | null>(null);
  const claims = useMemo(() => new Claims(), []);
  const lastField = useRef<FieldHandle | null>(null);
  const roughTexts = useRef(new Map<string, RoughText>());

  const leave = useCallback(() => {
    lastField.current = null;
    setRevealed(null);
  }, []);
  const onReveal = useRef(options.onReveal);
  onReveal.current = options.onReveal;
  const reveal = useCallback((path: string) => {
    lastField.current = null;
    onReveal.current(path);
    setRevealed({ path });
  }, []);
  const focusField = useEffectEvent((path: string) => {
    const all = [...(fields.current?.querySelectorAll<HTMLElement>("[data-path]") ?? [])];
    const depth = (one: HTMLElement) => (one.dataset.path ?? "").length;
    const [field] = all
      .filter((one) => isInside(path, one.dataset.path ?? "?"))
      .sort((a, b) => depth(b) - depth(a));
    field?.querySelector<HTMLElement>(".cm-content, input, textarea, button")?.focus();
    field?.scrollIntoView({ block: "center" });
  });
  useEffect(() => {
    if (!revealed) return;
    // The form and its tab are drawn first; then the cursor goes to the field nearest to the path.
    const timer = setTimeout(() => focusField(revealed.path), 50);
    return () => clearTimeout(timer);
  }, [revealed]);

  const namesAt = useCallback((path: string) => askNames(text(), path), [askNames, text]);
  const shared = useMemo<DocumentEditor>(
    () => ({
      apply,
      undo,
      redo,
      undoLabel,
      redoLabel,
      isDirty,
      draftState,
      reveal,
      revealed,
      diagnostics,
      claims,
      namesAt,
      documentText: text,
      lastField,
      roughTexts: roughTexts.current,
    }),
    [
      apply,
      undo,
      redo,
      undoLabel,
      redoLabel,
      isDirty,
      draftState,
      reveal,
      revealed,
      diagnostics,
      claims,
      namesAt,
      text,
    ],
  );
  return { shared, leave };
}
