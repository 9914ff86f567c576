/** Gives the focus back to where it was in a part of the page that was covered for a while. */
import { type RefObject, useEffect, useLayoutEffect, useRef } from "react";

export function useFocusKept(isCovered: boolean): RefObject<HTMLDivElement | null> {
  const part = useRef<HTMLDivElement>(null);
  const kept = useRef<HTMLElement | null>(null);
  const last = useRef<HTMLElement | null>(null);
  // What is inert loses the focus without an event that would tell: it is followed while it is not.
  useEffect(() => {
    const follow = (event: FocusEvent) => {
      const { target } = event;
      if (!(target instanceof HTMLElement)) return;
      if (part.current?.contains(target)) last.current = target;
    };
    document.addEventListener("focusin", follow);
    return () => document.removeEventListener("focusin", follow);
  }, []);
  useLayoutEffect(() => {
    if (isCovered) {
      kept.current = last.current;
      return;
    }
    const back = kept.current;
    kept.current = null;
    if (back?.isConnected) back.focus({ preventScroll: true });
  }, [isCovered]);
  return part;
}
