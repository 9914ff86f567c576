/** Completes the names that exist at a template's place, and helps with the braces. */
import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionKeymap,
  startCompletion,
} from "@codemirror/autocomplete";
import type { Extension } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { templateParts } from "@/model/template";
import type { TemplateName } from "@/platform/wire";

export type NameSource = () => Promise<readonly TemplateName[]>;

/** A text that is often written into a field, and what it stands for. */
export interface FieldChoice {
  value: string;
  detail: string;
}
export type ChoiceSource = () => readonly FieldChoice[];

const BOOST: Record<TemplateName["kind"], number> = {
  answer: 6,
  step_output: 5,
  control: 5,
  input: 5,
  variable: 4,
  request: 3,
  connector: 2,
  app: 2,
  account: 1,
  function: 0,
  filter: 0,
};

/** The start of the expression that the position is in, after its braces; -1 outside any. */
export function expressionStart(source: string, position: number): number {
  const part = templateParts(source).find(
    (one) => one.from + 2 <= position && position <= one.to && one.kind !== "text",
  );
  if (!part) return -1;
  const isClosed = part.kind === "expression" || source.slice(part.from + 2, part.to).endsWith("}}");
  return isClosed && position > part.to - 2 ? -1 : part.from + 2;
}

function insertName(view: EditorView, name: string, from: number, to: number): void {
  const source = view.state.doc.toString();
  const start = expressionStart(source, from);
  if (start < 0) {
    const text = `{{ ${name} }}`;
    view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length } });
    return;
  }
  const before = source.slice(start, from).trim() === "" && source[from - 1] !== " " ? " " : "";
  const rest = /^\s*/.exec(source.slice(to))?.[0] ?? "";
  const closes = source.startsWith("}}", to + rest.length);
  const insert = `${before}${name}${closes ? (rest === "" ? " " : "") : " }}"}`;
  const end = from + insert.length + (closes ? rest.length + 2 : 0);
  view.dispatch({ changes: { from, to, insert }, selection: { anchor: end }, userEvent: "input.complete" });
}

function option(name: TemplateName): Completion {
  return {
    label: name.name,
    detail: name.detail,
    type: name.kind,
    boost: BOOST[name.kind],
    apply: (view, _completion, from, to) => insertName(view, name.name, from, to),
  };
}

/** The choices of a field whose whole text is one of them, or the beginning of one. */
function choicesOf(source: string, choices: readonly FieldChoice[]): CompletionResult | null {
  if (choices.length === 0 || source.includes("{")) return null;
  return {
    from: 0,
    options: choices.map(({ value, detail }, index) => ({
      label: value,
      detail,
      type: "choice",
      boost: -index,
    })),
    validFor: /^[^{]*$/,
  };
}

export function completionSource(names: NameSource, choices: ChoiceSource = () => []) {
  return async (context: CompletionContext): Promise<CompletionResult | null> => {
    const source = context.state.doc.toString();
    const start = expressionStart(source, context.pos);
    if (start < 0 && !context.explicit) return choicesOf(source, choices());
    const typed = context.matchBefore(/[A-Za-z_][\w.[\]'"-]*/);
    const from = typed && typed.from >= Math.max(start, 0) ? typed.from : context.pos;
    const before = start < 0 ? "" : source.slice(start, from).trimEnd();
    const afterPipe = before.endsWith("|");
    const all = await names();
    const offered = all.filter((name) => (name.kind === "filter") === afterPipe);
    return {
      from,
      options: offered.map((name) => (afterPipe ? { ...option(name), apply: name.name } : option(name))),
      validFor: /^[\w.[\]'"-]*$/,
    };
  };
}

/** `{{` brings its `}}`, and typing `}` over one that is there already moves past it. */
const braces = EditorView.inputHandler.of((view, from, to, text) => {
  const source = view.state.doc.toString();
  if (text === "{" && from === to && source[from - 1] === "{" && source[from - 2] !== "{") {
    const closed = source.startsWith("}}", from);
    view.dispatch({
      changes: { from, to, insert: closed ? "{" : "{}}" },
      selection: { anchor: from + 1 },
      userEvent: "input.type",
    });
    startCompletion(view);
    return true;
  }
  if (text === "}" && from === to && source[from] === "}") {
    const part = templateParts(source).find((one) => one.kind !== "text" && one.from < from && from < one.to);
    if (!part) return false;
    view.dispatch({ selection: { anchor: from + 1 } });
    return true;
  }
  return false;
});

export function templateCompletion(names: NameSource, choices: ChoiceSource): Extension {
  return [
    braces,
    autocompletion({
      override: [completionSource(names, choices)],
      icons: false,
      closeOnBlur: true,
      activateOnTypingDelay: 60,
    }),
    keymap.of(completionKeymap),
  ];
}
