/** Whether two cards look the same. What they do is not looked at: it is looked up when it is done. */
import { isValidElement, type ReactNode } from "react";
import type { Card } from "./CardList";

export function sameCard(one: Card, other: Card | undefined): boolean {
  return (
    other !== undefined &&
    one.id === other.id &&
    one.testId === other.testId &&
    one.title === other.title &&
    one.summary === other.summary &&
    one.isDisabled === other.isDisabled &&
    one.isCurrent === other.isCurrent &&
    one.faults === other.faults &&
    sameNode(one.icon, other.icon) &&
    sameNode(one.aside, other.aside)
  );
}

/** The same component with the same properties; where that cannot be told, another. */
export function sameNode(one: ReactNode, other: ReactNode): boolean {
  if (Object.is(one, other)) return true;
  if (!isValidElement<Record<string, unknown>>(one) || !isValidElement<Record<string, unknown>>(other))
    return false;
  if (one.type !== other.type || one.key !== other.key) return false;
  const names = Object.keys(one.props);
  return (
    names.length === Object.keys(other.props).length &&
    names.every(
      (name) =>
        Object.is(one.props[name], other.props[name]) ||
        (name === "children" && sameNode(one.props[name] as ReactNode, other.props[name] as ReactNode)),
    )
  );
}
