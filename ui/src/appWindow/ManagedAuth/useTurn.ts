/** Whose turn it is among the cards: one form is open by itself, and the next one only when it is done. */
import { useCallback, useState } from "react";
import type { AppConnectorView } from "@/platform/wire";
import { canSignIn, readyAccount } from "../words";

const NONE: ReadonlySet<string> = new Set();

function withOut(all: ReadonlySet<string>, id: string, isIn: boolean): ReadonlySet<string> {
  if (all.has(id) === isIn) return all;
  const next = new Set(all);
  if (isIn) next.add(id);
  else next.delete(id);
  return next;
}

export interface Turn {
  /** The card that opens by itself now. */
  next: string | null;
  isBusy: boolean;
  onBusy: (id: string, busy: boolean) => void;
  onLeft: (id: string) => void;
}

/** The first card whose form can be there without a click; those that the person left are theirs to open. */
export function nextTurn(
  connectors: readonly AppConnectorView[],
  busy: ReadonlySet<string>,
  left: ReadonlySet<string>,
): string | null {
  if (connectors.some((one) => busy.has(one.id))) return null;
  const next = connectors.find(
    (one) => canSignIn(one) && readyAccount(one) === null && one.begins_with === "form" && !left.has(one.id),
  );
  return next?.id ?? null;
}

export function useTurn(connectors: readonly AppConnectorView[], canStart: boolean): Turn {
  const [busy, setBusy] = useState(NONE);
  const [left, setLeft] = useState(NONE);
  return {
    next: canStart ? nextTurn(connectors, busy, left) : null,
    isBusy: connectors.some((one) => busy.has(one.id)),
    onBusy: useCallback((id: string, isIn: boolean) => setBusy((all) => withOut(all, id, isIn)), []),
    onLeft: useCallback((id: string) => setLeft((all) => withOut(all, id, true)), []),
  };
}
