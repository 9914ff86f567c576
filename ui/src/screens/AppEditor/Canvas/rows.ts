/** The rows that the grid makes of controls. Pure. */
import { type Control, widthOf } from "@/model/app";

const COLUMNS = 12;

function isLabelledField(control: Control): boolean {
  return (control.type === "input" || control.type === "select") && Boolean(control.label);
}

/** The places of the controls, row by row. */
export function rowsOf(controls: readonly Control[]): number[][] {
  const rows: number[][] = [];
  let used = COLUMNS;
  for (const [index, control] of controls.entries()) {
    const width = widthOf(control);
    if (used + width > COLUMNS) {
      rows.push([]);
      used = 0;
    }
    rows.at(-1)?.push(index);
    used += width;
  }
  return rows;
}

/** Buttons that stand in a row with a labelled field: they stand beside the field, not beside its label. */
export function buttonsBesideFields(controls: readonly Control[]): Set<number> {
  const found = new Set<number>();
  for (const row of rowsOf(controls)) {
    const isOfFields = row.some((index) => {
      const control = controls[index];
      return control !== undefined && isLabelledField(control);
    });
    for (const index of row) if (isOfFields && controls[index]?.type === "button") found.add(index);
  }
  return found;
}
