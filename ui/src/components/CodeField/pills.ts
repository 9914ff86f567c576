/** Shows `{{ … }}` as a pill while the cursor is elsewhere, and marks what is wrong. */
import {
  type EditorState,
  type Extension,
  Facet,
  type Range,
  StateEffect,
  StateField,
} from "@codemirror/state";
import { Decoration, type DecorationSet, EditorView, keymap, WidgetType } from "@codemirror/view";
import { type TemplatePart, templateParts } from "@/model/template";

export interface Fault {
  /** A name that the fault speaks of; where it is null the fault is about the whole text. */
  name: string | null;
  message: string;
}

export const setFaults = StateEffect.define<readonly Fault[]>();
const setFocused = StateEffect.define<boolean>();

export const faultsField = StateField.define<readonly Fault[]>({
  create: () => [],
  update: (faults, transaction) =>
    transaction.effects.reduce((value, effect) => (effect.is(setFaults) ? effect.value : value), faults),
});

const focusedField = StateField.define<boolean>({
  create: () => false,
  update: (focused, transaction) =>
    transaction.effects.reduce((value, effect) => (effect.is(setFocused) ? effect.value : value), focused),
});

const pillsShown = Facet.define<boolean, boolean>({ combine: (values) => values[0] ?? true });

class PillWidget extends WidgetType {
  constructor(
    private readonly text: string,
    private readonly fault: string | null,
  ) {
    super();
  }

  override eq(other: PillWidget): boolean {
    return other.text === this.text && other.fault === this.fault;
  }

  override toDOM(): HTMLElement {
    const pill = document.createElement("span");
    pill.className = this.fault ? "cm-pill cm-pill-fault" : "cm-pill";
    pill.textContent = this.text;
    pill.title = this.fault ?? `{{ ${this.text} }}`;
    return pill;
  }

  override ignoreEvent(): boolean {
    return false;
  }
}

/** What is wrong with a part: an expression that does not end, or one that a fault speaks of. */
export function faultOf(part: TemplatePart, faults: readonly Fault[], expressions: number): string | null {
  if (part.kind === "broken") {
    return part.text === "" ? "The expression is empty." : "The expression does not end: close it with }}.";
  }
  if (part.kind !== "expression") return null;
  const named = faults.find((fault) => fault.name !== null && part.text.includes(fault.name));
  if (named) return named.message;
  return expressions === 1 ? (faults.find((fault) => fault.name === null)?.message ?? null) : null;
}

function decorate(state: EditorState): DecorationSet {
  const source = state.doc.toString();
  if (!source.includes("{")) return Decoration.none;
  const faults = state.field(faultsField);
  const focused = state.field(focusedField);
  const head = state.selection.main.head;
  const parts = templateParts(source);
  const expressions = parts.filter((part) => part.kind === "expression").length;
  const found: Range<Decoration>[] = [];
  for (const part of parts) {
    if (part.kind === "text") continue;
    const fault = faultOf(part, faults, expressions);
    const inside = focused && head > part.from && head < part.to;
    const oneLine = state.doc.lineAt(part.from).number === state.doc.lineAt(part.to).number;
    if (part.kind === "expression" && !inside && oneLine && state.facet(pillsShown)) {
      found.push(Decoration.replace({ widget: new PillWidget(part.text, fault) }).range(part.from, part.to));
    } else {
      const name = fault ? "cm-expression cm-fault" : "cm-expression";
      found.push(
        Decoration.mark({ class: name, attributes: fault ? { title: fault } : {} }).range(part.from, part.to),
      );
    }
  }
  return Decoration.set(found);
}

const decorations = StateField.define<DecorationSet>({
  create: decorate,
  update: (value, transaction) => {
    const told = transaction.effects.some((effect) => effect.is(setFaults) || effect.is(setFocused));
    return transaction.docChanged || transaction.selection || told ? decorate(transaction.state) : value;
  },
  provide: (field) => EditorView.decorations.from(field),
});

/** The whole expression that ends (or begins) at the cursor: a pill is deleted as one thing. */
function deletePill(view: EditorView, forward: boolean): boolean {
  const { head, empty } = view.state.selection.main;
  if (!empty) return false;
  const part = templateParts(view.state.doc.toString()).find(
    (one) => one.kind === "expression" && (forward ? one.from : one.to) === head,
  );
  if (!part) return false;
  view.dispatch({ changes: { from: part.from, to: part.to }, userEvent: "delete" });
  return true;
}

const focusEffect = EditorView.focusChangeEffect.of((_, focusing) => setFocused.of(focusing));

export function templatePills(): Extension {
  return [
    faultsField,
    focusedField,
    decorations,
    focusEffect,
    keymap.of([
      { key: "Backspace", run: (view) => deletePill(view, false) },
      { key: "Delete", run: (view) => deletePill(view, true) },
    ]),
  ];
}
