import { describe, expect, test } from "vitest";
import { readApp } from "@/model/app";
import { controlRemoved } from "@/model/appEdits";
import { SAMPLE_APP } from "@/platform/fake/sampleApp";
import type { Diagnostic } from "@/platform/wire";
import { appPlaceOfPath, existingAppPlace, shownScreen, whereOf } from "./appPlace";
import { newErrors } from "./breaking";

const app = readApp(SAMPLE_APP);

describe("places of an app", () => {
  test.each([
    ["screens[0].controls[4].columns[0].value", { type: "control", id: "list" }],
    ["screens[1].on_load[0].screen", { type: "screen", id: "contact" }],
    ["screens[1].controls[99]", { type: "screen", id: "contact" }],
    ["screens[9]", { type: "settings" }],
    ["connectors[0].connector", { type: "connectors" }],
    ["variables[0].name", { type: "variables" }],
    ["name", { type: "settings" }],
    ["", { type: "settings" }],
  ])("%s leads to its place", (path, place) => expect(appPlaceOfPath(app, path)).toEqual(place));

  test("a place that undo took away is the first screen", () => {
    const without = controlRemoved(app, "list");
    expect(existingAppPlace(without, { type: "control", id: "list" })).toEqual({
      type: "screen",
      id: "contacts",
    });
  });

  test("the canvas stays on its screen while settings are looked at", () => {
    expect(shownScreen(app, { type: "settings" }, "account")).toBe(2);
    expect(shownScreen(app, { type: "control", id: "details" }, "account")).toBe(1);
  });

  test("a path is told in the words of the screen", () => {
    expect(whereOf(app, "screens[1].controls[2].source")).toBe("Details on Contact");
    expect(whereOf(app, "variables[0]")).toBe("Variables");
  });
});

describe("what a deletion breaks", () => {
  const finding = (message: string, path: string, severity: Diagnostic["severity"] = "error") => ({
    code: "x",
    severity,
    path,
    message,
    help: "",
  });

  test("only errors that were not there before, wherever they stand now", () => {
    const before = [finding("old", "screens[0].controls[3]"), finding("twice", "a")];
    const after = [
      finding("old", "screens[0].controls[2]"),
      finding("twice", "a"),
      finding("twice", "b"),
      finding("new", "c"),
      finding("said", "d", "warning"),
    ];
    expect(newErrors(before, after).map((one) => one.message)).toEqual(["twice", "new"]);
  });
});
