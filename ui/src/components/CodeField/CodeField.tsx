import { defaultKeymap } from "@codemirror/commands";
import { json } from "@codemirror/lang-json";
import { ensureSyntaxTree, syntaxTree } from "@codemirror/language";
import { Compartment, EditorState, type Extension } from "@codemirror/state";
import { EditorView, type KeyBinding, keymap, placeholder as placeholderExtension } from "@codemirror/view";
import { useEffect, useEffectEvent, useRef } from "react";
import styles from "./CodeField.module.css";
import { type FieldChoice, type NameSource, templateCompletion } from "./completion";
import { codeLook, jsonColours } from "./look";
import { type Fault, setFaults, templatePills } from "./pills";
import { useOuterValue } from "./useOuterValue";

export type CodeLanguage = "template" | "json" | "text";

/** A field that text can be put into from outside: a click in the outputs tree. */
export interface FieldHandle {
  insert: (expression: string) => void;
}

interface Props {
  label: string;
  value: string;
  onChange?: (value: string) => void;
  language?: CodeLanguage;
  multiline?: boolean;
  placeholder?: string;
  names?: NameSource;
  /** Texts that are often written here; anything else can be, too. */
  choices?: readonly FieldChoice[];
  faults?: readonly Fault[];
  isInvalid?: boolean;
  describedBy?: string | undefined;
  /** The bare look, where a frame is drawn around it (the URL bar). */
  bare?: boolean;
  onFocusField?: (field: FieldHandle) => void;
  onBlurField?: () => void;
}

const NO_FAULTS: readonly Fault[] = [];

/** A line cannot hold a line break: pasted ones become spaces. */
const oneLine = EditorState.transactionFilter.of((transaction) => {
  if (!transaction.docChanged || transaction.newDoc.lines === 1) return transaction;
  const text = transaction.newDoc
    .toString()
    .replace(/\s*\n\s*/g, " ")
    .trim();
  return {
    changes: { from: 0, to: transaction.startState.doc.length, insert: text },
    selection: { anchor: text.length },
  };
});

/** Nor a typed one. Left to the browser, one that comes before a completion takes keys would end the completion. */
const noNewLine: readonly KeyBinding[] = ["Enter", "Shift-Enter", "Mod-Enter"].map((key) => ({
  key,
  run: () => true,
}));

const LONGEST_READING_MS = 500;

function insertExpression(view: EditorView, expression: string, language: CodeLanguage): void {
  const { from, to } = view.state.selection.main;
  // The tree is made bit by bit, when there is time: what is asked about has to be read by now.
  const tree = ensureSyntaxTree(view.state, from, LONGEST_READING_MS) ?? syntaxTree(view.state);
  const node = tree.resolveInner(from, -1);
  const inString = node.name === "String" || node.name === "PropertyName";
  const text = language === "json" && !inString ? `"${expression}"` : expression;
  view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
  view.focus();
}

export function CodeField(props: Props) {
  const {
    label,
    value,
    language = "template",
    multiline = false,
    placeholder = "",
    faults = NO_FAULTS,
  } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const attributes = useRef(new Compartment());
  const readOnly = props.onChange === undefined;

  const changed = useEffectEvent((text: string) => props.onChange?.(text));
  const focused = useEffectEvent((current: EditorView) =>
    props.onFocusField?.({ insert: (expression) => insertExpression(current, expression, language) }),
  );
  const blurred = useEffectEvent(() => props.onBlurField?.());
  const names = useEffectEvent(() => props.names?.() ?? Promise.resolve([]));

  const choices = useEffectEvent(() => props.choices ?? []);

  const contentAttributes = EditorView.contentAttributes.of({
    "aria-label": label,
    "aria-multiline": String(multiline),
    ...(props.isInvalid ? { "aria-invalid": "true" } : {}),
    ...(props.describedBy ? { "aria-describedby": props.describedBy } : {}),
    spellcheck: "false",
    autocapitalize: "off",
  });
  const contentAttributesNow = useEffectEvent(() => contentAttributes);
  const valueNow = useEffectEvent(() => value);

  useEffect(() => {
    if (!host.current) return;
    const extensions: Extension[] = [
      codeLook,
      multiline ? EditorView.lineWrapping : oneLine,
      language === "json" ? [json(), jsonColours] : [],
      language === "text"
        ? []
        : [
            templateCompletion(
              () => names(),
              () => choices(),
            ),
            templatePills(),
          ],
      keymap.of(multiline ? defaultKeymap : [...noNewLine, ...defaultKeymap]),
      attributes.current.of(contentAttributesNow()),
      placeholder ? placeholderExtension(placeholder) : [],
      readOnly ? [EditorState.readOnly.of(true)] : [],
      EditorView.domEventHandlers({
        focus: (_, current) => focused(current),
        blur: () => blurred(),
      }),
      EditorView.updateListener.of((update) => {
        if (update.docChanged) changed(update.state.doc.toString());
      }),
    ];
    const made = new EditorView({
      parent: host.current,
      state: EditorState.create({ doc: valueNow(), extensions }),
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, [language, multiline, placeholder, readOnly]);

  useOuterValue(view, value);

  useEffect(() => {
    if (language !== "text") view.current?.dispatch({ effects: setFaults.of(faults) });
  }, [faults, language]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: these are what the attributes are made of
  useEffect(() => {
    view.current?.dispatch({ effects: attributes.current.reconfigure(contentAttributesNow()) });
  }, [label, props.isInvalid, props.describedBy]);

  const classes = [
    styles.field,
    multiline && styles.multiline,
    props.bare && styles.bare,
    readOnly && styles.readOnly,
  ];
  return (
    <div
      ref={host}
      className={classes.filter(Boolean).join(" ")}
      data-invalid={props.isInvalid || undefined}
    />
  );
}
