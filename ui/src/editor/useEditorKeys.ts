import { useEffect, useRef } from "react";

interface Keys {
  undo: () => void;
  redo: () => void;
  save: () => void;
  /** Ctrl+Enter: the test of a connector, the preview of an app. */
  run: () => void;
}

/** Undo, redo, save and try by keyboard, wherever in the editor the cursor is; not while a dialog is open. */
export function useEditorKeys(keys: Keys): void {
  const latest = useRef(keys);
  latest.current = keys;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
      const target = event.target instanceof Element ? event.target : null;
      if (target?.closest('[role="dialog"], [role="alertdialog"]')) return;
      const key = event.key.toLowerCase();
      const action =
        key === "z" && !event.shiftKey
          ? latest.current.undo
          : (key === "z" && event.shiftKey) || (key === "y" && !event.shiftKey)
            ? latest.current.redo
            : key === "s" && !event.shiftKey
              ? latest.current.save
              : key === "enter"
                ? latest.current.run
                : null;
      if (!action) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    window.addEventListener("keydown", onKeyDown, true);
    return () => window.removeEventListener("keydown", onKeyDown, true);
  }, []);
}
