import type { EditorView } from "@codemirror/view";
import { type RefObject, useEffect } from "react";

/** Keeps the text of a code editor that is there the same as a value that may change outside; the cursor stays where it can. */
export function useOuterValue(view: RefObject<EditorView | null>, value: string): void {
  useEffect(() => {
    const current = view.current;
    if (!current || current.state.doc.toString() === value) return;
    const head = Math.min(current.state.selection.main.head, value.length);
    current.dispatch({
      changes: { from: 0, to: current.state.doc.length, insert: value },
      selection: { anchor: head },
    });
  }, [view, value]);
}
