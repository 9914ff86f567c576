import { describe, expect, test } from "vitest";
import { SAMPLE_APP } from "@/platform/fake/sampleApp";
import { actionSummary, newAction } from "./actionKinds";
import {
  type App,
  controlIds,
  controlsOf,
  locateControl,
  readApp,
  screensOf,
  usesOfConnector,
  widthOf,
  writeApp,
} from "./app";
import {
  actionRemoved,
  connectorAdded,
  connectorRemoved,
  connectorRenamed,
  controlAdded,
  controlDuplicated,
  controlMoved,
  controlPatched,
  controlRemoved,
  newConnectorId,
  screenAdded,
  screenRemoved,
  screenRenamed,
  slug,
} from "./appEdits";
import {
  CONTROL_FORMAT,
  CONTROL_KINDS,
  controlFrom,
  controlIdProblem,
  controlTitle,
  newControl,
} from "./controlKinds";

const sample = (): App => readApp(SAMPLE_APP);
const ids = (app: App, screen: number) => (screensOf(app)[screen]?.controls ?? []).map((one) => one.id);

describe("app documents", () => {
  test("members that this release does not know come back as they were, large numbers too", () => {
    const text =
      '{"format":"latchwork.app/1","name":"A","later":{"big":9007199254740993},"screens":[{"id":"home","x":1}]}';
    const app = controlAdded(readApp(text), 0, 0, newControl("text", new Set()));
    const kept = writeApp(controlRemoved(app, "text"));
    expect(kept).toContain("9007199254740993");
    expect(JSON.parse(kept).screens[0]).toEqual({ id: "home", x: 1, controls: [] });
  });

  test("a width that is none is the whole row, as the core reads it", () => {
    expect(widthOf({ id: "a", type: "text" })).toBe(12);
    expect(widthOf({ id: "a", type: "text", width: 4 })).toBe(4);
    expect(widthOf({ id: "a", type: "text", width: 40 })).toBe(12);
  });

  test("what uses a connector is found in sources, in actions and in what follows a call", () => {
    expect(usesOfConnector(sample(), "crm")).toEqual([
      "list on Contacts",
      "details on Contact",
      "echo on Contact",
    ]);
    const app = sample();
    const nested = controlPatched(app, "switch_user", {
      on: {
        click: [
          {
            type: "call",
            connector: "orders",
            endpoint: "orders",
            then: [{ type: "clear_cached_auth", connector: "crm" }],
          },
        ],
      },
    });
    expect(usesOfConnector(nested, "crm")).toContain("switch_user on Account");
  });
});

describe("controls", () => {
  test("A1: a new control of each kind has a free id that is allowed, and no two share one", () => {
    const taken = new Set<string>();
    for (const kind of CONTROL_KINDS) {
      for (let i = 0; i < 2; i += 1) {
        const control = newControl(kind.type, taken);
        expect(controlIdProblem(control.id, taken)).toBeNull();
        taken.add(control.id);
      }
    }
    expect(taken.size).toBe(16);
  });

  test.each(["vars", "row", "screen", "answer", "9a", "Search", "in", "taken"])(
    "%s cannot be a control's id",
    (id) => expect(controlIdProblem(id, new Set(["taken"]))).not.toBeNull(),
  );

  test("an edit leaves the app that it was given as it was, and shares what it does not touch", () => {
    const before = sample();
    const after = controlMoved(before, "list", 0, 0);
    expect(before).toEqual(sample());
    expect(ids(after, 0)).toEqual(["list", "title", "search", "town", "again"]);
    expect(screensOf(after)[1]).toBe(screensOf(before)[1]);
  });

  test("a control moves to another screen, and past an end it stays at the end", () => {
    const moved = controlMoved(sample(), "search", 2, Number.POSITIVE_INFINITY);
    expect(ids(moved, 0)).not.toContain("search");
    expect(ids(moved, 2)).toEqual(["about", "switch_user", "search"]);
    expect(controlMoved(sample(), "title", 0, -3)).toEqual(sample());
    expect(ids(controlMoved(sample(), "title", 0, 99), 0).at(-1)).toBe("title");
  });

  test("a copy stands right behind its original, with an id of its own", () => {
    const { app, id } = controlDuplicated(sample(), "search");
    expect(id).toBe("search2");
    expect(ids(app, 0).slice(1, 3)).toEqual(["search", "search2"]);
  });

  test("a patch sets members and takes them out", () => {
    const app = controlPatched(sample(), "search", { width: 12, placeholder: undefined });
    const control = locateControl(app, "search")?.control;
    expect(control).toEqual({ id: "search", type: "input", label: "Search", width: 12 });
  });

  test("the clipboard gives a control of a known kind, and nothing else", () => {
    const control = { id: "a", type: "text", text: "x" };
    expect(controlFrom({ format: CONTROL_FORMAT, control })).toEqual(control);
    for (const wrong of [
      control,
      null,
      "text",
      { format: "latchwork.step/1", control },
      { format: CONTROL_FORMAT, control: { ...control, type: "iframe" } },
      { format: CONTROL_FORMAT, control: { ...control, id: "__proto__" } },
    ]) {
      expect(controlFrom(wrong)).toBeNull();
    }
  });

  test("a control is called by its label, its words or its kind, without braces", () => {
    expect(controlTitle({ id: "a", type: "text", text: "{{ vars.name }}, hello" })).toBe("vars.name, hello");
    expect(
      controlTitle({
        id: "a",
        type: "text",
        text: "{# how many #}{% if a %}Page {{ vars.page }}{% endif %}",
      }),
    ).toBe("Page vars.page");
    expect(controlTitle({ id: "a", type: "text", text: "x", label: "Label" })).toBe("Label");
    expect(controlTitle({ id: "a", type: "json" })).toBe("JSON");
  });
});

