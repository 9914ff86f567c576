import { describe, expect, test } from "vitest";
import { parseJson } from "@/model/json";
import { treeRows } from "./rows";

const all = { root: "login", isExpanded: () => true };

describe("tree rows", () => {
  test("rows carry the path by which a template reaches them", () => {
    const rows = treeRows({ body: { "x-y": [{ id: 1 }] } }, all);
    expect(rows.map((row) => row.path)).toEqual([
      "login.body",
      "login.body['x-y']",
      "login.body['x-y'][0]",
      "login.body['x-y'][0].id",
    ]);
  });

  test("closed rows hide what is in them and say what it is", () => {
    const rows = treeRows({ body: { id: 1, list: [1, 2] } }, { root: "login", isExpanded: () => false });
    expect(rows).toHaveLength(1);
    expect(rows[0]?.text).toBe("{ id: 1, list: […] }");
  });

  test("a masked value is known as one, and large integers are exact", () => {
    const rows = treeRows(parseJson('{"token":"•••","id":9007199254740993}'), all);
    expect(rows.map((row) => [row.kind, row.text])).toEqual([
      ["masked", "•••"],
      ["number", "9007199254740993"],
    ]);
  });

  test("what is all that its parent holds is told as such", () => {
    const rows = treeRows(
      { data: { contacts: { total: 2, contacts: [{ id: 1 }, { id: 2 }] } } },
      { root: "body", isExpanded: (_, level, isOnly) => level === 1 || isOnly },
    );
    expect(rows.map((row) => row.path)).toEqual([
      "body.data",
      "body.data.contacts",
      "body.data.contacts.total",
      "body.data.contacts.contacts",
    ]);
  });

  test("10,000 items give a row each, their insides left closed", () => {
    const rows = treeRows(
      { items: Array.from({ length: 10_000 }, (_, id) => ({ id })) },
      { root: "body", isExpanded: (_, level) => level === 1 },
    );
    expect(rows).toHaveLength(10_001);
  });
});
