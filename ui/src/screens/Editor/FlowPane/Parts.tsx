import type { ReactNode } from "react";
import { useEditor } from "@/editor/EditorContext";
import type { Place } from "@/editor/place";
import { PartButton } from "@/editor/SidePane/SidePane";
import { isInside } from "@/model/path";

interface PartProps {
  place: Place;
  /** Where its faults are, one place or several; a part that is not in the file has none. */
  path: string | readonly string[] | null;
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
  const paths = typeof path === "string" ? [path] : (path ?? []);
  const faults = editor.diagnostics.filter(
    (one) =>
      one.severity === "error" &&
      paths.some((inside) => isInside(one.path, inside)) &&
      !(besides !== undefined && isInside(one.path, besides)),
  ).length;
  return (
    <PartButton name={name} value={value} faults={faults} isOpen={isOpen} onOpen={() => editor.open(place)} />
  );
}
