import { expect, test } from "vitest";
import { control } from "@/platform/fake/app/samples";
import type { ControlView } from "@/platform/wire";
import { placesOf, rowsOf } from "./layout";

const button = (width: number, more: Partial<ControlView> = {}) =>
  control("button", { type: "button", text: "Go", style: "primary", enabled: true }, { width, ...more });
const title = (width: number) => control("title", { type: "text", text: "Title", style: "title" }, { width });
const input = (label: string | null) =>
  control(
    "input",
    { type: "input", input_type: "text", value: "", set: 0, placeholder: "", required: false, problem: null },
    { width: 4, label },
  );
const record = control("record", { type: "record", fields: [] }, { width: 4 });

test("controls fill twelve columns and then the next row", () => {
  const rows = rowsOf([title(8), button(4), title(6), button(7), title(99)]);
  expect(rows.map((row) => row.map((one) => one.width))).toEqual([[8, 4], [6], [7], [99]]);
});

test("a button stands at the end of a title's row, and below the label of a field beside it", () => {
  expect(placesOf([title(8), button(4)]).get("button")).toBe("end");
  expect(placesOf([input("Search"), button(4)]).get("button")).toBe("beside_field");
  expect(placesOf([input(null), button(4)]).get("button")).toBe("middle");
});

test("beside what is tall, and where something is said below it, everything begins at the top", () => {
  expect(placesOf([button(4), record]).get("button")).toBe("top");
  const out = { is: "signed_out", connector: "a", name: "A" } as const;
  expect(placesOf([title(8), button(4, { state: out })]).get("title")).toBe("top");
  expect(placesOf([button(12)]).get("button")).toBe("top");
});
