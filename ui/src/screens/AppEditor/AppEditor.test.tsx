import { screen, waitFor, within } from "@testing-library/react";
import type { UserEvent } from "@testing-library/user-event";
import { describe, expect, test } from "vitest";
import { locateControl, readApp, screensOf, writeApp } from "@/model/app";
import { SAMPLE_APP } from "@/platform/fake/sampleApp";
import { codeField, openAppEditor, typeInto } from "@/testing/render";

const EMPTY = JSON.stringify({
  format: "latchwork.app/1",
  name: "Rounds",
  screens: [{ id: "home", name: "Home" }],
});

const inspector = () => screen.getByRole("complementary", { name: "Inspector" });

async function choose(user: UserEvent, label: string | RegExp, option: string | RegExp) {
  await user.click(within(inspector()).getByRole("button", { name: label }));
  await user.click(await screen.findByRole("option", { name: option }));
}

async function addControl(user: UserEvent, kind: string) {
  await user.click(screen.getByRole("button", { name: "Add control" }));
  await user.click(await screen.findByRole("menuitem", { name: kind }));
}

describe("app editor", () => {
  test("A1: from an empty app to a table that is bound to an endpoint, kept as a draft and saved", async () => {
    const { user, drafted, stored } = await openAppEditor(EMPTY);
    await addControl(user, "Table");
    await user.click(within(inspector()).getByRole("button", { name: "Add a connector" }));
    await user.click(await screen.findByRole("button", { name: /Practice GraphQL/ }));
    await choose(user, /Endpoint/, /^Orders of a contact/);
    await screen.findByRole("textbox", { name: "state" });
    typeInto("contact (required)", "{{ vars.chosen }}");
    await waitFor(() =>
      expect(locateControl(drafted(), "table")?.control.source).toEqual({
        connector: "practice_graphql",
        endpoint: "orders",
        inputs: { contact: "{{ vars.chosen }}" },
      }),
    );
    expect(screen.getByTestId("app-draft-state")).toHaveTextContent("Draft saved");
    expect(screen.getByTestId("canvas-table")).toHaveTextContent("practice_graphql.orders");
    await user.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(screen.getByTestId("app-draft-state")).toHaveTextContent("Saved"));
    expect(stored()?.draft).toBeNull();
    expect(readApp(stored()?.document ?? "").connectors).toHaveLength(1);
  });

  test("undo takes back one edit after another, by what it was, and redo gives it again", async () => {
    const { user } = await openAppEditor(EMPTY);
    await addControl(user, "Text");
    await addControl(user, "Button");
    expect(screen.getByTestId("control-card-button")).toBeInTheDocument();
    await user.keyboard("{Control>}z{/Control}");
    expect(screen.queryByTestId("control-card-button")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Undo" }));
    expect(screen.queryByTestId("control-card-text")).not.toBeInTheDocument();
    expect(screen.getByTestId("app-draft-state")).toHaveTextContent("Saved");
    await user.click(screen.getByRole("button", { name: "Redo" }));
    expect(screen.getByTestId("control-card-text")).toBeInTheDocument();
  });

  test("the canvas and the list show the same choice, and a field of the inspector writes the file", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-search"));
    expect(screen.getByTestId("control-card-search")).toHaveAttribute("aria-selected", "true");
    expect(screen.getByTestId("canvas-search")).toHaveAttribute("aria-pressed", "true");
    await user.click(within(inspector()).getByRole("radio", { name: "Third" }));
    await waitFor(() => expect(locateControl(drafted(), "search")?.control.width).toBe(4));
    await user.clear(within(inspector()).getByRole("textbox", { name: "Columns" }));
    await user.type(within(inspector()).getByRole("textbox", { name: "Columns" }), "7");
    await waitFor(() => expect(locateControl(drafted(), "search")?.control.width).toBe(7));
    await user.click(within(inspector()).getByRole("radio", { name: "Full" }));
    await waitFor(() => expect(locateControl(drafted(), "search")?.control).not.toHaveProperty("width"));
  });

  test("a control moves by key, to another screen by its menu, and keeps its place in undo", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("control-card-search"));
    await user.keyboard("{Alt>}{ArrowUp}{/Alt}");
    const order = () => screen.getAllByTestId(/^control-card-/).map((card) => card.dataset.testid);
    expect(order().slice(0, 2)).toEqual(["control-card-search", "control-card-title"]);
    await user.click(screen.getByRole("button", { name: "More for Search" }));
    await user.click(await screen.findByRole("menuitem", { name: "Account" }));
    expect(screen.getByRole("region", { name: "Canvas of Account" })).toBeInTheDocument();
    expect(order().at(-1)).toBe("control-card-search");
    await waitFor(() => expect(screensOf(drafted())[2]?.controls?.at(-1)?.id).toBe("search"));
  });

  test("copy, paste and duplicate give ids of their own; what is no control is not pasted", async () => {
    const { user, platform } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-search"));
    await user.keyboard("{Control>}c{/Control}");
    await waitFor(() => expect(platform.clipboard).toContain("latchwork.control/1"));
    await user.keyboard("{Control>}v{/Control}");
    expect(await screen.findByTestId("canvas-search2")).toBeInTheDocument();
    await user.click(screen.getByTestId("canvas-search"));
    await user.keyboard("{Control>}d{/Control}");
    expect(await screen.findByTestId("canvas-search3")).toBeInTheDocument();
    platform.clipboard = "a shopping list";
    await user.click(screen.getByRole("button", { name: "Paste" }));
    expect(await screen.findByRole("alert")).toHaveTextContent("The clipboard holds no control");
  });

  test("deleting a control that others use shows what breaks; one that nobody uses just goes", async () => {
    const { user } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-list"));
    await user.keyboard("{Delete}");
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("“list.selected.name” is not defined here.");
    expect(dialog).toHaveTextContent("Details on Contact");
    await user.click(within(dialog).getByRole("button", { name: "Keep it" }));
    expect(screen.getByTestId("canvas-list")).toBeInTheDocument();
    await user.click(screen.getByTestId("canvas-town"));
    await user.keyboard("{Delete}");
    await waitFor(() => expect(screen.queryByTestId("canvas-town")).not.toBeInTheDocument());
  });

  test("renaming a control rewrites its references and says how many", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-list"));
    const id = within(inspector()).getByRole("textbox", { name: "Id" });
    await user.clear(id);
    await user.type(id, "people{Enter}");
    expect(await screen.findByText(/5 references were rewritten/)).toBeInTheDocument();
    await waitFor(() => expect(writeApp(drafted())).toContain("{{ people.selected.id }}"));
    expect(screen.getByTestId("canvas-people")).toHaveAttribute("aria-pressed", "true");
  });

  test("columns of a table: none means the answer's, and the list goes with its last one", async () => {
    const { user, drafted } = await openAppEditor(EMPTY);
    await addControl(user, "Table");
    expect(screen.getByTestId("canvas-table")).toHaveTextContent("Columns from the answer");
    await user.click(screen.getByRole("button", { name: "Add column" }));
    await user.type(screen.getByRole("textbox", { name: "Label of column 1" }), "Name");
    typeInto("Value of column 1", "{{ row.name }}");
    await waitFor(() =>
      expect(locateControl(drafted(), "table")?.control).toMatchObject({
        columns: [{ label: "Name", value: "{{ row.name }}" }],
      }),
    );
    await user.click(screen.getByRole("button", { name: "More for column 1" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await waitFor(() => expect(locateControl(drafted(), "table")?.control).not.toHaveProperty("columns"));
  });

  test("a select's choices are written, given by a template, or out of its own answer", async () => {
    const { user, drafted } = await openAppEditor(EMPTY);
    await addControl(user, "Select");
    const options = () => (locateControl(drafted(), "choice")?.control as { options?: unknown })?.options;
    await user.click(within(inspector()).getByRole("radio", { name: "By a template" }));
    typeInto("List of choices", "{{ vars.towns }}");
    typeInto("Value of a choice", "{{ row.id }}");
    await waitFor(() => expect(options()).toBe("{{ vars.towns }}"));
    await user.click(within(inspector()).getByRole("radio", { name: "The answer" }));
    await waitFor(() => expect(options()).toBeUndefined());
    expect(locateControl(drafted(), "choice")?.control).toMatchObject({ option_value: "{{ row.id }}" });
  });
});

describe("actions", () => {
  test("A4: Navigate to Authentication screen, with Reload app TRUE or FALSE", async () => {
    const { user, drafted } = await openAppEditor(EMPTY);
    await addControl(user, "Button");
    await user.click(screen.getByRole("button", { name: "Add action on click" }));
    await user.click(await screen.findByRole("menuitem", { name: "Navigate to Authentication screen" }));
    const actions = () => locateControl(drafted(), "button")?.control.on?.click;
    await waitFor(() => expect(actions()).toEqual([{ type: "navigate_to_authentication" }]));
    const reload = screen.getByRole("switch", { name: /Reload app: FALSE/ });
    await user.click(reload);
    expect(screen.getByRole("switch", { name: /Reload app: TRUE/ })).toBeInTheDocument();
    await waitFor(() =>
      expect(actions()).toEqual([{ type: "navigate_to_authentication", reload_app: true }]),
    );
  });

  test("a call has actions of its own for its answer and for its failure", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-again"));
    await user.click(screen.getByRole("button", { name: "Add action on click" }));
    await user.click(await screen.findByRole("menuitem", { name: "Call an endpoint" }));
    await choose(user, /Endpoint/, /^Echo$/);
    const [thenMenu, elseMenu] = screen.getAllByRole("button", { name: "Add action" });
    await user.click(thenMenu as HTMLElement);
    await user.click(await screen.findByRole("menuitem", { name: "Load a control again" }));
    await user.click(elseMenu as HTMLElement);
    await user.click(await screen.findByRole("menuitem", { name: "Show a message" }));
    typeInto("Message", "{{ error.message }}");
    await waitFor(() =>
      expect(locateControl(drafted(), "again")?.control.on?.click?.[1]).toEqual({
        type: "call",
        connector: "crm",
        endpoint: "echo",
        then: [{ type: "load", control: "list" }],
        otherwise: [{ type: "show_message", text: "{{ error.message }}", tone: "success" }],
      }),
    );
  });

  test("actions are put in another order, and the events go out of the file with the last one", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-again"));
    await user.click(screen.getByRole("button", { name: "Add action on click" }));
    await user.click(await screen.findByRole("menuitem", { name: "Open a link" }));
    const kinds = () => locateControl(drafted(), "again")?.control.on?.click?.map((one) => one.type);
    await user.click(screen.getByRole("button", { name: "More for action 2" }));
    await user.click(await screen.findByRole("menuitem", { name: "Move up" }));
    await waitFor(() => expect(kinds()).toEqual(["open_link", "load"]));
    for (let left = 2; left > 0; left -= 1) {
      await user.click(screen.getByRole("button", { name: "More for action 1" }));
      await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    }
    await waitFor(() => expect(locateControl(drafted(), "again")?.control).not.toHaveProperty("on"));
  });
});

