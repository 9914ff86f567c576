/**
 * A field for a GraphQL document: colours, completion and findings by the API's schema. Loaded when the first one is
 * shown: what knows GraphQL is large.
 */
import {
  autocompletion,
  closeBrackets,
  closeBracketsKeymap,
  completionKeymap,
} from "@codemirror/autocomplete";
import { defaultKeymap } from "@codemirror/commands";
import { HighlightStyle, indentOnInput, syntaxHighlighting } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, tooltips } from "@codemirror/view";
import { tags } from "@lezer/highlight";
import { graphql, updateSchema } from "cm6-graphql";
import type { GraphQLSchema } from "graphql";
import { useEffect, useEffectEvent, useRef } from "react";
import codeStyles from "@/components/CodeField/CodeField.module.css";
import { codeLook } from "@/components/CodeField/look";
import { useOuterValue } from "@/components/CodeField/useOuterValue";
import styles from "./GraphqlEditor.module.css";

const colours = syntaxHighlighting(
  HighlightStyle.define([
    { tag: [tags.keyword, tags.definitionKeyword, tags.modifier], color: "var(--accent)" },
    { tag: tags.propertyName, color: "var(--code-key)" },
    { tag: tags.string, color: "var(--code-string)" },
    { tag: [tags.number, tags.bool, tags.null, tags.variableName], color: "var(--code-number)" },
    { tag: tags.lineComment, color: "var(--text-faint)" },
  ]),
);

/** Underlines member by member: not every web view knows the short form with a thickness. */
const look = EditorView.theme({
  ".cm-lintRange-error": {
    backgroundImage: "none",
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationColor: "var(--danger)",
    textDecorationThickness: "1px",
    textUnderlineOffset: "3px",
  },
  ".cm-lintRange-warning": {
    backgroundImage: "none",
    textDecorationLine: "underline",
    textDecorationStyle: "wavy",
    textDecorationColor: "var(--warn)",
    textDecorationThickness: "1px",
    textUnderlineOffset: "3px",
  },
  ".cm-panels": { color: "var(--text)", backgroundColor: "var(--raised)" },
  ".cm-panels-bottom": { borderTop: "1px solid var(--border)" },
  ".cm-panel.cm-panel-lint ul": { maxHeight: "132px", font: "var(--text-s) var(--font)" },
  ".cm-panel.cm-panel-lint ul [aria-selected], .cm-panel.cm-panel-lint ul:focus [aria-selected]": {
    color: "var(--text)",
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-panel.cm-panel-lint button": { padding: "0 6px", color: "var(--text)" },
  ".cm-tooltip-lint": { padding: "4px 0", font: "var(--text-s) var(--font)", maxWidth: "420px" },
  ".cm-diagnostic": { border: "0", padding: "3px 10px", color: "var(--text)" },
  ".cm-completionIcon": { display: "none" },
  ".cm-tooltip.cm-completionInfo": {
    padding: "8px 10px",
    maxWidth: "320px",
    font: "var(--text-s) / 1.5 var(--font)",
    whiteSpace: "pre-wrap",
  },
});

interface Props {
  label: string;
  value: string;
  schema: GraphQLSchema | null;
  onChange: (value: string) => void;
  isInvalid: boolean;
  describedBy: string;
}

export default function GraphqlField({ label, value, schema, onChange, isInvalid, describedBy }: Props) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const attributes = useRef(new Compartment());
  const changed = useEffectEvent((text: string) => onChange(text));
  const valueNow = useEffectEvent(() => value);
  const schemaNow = useEffectEvent(() => schema ?? undefined);
  const contentAttributes = EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-multiline": "true",
    "aria-describedby": describedBy,
    ...(isInvalid ? { "aria-invalid": "true" } : {}),
    spellcheck: "false",
    autocapitalize: "off",
  });
  const contentAttributesNow = useEffectEvent(() => contentAttributes);

  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({
        doc: valueNow(),
        extensions: [
          codeLook,
          look,
          colours,
          EditorView.lineWrapping,
          // The field scrolls: what floats over it is not to be cut by its edges.
          tooltips({ parent: document.body }),
          EditorState.phrases.of({ "No diagnostics": "Nothing is wrong by the schema." }),
          indentOnInput(),
          closeBrackets(),
          autocompletion({ activateOnTyping: true, icons: false }),
          ...graphql(schemaNow(), { showErrorOnInvalidSchema: false }),
          // Tab leaves the field, and undo is the document's, as in every other field.
          // F8 goes to the next finding, and Ctrl-Shift-M lists them.
          keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...defaultKeymap]),
          attributes.current.of(contentAttributesNow()),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) changed(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);

  useEffect(() => {
    if (view.current) updateSchema(view.current, schema ?? undefined);
  }, [schema]);

  useOuterValue(view, value);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the attributes are made of
  useEffect(() => {
    view.current?.dispatch({ effects: attributes.current.reconfigure(contentAttributesNow()) });
  }, [label, isInvalid, describedBy]);

  return (
    <div
      ref={host}
      className={`${codeStyles.field} ${codeStyles.multiline} ${styles.query}`}
      data-invalid={isInvalid || undefined}
    />
  );
}
