import { describe, expect, test } from "vitest";
import type { Connector } from "@/model/connector";
import { COALESCE_MS, openHistory, reduceHistory } from "./history";
import { applyOperation, type Operation } from "./operations";

const connector = (): Connector => ({
  format: "latchwork.connector/1",
  name: "Acme",
  kind: "rest",
  base_url: "https://acme.example",
  auth: {
    method: "multistep",
    steps: ["a", "b", "c"].map((id) => ({ id, type: "basic_auth" as const })),
  },
});
const ids = (document: Connector) =>
  (document.auth as { steps: { id: string }[] }).steps.map((step) => step.id);
const STEPS = ["auth", "steps"];
const typed = (value: string, now: number) =>
  ({ type: "applied", operations: [{ type: "value_set", at: ["name"], value }], now }) as const;

describe("operations", () => {
  test("setting a member leaves the document that it was applied to as it was", () => {
    const before = connector();
    const after = applyOperation(before, {
      type: "value_set",
      at: ["auth", "steps", 1, "label"],
      value: "B",
    });
    expect((after.auth as never as { steps: unknown[] }).steps[1]).toMatchObject({ id: "b", label: "B" });
    expect(before).toEqual(connector());
  });

  test("what an edit does not touch is shared, so that nothing else draws again", () => {
    const before = connector();
    const after = applyOperation(before, { type: "value_set", at: ["name"], value: "Other" });
    expect(after.auth).toBe(before.auth);
  });

  test("setting undefined takes the member out of the file", () => {
    const labelled = applyOperation(connector(), { type: "value_set", at: ["description"], value: "x" });
    const after = applyOperation(labelled, { type: "value_set", at: ["description"], value: undefined });
    expect("description" in after).toBe(false);
  });

  test("an item is inserted into a list that is not there yet", () => {
    const after = applyOperation(connector(), {
      type: "item_inserted",
      list: ["endpoints"],
      index: 0,
      item: 1,
    });
    expect(after.endpoints).toEqual([1]);
  });

  test.each([
    [0, 2, ["b", "c", "a"]],
    [2, 0, ["c", "a", "b"]],
    [1, 99, ["a", "c", "b"]],
    [1, -5, ["b", "a", "c"]],
  ])("moving a step from %i to %i", (from, to, expected) => {
    expect(ids(applyOperation(connector(), { type: "item_moved", list: STEPS, from, to }))).toEqual(expected);
  });

  test("removing what is not there changes nothing", () => {
    const before = connector();
    expect(applyOperation(before, { type: "item_removed", list: STEPS, index: 7 })).toBe(before);
  });
});

describe("undo and redo", () => {
  const remove: Operation = { type: "item_removed", list: STEPS, index: 1 };

  test("undo gives back the very document, and redo the edit", () => {
    const first = connector();
    const edited = reduceHistory(openHistory(first), { type: "applied", operations: [remove], now: 0 });
    const undone = reduceHistory(edited, { type: "undone" });
    expect(undone.document).toBe(first);
    expect(reduceHistory(undone, { type: "redone" }).document).toBe(edited.document);
  });

  test("typing into one field is undone in one step", () => {
    let history = openHistory(connector());
    for (const [index, text] of ["A", "Ac", "Acm"].entries())
      history = reduceHistory(history, typed(text, index * 100));
    expect(history.past).toHaveLength(1);
    expect(reduceHistory(history, { type: "undone" }).document.name).toBe("Acme");
  });

  test("a pause in typing begins a new step of undo", () => {
    let history = reduceHistory(openHistory(connector()), typed("A", 0));
    history = reduceHistory(history, typed("Ab", COALESCE_MS + 1));
    expect(reduceHistory(history, { type: "undone" }).document.name).toBe("A");
  });

  test("a new edit forgets what was undone", () => {
    let history = reduceHistory(openHistory(connector()), typed("A", 0));
    history = reduceHistory(history, { type: "undone" });
    history = reduceHistory(history, typed("B", 10));
    expect(reduceHistory(history, { type: "redone" }).document.name).toBe("B");
  });

  test("an edit that changes nothing is no step of undo", () => {
    const history = reduceHistory(openHistory(connector()), typed("Acme", 0));
    expect(history.past).toHaveLength(0);
  });
});