describe("screens, connectors, variables and settings", () => {
  test("a screen is added, named, left out of the menu, and removed; the last one stays", async () => {
    const { user, drafted } = await openAppEditor(EMPTY);
    await user.click(screen.getByRole("button", { name: "Add screen" }));
    const name = within(inspector()).getByRole("textbox", { name: "Name" });
    await user.clear(name);
    await user.type(name, "Visit");
    await user.click(within(inspector()).getByRole("switch", { name: /In the menu/ }));
    await waitFor(() =>
      expect(screensOf(drafted())[1]).toMatchObject({ id: "screen_2", name: "Visit", in_menu: false }),
    );
    await user.click(screen.getByRole("button", { name: "More for Visit" }));
    await user.click(await screen.findByRole("menuitem", { name: "Delete" }));
    await waitFor(() => expect(screen.queryByTestId("screen-card-screen_2")).not.toBeInTheDocument());
    await user.click(screen.getByRole("button", { name: "More for Home" }));
    expect(await screen.findByRole("menuitem", { name: "Delete" })).toHaveAttribute("aria-disabled", "true");
  });

  test("the screen that is shown can be chosen again after one of its controls", async () => {
    const { user } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-list"));
    await user.click(screen.getByTestId("screen-card-contacts"));
    expect(within(inspector()).getByRole("switch", { name: /In the menu/ })).toBeInTheDocument();
  });

  test("A2: App settings, App installation, Show Managed Auth screen during app start", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByRole("button", { name: "App settings" }));
    const group = screen.getByRole("region", { name: "App installation" });
    const toggle = within(group).getByRole("switch", { name: /^Show Managed Auth screen during app start/ });
    expect(toggle).toBeChecked();
    await user.click(toggle);
    expect(group).toHaveTextContent("asks for a sign-in at the first action that needs one");
    await waitFor(() => expect(drafted().managed_auth_at_start).toBe(false));
    await user.click(toggle);
    await waitFor(() => expect(drafted()).not.toHaveProperty("managed_auth_at_start"));
  });

  test("removing a connector says which controls use it", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByRole("button", { name: "Connectors" }));
    const row = screen.getByTestId("app-connector-crm");
    await user.click(within(row).getByRole("switch", { name: /Required/ }));
    await waitFor(() => expect(drafted().connectors?.[0]?.required).toBe(false));
    await user.click(within(row).getByRole("button", { name: "Remove Practice CRM" }));
    const dialog = await screen.findByRole("alertdialog");
    expect(dialog).toHaveTextContent("3 places use it");
    expect(dialog).toHaveTextContent("details on Contact");
    await user.click(within(dialog).getByRole("button", { name: "Remove" }));
    await waitFor(() => expect(drafted().connectors?.map((one) => one.id)).toEqual(["orders"]));
  });

  test("a connector's id changes with every source that calls it", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByRole("button", { name: "Connectors" }));
    const id = within(screen.getByTestId("app-connector-crm")).getByRole("textbox", { name: "Id" });
    await user.clear(id);
    await user.type(id, "people{Enter}");
    await waitFor(() => expect(locateControl(drafted(), "list")?.control.source?.connector).toBe("people"));
  });

  test("a variable has a name and a value at the start", async () => {
    const { user, drafted } = await openAppEditor(EMPTY);
    await user.click(screen.getByRole("button", { name: "Variables" }));
    await user.click(screen.getByRole("button", { name: "Add variable" }));
    await user.type(screen.getByRole("textbox", { name: "Name of variable 1" }), "town");
    typeInto("Value of town at the start", "Lisbon");
    await waitFor(() => expect(drafted().variables).toEqual([{ name: "town", value: "Lisbon" }]));
  });
});

