import { expect, test } from "vitest";
import { type Placed, placesOf, rowsOf } from "./grid";

const control = (type: Placed["type"], width: number, more: Partial<Placed> = {}): Placed => ({
  type,
  width,
  isLabelled: false,
  saysMore: false,
  ...more,
});
const button = (width: number, more: Partial<Placed> = {}) => control("button", width, more);
const title = (width: number) => control("text", width);
const field = (isLabelled: boolean) => control("input", 4, { isLabelled });
const record = control("record", 4);

test("controls fill twelve columns and then the next row", () => {
  const rows = rowsOf([title(8), button(4), title(6), button(7), title(99)]);
  expect(rows.map((row) => row.map((one) => one.width))).toEqual([[8, 4], [6], [7], [99]]);
});

test("a button stands at the end of a title's row, and below the label of a field beside it", () => {
  expect(placesOf([title(8), button(4)])).toEqual(["middle", "end"]);
  expect(placesOf([field(true), button(4)])).toEqual(["top", "beside_field"]);
  expect(placesOf([field(false), button(4)])).toEqual(["top", "middle"]);
});

test("a field in another row does not move a button", () => {
  expect(placesOf([field(true), title(8), title(8), button(4)])).toEqual(["top", "top", "middle", "end"]);
});

test("beside what is tall, and where something is said below it, everything begins at the top", () => {
  expect(placesOf([button(4), record])).toEqual(["top", "top"]);
  expect(placesOf([title(8), button(4, { saysMore: true })])).toEqual(["top", "top"]);
  expect(placesOf([button(12)])).toEqual(["top"]);
});
