/**
 * How controls stand beside each other on a screen's grid of twelve columns: one rule for the app's window and for the
 * editor's canvas. Pure. How each place looks is in their style sheets.
 */
import type { ControlType } from "./app";

const COLUMNS = 12;

/** A control, as far as its place goes. */
export interface Placed {
  type: ControlType;
  width: number;
  /** Whether something stands above it. */
  isLabelled: boolean;
  /** Whether something is said below it. */
  saysMore: boolean;
}

export type Place =
  /** At the top of its row. */
  | "top"
  /** In the middle of a row of one line. */
  | "middle"
  /** At the end of a row that a title begins. */
  | "end"
  /** Beside a field, below its label. */
  | "beside_field";

/** How many columns a control takes, whatever its file says. */
export function columnsOf(width: number): number {
  return Math.min(COLUMNS, Math.max(1, width));
}

function isField({ type }: Placed): boolean {
  return type === "input" || type === "select";
}

function isShort(control: Placed): boolean {
  return control.type === "button" || control.type === "text" || isField(control);
}

function isLabelledField(control: Placed): boolean {
  return isField(control) && control.isLabelled;
}

/** One line: no label above it, nothing said below it. */
function isPlain({ isLabelled, saysMore }: Placed): boolean {
  return !isLabelled && !saysMore;
}

function placeIn(row: readonly Placed[], control: Placed): Place {
  if (row.length === 1 || !row.every(isShort) || isField(control)) return "top";
  if (row.some(isLabelledField)) return control.type === "button" ? "beside_field" : "top";
  if (!row.every(isPlain)) return "top";
  const isLast = row.at(-1) === control;
  const afterText = row[0]?.type === "text" && row[0] !== control;
  return control.type === "button" && isLast && afterText ? "end" : "middle";
}

/** The rows that the grid makes of the controls, in order. */
export function rowsOf<Control extends { width: number }>(controls: readonly Control[]): Control[][] {
  const rows: Control[][] = [];
  let used = COLUMNS;
  for (const control of controls) {
    const width = columnsOf(control.width);
    if (used + width > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(control);
    used += width;
  }
  return rows;
}

/** The place of each control, in their order. */
export function placesOf(controls: readonly Placed[]): Place[] {
  return rowsOf(controls).flatMap((row) => row.map((control) => placeIn(row, control)));
}
