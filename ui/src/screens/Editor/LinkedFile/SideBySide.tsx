import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import { codeLook, jsonColours } from "@/components/CodeField/look";
import styles from "./LinkedFile.module.css";

/** Our colours, in either theme, in place of the view's own. */
const sideLook = EditorView.theme({
  ".cm-gutters": {
    border: "0",
    borderInlineEnd: "1px solid var(--border)",
    background: "var(--sunken)",
    color: "var(--text-muted)",
  },
  ".cm-content": { paddingInline: "6px" },
  "&.cm-merge-a .cm-changedLine": { background: "var(--danger-soft)" },
  "&.cm-merge-b .cm-changedLine": { background: "var(--ok-soft)" },
  ".cm-collapsedLines": {
    padding: "4px 10px",
    background: "var(--sunken)",
    color: "var(--text-muted)",
    font: "var(--text-s) var(--font)",
    "&:before, &:after": { content: "''", margin: "0" },
  },
});

interface Props {
  theirs: string;
  /** What the right side begins with. */
  mine: string;
  /** Lines that are the same too. */
  showsAll: boolean;
  onChange: (text: string) => void;
}

/** Two texts with their differences; the right one can be edited. */
export default function SideBySide({ theirs, mine, showsAll, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const changed = useEffectEvent(onChange);
  const right = useRef(mine);
  useEffect(() => {
    if (!place.current) return;
    const both: Extension = [codeLook, sideLook, jsonColours, json(), lineNumbers(), EditorView.lineWrapping];
    const called = (label: string) => EditorView.contentAttributes.of({ "aria-label": label });
    const view = new MergeView({
      parent: place.current,
      a: { doc: theirs, extensions: [both, called("In the file"), EditorState.readOnly.of(true)] },
      b: {
        doc: right.current,
        extensions: [
          both,
          called("Here, and to be saved"),
          history(),
          keymap.of([...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (!update.docChanged) return;
            right.current = update.state.doc.toString();
            changed(right.current);
          }),
        ],
      },
      revertControls: "a-to-b",
      renderRevertControl: () => {
        const button = document.createElement("button");
        button.type = "button";
        button.className = styles.take ?? "";
        button.textContent = "→";
        button.title = "Take this over from the file";
        button.setAttribute("aria-label", "Take this over from the file");
        // The view hears the mouse only; a key and a screen reader press come as a click without one.
        button.addEventListener("click", (event) => {
          if (event.detail === 0) button.dispatchEvent(new MouseEvent("mousedown", { bubbles: true }));
        });
        return button;
      },
      ...(showsAll ? {} : { collapseUnchanged: { margin: 3, minSize: 6 } }),
      gutter: true,
    });
    return () => view.destroy();
  }, [theirs, showsAll]);
  return <div ref={place} className={styles.merge} data-testid="side-by-side" />;
}
