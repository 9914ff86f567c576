/**
 * Every edit of a document, a connector or an app, is one of these operations, applied by a pure function. Undo, redo
 * and coalescing of typing follow from that (`history.ts`); nothing else changes a document.
 */
import { type Path, valueAt, withValueAt } from "@/model/path";

export type Operation =
  /** Sets a member; `undefined` takes it out of the file. `typing`: one of many, as in a body of JSON. */
  | { type: "value_set"; at: Path; value: unknown; typing?: boolean }
  | { type: "item_inserted"; list: Path; index: number; item: unknown }
  | { type: "item_removed"; list: Path; index: number }
  | { type: "item_moved"; list: Path; from: number; to: number }
  /** The file was rewritten in many places at once (a renamed step and its references). */
  | { type: "document_replaced"; document: unknown; reason: string };

function listAt(document: unknown, list: Path): unknown[] {
  const items = valueAt(document, list);
  return Array.isArray(items) ? items : [];
}

export function applyOperation<Document>(document: Document, operation: Operation): Document {
  switch (operation.type) {
    case "value_set":
      if (Object.is(valueAt(document, operation.at), operation.value)) return document;
      return withValueAt(document, operation.at, operation.value);
    case "item_inserted": {
      const items = listAt(document, operation.list).slice();
      items.splice(Math.max(0, Math.min(operation.index, items.length)), 0, operation.item);
      return withValueAt(document, operation.list, items);
    }
    case "item_removed": {
      const items = listAt(document, operation.list);
      if (operation.index < 0 || operation.index >= items.length) return document;
      return withValueAt(
        document,
        operation.list,
        items.filter((_, index) => index !== operation.index),
      );
    }
    case "item_moved": {
      const items = listAt(document, operation.list).slice();
      const to = Math.max(0, Math.min(operation.to, items.length - 1));
      if (operation.from === to || operation.from < 0 || operation.from >= items.length) return document;
      const [item] = items.splice(operation.from, 1);
      items.splice(to, 0, item);
      return withValueAt(document, operation.list, items);
    }
    case "document_replaced":
      return operation.document as Document;
  }
}

/** Operations with the same key, one soon after the other, are one step of undo: typing into a field. */
export function coalescingKey(operation: Operation): string | null {
  if (operation.type !== "value_set") return null;
  const isText = typeof operation.value === "string" || operation.value === undefined;
  return isText || operation.typing ? operation.at.join("/") : null;
}

/** What "Undo" says it takes back. */
export function operationLabel(operation: Operation): string {
  switch (operation.type) {
    case "value_set":
      return "edit";
    case "item_inserted":
      return "add";
    case "item_removed":
      return "delete";
    case "item_moved":
      return "move";
    case "document_replaced":
      return operation.reason;
  }
}