describe("screens and connectors", () => {
  test("a new screen has a free id made of its name", () => {
    const added = screenAdded(sample(), 99, "Contacts");
    expect(added.id).toBe("contacts2");
    expect(screensOf(added.app).at(-1)).toEqual({ id: "contacts2", name: "Contacts", controls: [] });
  });

  test("the last screen stays", () => {
    const one = screenRemoved(screenRemoved(sample(), "contact"), "account");
    expect(screenRemoved(one, "contacts")).toBe(one);
  });

  test("a renamed screen is still where actions go, nested ones too", () => {
    const nested = controlPatched(sample(), "again", {
      on: {
        click: [
          {
            type: "call",
            connector: "crm",
            endpoint: "echo",
            otherwise: [{ type: "go_to_screen", screen: "contact" }],
          },
        ],
      },
    });
    const { app, changed } = screenRenamed(nested, "contact", "person");
    expect(changed).toBe(2);
    expect(writeApp(app)).not.toContain('"screen": "contact"');
    expect(screensOf(app)[1]?.id).toBe("person");
    expect([...controlIds(app)]).toEqual([...controlIds(nested)]);
  });

  test("a renamed connector is still what sources and actions call", () => {
    const { app, changed } = connectorRenamed(sample(), "crm", "people");
    expect(changed).toBe(3);
    expect(app.connectors?.map((one) => one.id)).toEqual(["people", "orders"]);
    expect(usesOfConnector(app, "people")).toHaveLength(3);
    expect(usesOfConnector(app, "crm")).toEqual([]);
  });

  test("the list of connectors goes out of the file with its last one", () => {
    const none = connectorRemoved(connectorRemoved(sample(), "crm"), "orders");
    expect("connectors" in none).toBe(false);
    expect(connectorAdded(none, { id: "crm", connector: "x" }).connectors).toHaveLength(1);
  });

  test.each([
    ["Practice CRM", "practice_crm"],
    ["Über Ämter!", "uber_amter"],
    ["42 things", "things"],
    ["日本", "api"],
  ])("“%s” is called %s in an app", (name, id) => {
    expect(slug(name, "api")).toBe(id);
    expect(newConnectorId(connectorAdded(sample(), { id, connector: "x" }), name)).toBe(`${id}2`);
  });
});

describe("actions", () => {
  test("a list of actions goes out of the file with its last one, and its events with the last list", () => {
    const { at } = [...controlsOf(sample())].find(({ control }) => control.id === "again") ?? { at: [] };
    const app = actionRemoved(sample(), [...at, "on", "click"], 0);
    expect(locateControl(app, "again")?.control).not.toHaveProperty("on");
  });

  test("A4: Navigate to Authentication says whether the app is reloaded", () => {
    const action = newAction("navigate_to_authentication", sample());
    expect(action).toEqual({ type: "navigate_to_authentication" });
    expect(actionSummary(action, sample())).toBe("then go on where they were");
    expect(actionSummary({ ...action, reload_app: true } as never, sample())).toBe("then reload the app");
  });

  test("a new action is bound to what the app has", () => {
    expect(newAction("load", sample())).toMatchObject({ control: "list" });
    expect(newAction("set_value", sample())).toMatchObject({ target: "vars.greeting" });
    expect(newAction("clear_cached_auth", sample())).toMatchObject({ connector: "crm" });
  });
});
