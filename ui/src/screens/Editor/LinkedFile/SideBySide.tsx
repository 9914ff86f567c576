import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { MergeView } from "@codemirror/merge";
import { EditorState, type Extension } from "@codemirror/state";
import { EditorView, keymap, lineNumbers } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import { codeLook, jsonColours } from "@/components/CodeField/look";
import styles from "./LinkedFile.module.css";

interface Props {
  theirs: string;
  mine: string;
  onChange: (text: string) => void;
}

/** Two texts with their differences; the right one can be edited. */
export default function SideBySide({ theirs, mine, onChange }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const changed = useEffectEvent(onChange);
  useEffect(() => {
    if (!place.current) return;
    const both: Extension = [codeLook, jsonColours, json(), lineNumbers(), EditorView.lineWrapping];
    const called = (label: string) => EditorView.contentAttributes.of({ "aria-label": label });
    const view = new MergeView({
      parent: place.current,
      a: { doc: theirs, extensions: [both, called("In the file"), EditorState.readOnly.of(true)] },
      b: {
        doc: mine,
        extensions: [
          both,
          called("Here, and to be saved"),
          history(),
          keymap.of([...historyKeymap, ...defaultKeymap]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      },
      revertControls: "a-to-b",
      renderRevertControl: () => {
        const button = document.createElement("button");
        button.type = "button";
        button.textContent = "→";
        button.title = "Take this over from the file";
        button.setAttribute("aria-label", "Take this over from the file");
        return button;
      },
      collapseUnchanged: { margin: 3, minSize: 6 },
      gutter: true,
    });
    return () => view.destroy();
  }, [theirs, mine]);
  return <div ref={place} className={styles.merge} data-testid="side-by-side" />;
}