describe("diagnostics and preview", () => {
  test("T6: a finding is counted, stands at its control and leads to its field", async () => {
    const { user } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-list"));
    typeInto("Rows", "{{ nobody.data }}");
    await user.click(screen.getByTestId("screen-card-account"));
    await user.click(await screen.findByRole("button", { name: "1 error" }));
    const list = await screen.findByRole("dialog", { name: "What the checker found" });
    await user.click(within(list).getByRole("button"));
    expect(screen.getByRole("region", { name: "Canvas of Contacts" })).toBeInTheDocument();
    await waitFor(() => expect(codeField("Rows").hasFocus).toBe(true));
    expect(inspector()).toHaveTextContent("“nobody.data” is not defined here.");
  });

  test("an input that the endpoint needs is asked for at its place, once", async () => {
    const { user, drafted } = await openAppEditor();
    await user.click(screen.getByTestId("screen-card-contact"));
    await user.click(screen.getByTestId("canvas-orders_list"));
    typeInto("contact (required)", "");
    expect(await within(inspector()).findAllByText("The endpoint needs “contact”.")).toHaveLength(1);
    await waitFor(() =>
      expect(locateControl(drafted(), "orders_list")?.control.source).not.toHaveProperty("inputs"),
    );
  });

  test("preview keeps the draft first, and is not kept from by what the checker finds", async () => {
    const { user, platform, stored, id } = await openAppEditor();
    await user.click(screen.getByTestId("canvas-list"));
    typeInto("Rows", "{{ nobody.data }}");
    await user.click(screen.getByTestId("app-preview"));
    await waitFor(() => expect(platform.previews).toHaveLength(1));
    expect(platform.previews[0]).toEqual({ id, document: stored()?.draft?.document });
    expect(platform.previews[0]?.document).toContain("nobody.data");
  });

  test("an invalid app is not previewed: the message says why and leads to the place", async () => {
    const { user, platform } = await openAppEditor();
    await user.click(screen.getByRole("button", { name: "App settings" }));
    await user.clear(screen.getByRole("textbox", { name: "Name" }));
    await user.click(screen.getByTestId("screen-card-contact"));
    await user.click(screen.getByTestId("app-preview"));
    expect(await screen.findByRole("alert")).toHaveTextContent("the name is empty");
    await waitFor(() => expect(screen.getByRole("textbox", { name: "Name" })).toHaveFocus());
    expect(platform.previews).toEqual([]);
  });

  test("C5: a draft of an earlier time is shown, and can be discarded", async () => {
    const { user, stored } = await openAppEditor(SAMPLE_APP, (platform) => {
      for (const one of platform.apps.values()) {
        one.draft = { document: writeApp({ ...readApp(one.document), name: "Changed" }), saved_at: 1 };
      }
    });
    expect(screen.getByTestId("draft-banner")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    await waitFor(() => expect(screen.queryByText("Changed")).not.toBeInTheDocument());
    expect(stored()?.draft).toBeNull();
  });

  test("C5: with a draft, what was edited since it was opened is not discarded without a question", async () => {
    const { user, stored } = await openAppEditor(SAMPLE_APP, (platform) => {
      for (const one of platform.apps.values()) one.draft = { document: one.document, saved_at: 1 };
    });
    await user.click(screen.getByRole("button", { name: "App settings" }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "!");
    await user.click(screen.getByRole("button", { name: "Discard draft" }));
    const question = await screen.findByRole("alertdialog");
    expect(screen.getByText("Field Sales!")).toBeInTheDocument();
    await user.click(within(question).getByRole("button", { name: "Discard all of it" }));
    await waitFor(() => expect(screen.queryByText("Field Sales!")).not.toBeInTheDocument());
    expect(stored()?.draft).toBeNull();
  });

  test("an app saved elsewhere meanwhile is a question, not a loss", async () => {
    const { user, stored } = await openAppEditor();
    await user.click(screen.getByRole("button", { name: "App settings" }));
    await user.type(screen.getByRole("textbox", { name: "Name" }), "!");
    const one = stored();
    if (one) one.revision += 1;
    await user.click(screen.getByRole("button", { name: "Save" }));
    await screen.findByText("This app was saved elsewhere");
    await user.click(await screen.findByRole("button", { name: "Save mine over it" }));
    await waitFor(() => expect(stored()?.document).toContain("Field Sales!"));
  });

  test("export, with the connectors in it where that is asked for", async () => {
    const asked: boolean[] = [];
    const { user } = await openAppEditor(SAMPLE_APP, (platform) => {
      platform.appExport = async (_, withConnectors) => {
        asked.push(withConnectors);
        return "/tmp/field-sales.app.json";
      };
    });
    await user.click(screen.getByRole("button", { name: "More for this app" }));
    await user.click(await screen.findByRole("menuitem", { name: "Export with connectors…" }));
    expect(await screen.findByText(/Exported to/)).toBeInTheDocument();
    expect(asked).toEqual([true]);
  });
});
