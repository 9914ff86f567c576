import { expect, test } from "vitest";
import { columnLooks, gridTracks } from "./columns";

const alignOf = (...cells: string[]) =>
  columnLooks(
    ["A"],
    cells.map((cell) => [cell]),
  )[0]?.align;

test("numbers stand at the end of their column, with signs, groups, currencies and gaps", () => {
  expect(alignOf("7", "1,204.50", "-3", "")).toBe("end");
  expect(alignOf("€ 12.00", "1 204 €", "(7)")).toBe("end");
  expect(alignOf("12 %", "100 EUR")).toBe("end");
});

test("codes, dates and words stand at the beginning", () => {
  expect(alignOf("007", "012")).toBe("start");
  expect(alignOf("2026-01-05")).toBe("start");
  expect(alignOf("12", "twelve")).toBe("start");
  expect(alignOf("", "")).toBe("start");
});

test("a column with more to say gets more room, and none gets all of it", () => {
  const long = "x".repeat(500);
  const looks = columnLooks(["No", "Words"], [["1", long]]);
  expect(looks.map((look) => look.share)).toEqual([5, 34]);
  expect(gridTracks(looks).columns).toMatch(/^minmax\(\d+px, 5fr\) minmax\(\d+px, 34fr\)$/);
});
