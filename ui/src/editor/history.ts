/** A document with its past and future. Pure: the time is handed in. */
import { applyOperation, coalescingKey, type Operation, operationLabel } from "./operations";

/** Edits of one field that are closer together than this are undone together. */
export const COALESCE_MS = 900;
const MOST_STEPS = 300;

interface Past<Document> {
  document: Document;
  label: string;
}

export interface History<Document> {
  document: Document;
  past: readonly Past<Document>[];
  future: readonly Past<Document>[];
  last: { key: string; at: number } | null;
}

export type HistoryAction<Document> =
  | { type: "applied"; operations: readonly Operation[]; now: number }
  /** The core wrote the saved file a little differently: not an edit to be undone. */
  | { type: "adopted"; document: Document }
  | { type: "undone" }
  | { type: "redone" }
  | { type: "opened"; document: Document };

export function openHistory<Document>(document: Document): History<Document> {
  return { document, past: [], future: [], last: null };
}

export function reduceHistory<Document>(
  history: History<Document>,
  action: HistoryAction<Document>,
): History<Document> {
  switch (action.type) {
    case "opened":
      return openHistory(action.document);
    case "adopted":
      return { ...history, document: action.document, last: null };
    case "applied": {
      const document = action.operations.reduce(applyOperation<Document>, history.document);
      const first = action.operations[0];
      if (document === history.document || !first) return history;
      const key = action.operations.length === 1 ? coalescingKey(first) : null;
      const joins = key !== null && history.last?.key === key && action.now - history.last.at < COALESCE_MS;
      const past = joins
        ? history.past
        : [...history.past, { document: history.document, label: operationLabel(first) }].slice(-MOST_STEPS);
      return { document, past, future: [], last: key === null ? null : { key, at: action.now } };
    }
    case "undone": {
      const step = history.past.at(-1);
      if (!step) return history;
      return {
        document: step.document,
        past: history.past.slice(0, -1),
        future: [{ document: history.document, label: step.label }, ...history.future],
        last: null,
      };
    }
    case "redone": {
      const [step, ...future] = history.future;
      if (!step) return history;
      return {
        document: step.document,
        past: [...history.past, { document: history.document, label: step.label }],
        future,
        last: null,
      };
    }
  }
}
