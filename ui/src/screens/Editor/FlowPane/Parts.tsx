import type { ReactNode } from "react";
import { useEditor } from "@/editor/EditorContext";
import type { Place } from "@/editor/place";
import { isInside } from "@/model/path";
import styles from "./FlowPane.module.css";

export function Parts({ children }: { children: ReactNode }) {
  return <ul className={styles.parts}>{children}</ul>;
}

interface PartProps {
  place: Place;
  /** Where its faults are; a part that is not in the file has none. */
  path: string | null;
  /** Faults that are shown elsewhere, beside it. */
  besides?: string;
  name: string;
  value?: ReactNode;
}

/** A part of the connector that opens in the middle. */
export function Part({ place, path, besides, name, value }: PartProps) {
  const editor = useEditor();
  const isOpen =
    editor.place.type === place.type || (editor.place.type === "endpoint" && place.type === "endpoints");
  const faults = editor.diagnostics.filter(
    (one) =>
      path !== null &&
      one.severity === "error" &&
      isInside(one.path, path) &&
      !(besides !== undefined && isInside(one.path, besides)),
  ).length;
  return (
    <li>
      <button
        type="button"
        className={styles.part}
        aria-current={isOpen ? "true" : undefined}
        aria-label={faults > 0 ? `${name}, ${faults} to fix` : name}
        onClick={() => editor.open(place)}
      >
        <span className={styles.partName}>{name}</span>
        {faults > 0 ? <span className={styles.faults}>{faults}</span> : null}
        {value === undefined ? null : <span className={styles.partValue}>{value}</span>}
      </button>
    </li>
  );
}
