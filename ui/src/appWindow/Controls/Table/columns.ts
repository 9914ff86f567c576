/** How a table's columns are laid out, by what is in them. Pure. */

export interface ColumnLook {
  /** Numbers are compared by their ends. */
  align: "start" | "end";
  /** Its least width, in pixels. */
  least: number;
  /** Its share of the room that is left. */
  share: number;
}

/** A number as people write it: signed, grouped, with a currency or a unit of a few letters on one side. */
const NUMBER =
  /^[\p{Sc}\s]*[-+−(]?[\p{Sc}\s]*\d{1,3}(?:[,.'\u2009\u00a0 ]?\d{3})*(?:[.,]\d+)?\)?\s*(?:%|\p{Sc}|[A-Z]{3})?$/u;
/** So many rows tell what a column looks like. */
const LOOKED_AT = 200;
const SHORTEST = 5;
const LONGEST = 34;
/** A character's usual width, and what is beside a cell's text, in pixels. */
const CHARACTER = 8.2;
const PADDING = 24;

function isNumberColumn(cells: readonly string[]): boolean {
  const filled = cells.filter((cell) => cell.trim() !== "");
  // What begins with a zero is a code, and no amount.
  return filled.length > 0 && filled.every((cell) => NUMBER.test(cell.trim()) && !/^0\d/.test(cell.trim()));
}

/** The length that nine of ten cells stay below. */
function usualLength(cells: readonly string[]): number {
  const lengths = cells.map((cell) => cell.length).sort((a, b) => a - b);
  return lengths[Math.floor(lengths.length * 0.9)] ?? lengths.at(-1) ?? 0;
}

export function columnLooks(names: readonly string[], rows: readonly (readonly string[])[]): ColumnLook[] {
  const looked = rows.slice(0, LOOKED_AT);
  return names.map((name, index) => {
    const cells = looked.map((row) => row[index] ?? "");
    const usual = Math.min(LONGEST, Math.max(SHORTEST, name.length, usualLength(cells)));
    const isNumber = isNumberColumn(cells);
    // Narrow enough for many columns, and the room that is left goes to those with more to say.
    const least = Math.ceil(Math.min(usual, isNumber ? 14 : 16) * CHARACTER) + PADDING;
    return { align: isNumber ? "end" : "start", least, share: usual };
  });
}

/** The tracks of the grid: the same for each row, whatever is in it. */
export function gridTracks(looks: readonly ColumnLook[]): { columns: string; leastWidth: string } {
  const columns = looks.map((look) => `minmax(${look.least}px, ${look.share}fr)`).join(" ");
  const least = looks.reduce((sum, look) => sum + look.least, 0);
  return { columns: columns || "minmax(0, 1fr)", leastWidth: `${least}px` };
}
