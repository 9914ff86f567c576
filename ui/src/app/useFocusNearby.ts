/**
 * Where the focus goes when what has it is taken out of the page: a button that removes its own row, say. To what took
 * its place, else to what stood beside it; without that it would be at the top of the page, and a keyboard's way with it.
 */
import { useEffect } from "react";

const FOCUSABLE = "a[href], button, input, select, textarea, [tabindex], [contenteditable='true']";
const OUT_OF_REACH = "[inert], [hidden], [aria-hidden='true']";
/** So many places before are remembered: a menu's entry, the button that opened it, what was before that. */
const REMEMBERED = 4;

/** An element in its parent, when it had the focus or held what had it. */
interface Level {
  parent: Element;
  child: Element;
  index: number;
}

interface Spot {
  element: HTMLElement;
  /** From the innermost to the outermost. */
  levels: readonly Level[];
}

function spotOf(element: HTMLElement): Spot {
  const levels: Level[] = [];
  let child: Element = element;
  while (child.parentElement) {
    const parent: Element = child.parentElement;
    levels.push({ parent, child, index: [...parent.children].indexOf(child) });
    child = parent;
  }
  return { element, levels };
}

function focusables(inside: Element): HTMLElement[] {
  const all = [inside, ...inside.querySelectorAll(FOCUSABLE)];
  return all.filter(
    (one): one is HTMLElement =>
      one instanceof HTMLElement &&
      one.matches(FOCUSABLE) &&
      one.tabIndex >= 0 &&
      !one.matches(":disabled") &&
      one.closest(OUT_OF_REACH) === null,
  );
}

/** In a sibling: what stands there where the lost one stood in its own, so that rows are removed one after another. */
function counterpart(sibling: Element | undefined, lost: Level, spot: Spot): HTMLElement | undefined {
  if (!sibling) return undefined;
  const there = focusables(sibling);
  const before = focusables(lost.child);
  const same = there.length === before.length ? there[before.indexOf(spot.element)] : undefined;
  return same ?? there[0];
}

/** What is nearest to a spot that is gone. Nothing where all of the page around it is another. */
function nearest(spot: Spot): HTMLElement | undefined {
  const lost = spot.levels.findIndex((level) => level.parent.isConnected);
  for (const [height, level] of spot.levels.slice(lost).entries()) {
    const { parent, index } = level;
    if (lost < 0 || parent === document.body || parent.parentElement === document.body) return undefined;
    const siblings = [...parent.children];
    // What stood at its place is what came after it; further up the place is held by what lost it.
    const after = siblings.slice(height === 0 ? index : index + 1);
    const before = siblings.slice(0, index).reverse();
    for (const sibling of [...after, ...before]) {
      const found = counterpart(sibling, level, spot);
      if (found) return found;
    }
  }
  return undefined;
}

/** Follows the focus in the document until it is told to stop. */
export function keepFocusNearby(page: Document): () => void {
  let spots: Spot[] = [];
  let asked = 0;
  const isLost = () =>
    page.activeElement === page.body && spots[0] !== undefined && !spots[0].element.isConnected;
  const mend = () => {
    if (!isLost()) return;
    for (const spot of spots) {
      const to = spot.element.isConnected ? spot.element : nearest(spot);
      to?.focus({ preventScroll: true });
      if (page.activeElement !== page.body) return;
    }
    spots = [];
  };
  const gained = ({ target }: FocusEvent) => {
    if (!(target instanceof HTMLElement)) return;
    spots = [spotOf(target), ...spots.filter((spot) => spot.element !== target)].slice(0, REMEMBERED);
  };
  const left = ({ target, relatedTarget }: FocusEvent) => {
    if (relatedTarget !== null) return;
    // A press on nothing takes the focus away on purpose; what is taken out of the page a moment later loses it.
    queueMicrotask(() => {
      const isOnPurpose = target instanceof HTMLElement && target.isConnected && !target.matches(":disabled");
      if (isOnPurpose && page.activeElement === page.body) spots = [];
    });
  };
  const watching = new MutationObserver(() => {
    if (!isLost()) return;
    cancelAnimationFrame(asked);
    // A dialog that closes, and a form that opens, place the focus themselves, a frame later.
    asked = requestAnimationFrame(() => {
      asked = requestAnimationFrame(mend);
    });
  });
  page.addEventListener("focusin", gained);
  page.addEventListener("focusout", left);
  watching.observe(page.body, { childList: true, subtree: true });
  return () => {
    page.removeEventListener("focusin", gained);
    page.removeEventListener("focusout", left);
    watching.disconnect();
    cancelAnimationFrame(asked);
  };
}

export function useFocusNearby(): void {
  useEffect(() => keepFocusNearby(document), []);
}
