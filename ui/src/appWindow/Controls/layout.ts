/** How controls stand beside each other on a screen's grid of twelve columns. Pure. */
import type { ControlView } from "@/platform/wire";

export type Place =
  /** At the top of its row. */
  | "top"
  /** In the middle of a row of one line. */
  | "middle"
  /** At the end of a row that a title begins. */
  | "end"
  /** Beside a field, below its label. */
  | "beside_field";

const COLUMNS = 12;

function isField(control: ControlView): boolean {
  return control.content.type === "input" || control.content.type === "select";
}

function isLabelled(control: ControlView): boolean {
  return isField(control) && control.label !== null && control.label !== "";
}

function isShort(control: ControlView): boolean {
  return control.content.type === "button" || control.content.type === "text" || isField(control);
}

/** One line: no label above it, nothing said below it. */
function isPlain({ label, state }: ControlView): boolean {
  return !label && state.is !== "error" && state.is !== "signed_out";
}

function placeIn(row: readonly ControlView[], control: ControlView): Place {
  if (row.length === 1 || !row.every(isShort) || isField(control)) return "top";
  if (row.some(isLabelled)) return control.content.type === "button" ? "beside_field" : "top";
  if (!row.every(isPlain)) return "top";
  const isLast = row.at(-1) === control;
  const afterText = row[0]?.content.type === "text" && row[0] !== control;
  return control.content.type === "button" && isLast && afterText ? "end" : "middle";
}

/** The rows that the grid makes of what is drawn, in order. */
export function rowsOf(controls: readonly ControlView[]): ControlView[][] {
  const rows: ControlView[][] = [];
  let used = COLUMNS;
  for (const control of controls) {
    const width = Math.min(COLUMNS, Math.max(1, control.width));
    if (used + width > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(control);
    used += width;
  }
  return rows;
}

export function placesOf(controls: readonly ControlView[]): ReadonlyMap<string, Place> {
  return new Map(
    rowsOf(controls).flatMap((row) => row.map((control) => [control.id, placeIn(row, control)])),
  );
}
