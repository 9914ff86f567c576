import { act, screen, waitFor, within } from "@testing-library/react";
import { describe, expect, test } from "vitest";
import { control, customerRows } from "@/platform/fake/app/samples";
import { failure } from "@/platform/fake/evaluate";
import type { ControlContent, ControlState, ControlView } from "@/platform/wire";
import { openScreen } from "@/testing/appWindow";

type Of<Type extends ControlContent["type"]> = Extract<ControlContent, { type: Type }>;

const input = (more: Partial<Of<"input">> = {}, view: Partial<ControlView> = {}) =>
  control(
    "name",
    {
      type: "input",
      input_type: "text",
      value: "",
      set: 0,
      placeholder: "",
      required: false,
      problem: null,
      ...more,
    },
    { label: "Name", ...view },
  );
const button = (more: Partial<Of<"button">> = {}, state: ControlState = { is: "ready" }) =>
  control("send", { type: "button", text: "Send", style: "primary", enabled: true, ...more }, { state });
const select = (value: string | null, more: Partial<Of<"select">> = {}) =>
  control(
    "region",
    {
      type: "select",
      options: [
        { value: "n", label: "North" },
        { value: "s", label: "South" },
      ],
      value,
      placeholder: "All",
      ...more,
    },
    { label: "Region" },
  );
const table = (rows: string[][], more: Partial<Of<"table">> = {}, state: ControlState = { is: "ready" }) =>
  control(
    "customers",
    {
      type: "table",
      columns: ["Number", "Customer", "Contact", "Balance", "Status"],
      rows,
      selected: null,
      empty_text: "No customers yet.",
      total: rows.length,
      ...more,
    },
    { label: "Customers", state },
  );
const FAILED: ControlState = {
  is: "error",
  error: failure("http.status", "the server said 503", { hint: "Try later." }),
  retry: true,
};
const OUT: ControlState = { is: "signed_out", connector: "acme", name: "Acme CRM" };
const LOADING: ControlState = { is: "loading" };

async function open(...controls: ControlView[]) {
  const opened = openScreen(...controls);
  await screen.findByTestId("app-screen");
  const change = (...changed: ControlView[]) =>
    act(() => opened.fake.tell({ event: "controls", screen: "one", controls: changed }));
  return { ...opened, change };
}

describe("an input", () => {
  test("tells each change, the last one too, and keeps what is typed while others change", async () => {
    const { user, fake, change } = await open(input());
    await user.type(screen.getByLabelText("Name"), "Ann");
    await waitFor(() =>
      expect(fake.events.at(-1)).toEqual({ control: "name", event: { type: "input", value: "Ann" } }),
    );
    change(input({ problem: "This name is taken." }));
    expect(screen.getByLabelText("Name")).toHaveValue("Ann");
    expect(screen.getByText("This name is taken.")).toBeInTheDocument();
  });

  test("takes a value that something else set, the same one as before too", async () => {
    const { user, change } = await open(input());
    await user.type(screen.getByLabelText("Name"), "Ann");
    change(input({ value: "", set: 1 }));
    expect(screen.getByLabelText("Name")).toHaveValue("");
    await user.type(screen.getByLabelText("Name"), "Bo");
    change(input({ value: "", set: 1, problem: "No." }));
    expect(screen.getByLabelText("Name")).toHaveValue("Bo");
    change(input({ value: "", set: 2 }));
    expect(screen.getByLabelText("Name")).toHaveValue("");
  });

  test("without a label has a name all the same", async () => {
    await open(input({ placeholder: "Who?" }, { label: null }));
    expect(screen.getByLabelText("Who?")).toBeInTheDocument();
  });
});

describe("a button", () => {
  test("is clicked once while what it does goes on", async () => {
    const { user, fake, change } = await open(button());
    await user.click(screen.getByRole("button", { name: "Send" }));
    expect(fake.events).toEqual([{ control: "send", event: { type: "click" } }]);
    change(button({}, LOADING));
    await user.click(within(screen.getByTestId("control-send")).getByRole("button"));
    expect(fake.events).toHaveLength(1);
    change(button({ enabled: false }));
    expect(screen.getByRole("button", { name: "Send" })).toBeDisabled();
  });

  test("that nobody is signed in for offers the sign-in and can be clicked again", async () => {
    const { user, fake } = await open(button({}, OUT));
    await user.click(screen.getByRole("button", { name: "Sign in to Acme CRM" }));
    expect(fake.events.at(-1)?.event).toEqual({ type: "sign_in" });
    expect(screen.getByRole("button", { name: "Send" })).toBeEnabled();
  });
});

describe("a select", () => {
  test("shows what was chosen at once, and what the core says after it", async () => {
    const { user, fake, change } = await open(select(null));
    await user.click(screen.getByRole("button", { name: /Region/ }));
    await user.click(await screen.findByRole("option", { name: "South" }));
    expect(fake.events.at(-1)?.event).toEqual({ type: "choose", value: "s" });
    expect(screen.getByRole("button", { name: /South Region/ })).toBeInTheDocument();
    change(select("n"));
    expect(screen.getByRole("button", { name: /North Region/ })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Take back the choice: Region" }));
    expect(fake.events.at(-1)?.event).toEqual({ type: "choose", value: null });
    expect(screen.getByRole("button", { name: /All Region/ })).toBeInTheDocument();
  });

  test("with nothing to choose from says so", async () => {
    const { change } = await open(select(null, { options: [] }));
    expect(screen.getByRole("button", { name: /Nothing to choose from/ })).toBeDisabled();
    change({ ...select(null, { options: [] }), state: LOADING });
    expect(screen.getByRole("button", { name: /Loading…/ })).toBeDisabled();
  });
});

describe("a table", () => {
  const row = (index: number) =>
    screen.getByTestId("control-customers").querySelector(`[data-row="${index}"]`);

  test("is walked through by the arrow keys, and Enter selects: the walk itself calls nothing", async () => {
    const { user, fake } = await open(table(customerRows(5), { selected: 1 }));
    expect(screen.getByRole("grid", { name: "Customers" })).toHaveAttribute("aria-rowcount", "6");
    // A screen begins at its first control: the menu is before it.
    await user.tab();
    expect(row(1)).toHaveFocus();
    await user.keyboard("{ArrowDown}{ArrowDown}");
    expect(row(3)).toHaveFocus();
    await user.keyboard("{ArrowDown}{ArrowDown}{ArrowDown}");
    expect(row(4)).toHaveFocus();
    await user.keyboard("{Home}{ArrowUp}");
    expect(row(0)).toHaveFocus();
    expect(fake.events).toEqual([]);
    await user.keyboard("{End}{Enter}");
    expect(fake.events).toEqual([{ control: "customers", event: { type: "select_row", index: 4 } }]);
    expect(row(4)).toHaveAttribute("aria-selected", "true");
    expect(row(1)).toHaveAttribute("aria-selected", "false");
  });

  test("selects a clicked row, and what the core says wins", async () => {
    const { user, fake, change } = await open(table(customerRows(5)));
    await user.click(screen.getByText("Delft Marine"));
    expect(fake.events.at(-1)?.event).toEqual({ type: "select_row", index: 2 });
    change(table(customerRows(5), { selected: 0 }));
    expect(row(0)).toHaveAttribute("aria-selected", "true");
    expect(row(2)).toHaveAttribute("aria-selected", "false");
  });

  test("draws only what is on the screen where it is long, and says that there are more", async () => {
    const { user } = await open(table(customerRows(3000), { total: 12_407 }));
    expect(screen.getAllByRole("row").length).toBeLessThan(80);
    expect(screen.getByText("The first 3,000 of 12,407 rows are shown.")).toBeInTheDocument();
    const first = row(0);
    act(() => (first as HTMLElement).focus());
    await user.keyboard("{ArrowDown}");
    expect(row(1)).toHaveFocus();
  });

  test("cuts a long text and has all of it as its title", async () => {
    await open(table(customerRows(5)));
    expect(screen.getByTitle(/^Ekman Freight and Forwarding Company/)).toHaveTextContent(/^Ekman/);
  });

  test("that shrank under the focus goes on from its last row", async () => {
    const { user, change } = await open(table(customerRows(5)));
    act(() => (row(4) as HTMLElement).focus());
    change(table(customerRows(2)));
    expect(row(1)).toHaveAttribute("tabindex", "0");
    act(() => (row(1) as HTMLElement).focus());
    await user.keyboard("{ArrowUp}");
    expect(row(0)).toHaveFocus();
  });
});

describe("how a control stands", () => {
  const place = () => screen.getByTestId("control-customers");

  test("nothing yet is a skeleton, and what is asked for again stays in sight", async () => {
    const { change } = await open(table([], {}, LOADING));
    expect(within(place()).getByRole("status", { name: "Loading" })).toBeInTheDocument();
    expect(place()).toHaveAttribute("aria-busy", "true");
    change(table(customerRows(2), {}, LOADING));
    expect(within(place()).getByRole("status", { name: "Loading again" })).toBeInTheDocument();
    expect(screen.getByText("Cinnabar Tiles")).toBeInTheDocument();
    change(table(customerRows(2)));
    expect(within(place()).queryByRole("status")).not.toBeInTheDocument();
  });

  test("nothing there says the app's own words", async () => {
    await open(table([], {}, { is: "empty" }));
    expect(place()).toHaveTextContent("No customers yet.");
  });

  test("an error says what and its code, and is tried again where that is offered", async () => {
    const { user, fake, change } = await open(table([], {}, FAILED));
    const alert = within(place()).getByRole("alert");
    expect(alert).toHaveTextContent("The server said 503.Try later.http.status");
    expect(place()).not.toHaveTextContent("No customers yet.");
    await user.click(within(alert).getByRole("button", { name: "Retry" }));
    expect(fake.events.at(-1)?.event).toEqual({ type: "retry" });
    // The button goes with the state: the focus stays in the control.
    change(table([], {}, LOADING));
    expect(place()).toContainElement(document.activeElement as HTMLElement);
    change(table([], {}, { ...FAILED, retry: false }));
    expect(within(place()).queryByRole("button")).not.toBeInTheDocument();
  });

  test("signed out offers the sign-in in place of what was there", async () => {
    const { user, fake } = await open(table(customerRows(2), {}, OUT));
    expect(screen.queryByText("Cinnabar Tiles")).not.toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Sign in to Acme CRM" }));
    expect(fake.events.at(-1)).toEqual({ control: "customers", event: { type: "sign_in" } });
  });

  test("what is not visible is not drawn", async () => {
    const { change } = await open(button());
    change({ ...button(), visible: false });
    expect(screen.queryByTestId("control-send")).not.toBeInTheDocument();
  });
});

describe("what only shows", () => {
  test("a record has its lines, and a dash where there is no value", async () => {
    const fields = [
      { label: "Name", value: "Delft Marine" },
      { label: "Limit", value: "" },
    ];
    await open(control("r", { type: "record", fields }, { label: "Customer" }));
    expect(screen.getByText("Name").parentElement).toHaveTextContent("NameDelft Marine");
    expect(screen.getAllByRole("definition")[1]).toHaveTextContent("—");
  });

  test("JSON is a tree; a plain value is its text", async () => {
    const { change } = await open(control("j", { type: "json", value: { a: { b: 1 } } }));
    expect(screen.getByRole("treeitem", { name: "b: 1" })).toBeInTheDocument();
    change(control("j", { type: "json", value: false }));
    expect(screen.getByTestId("control-j")).toHaveTextContent(/^false$/);
    change(control("j", { type: "json", value: [] }));
    expect(screen.getByTestId("control-j")).toHaveTextContent(/^\[\]$/);
  });

  test("a picture has its description, and is a button where a click does something", async () => {
    const picture: Of<"image"> = { type: "image", source: "data:,", description: "A tile", clickable: false };
    const { user, fake, change } = await open(control("i", picture));
    expect(screen.getByRole("img", { name: "A tile" })).toBeInTheDocument();
    change(control("i", { ...picture, clickable: true }));
    await user.click(screen.getByRole("button", { name: "A tile" }));
    expect(fake.events).toEqual([{ control: "i", event: { type: "click" } }]);
  });

  test("a title is the first heading, and a text without words takes no room", async () => {
    const { change } = await open(control("t", { type: "text", text: "Orders", style: "title" }));
    expect(screen.getByRole("heading", { level: 1, name: "Orders" })).toBeInTheDocument();
    change(control("t", { type: "text", text: "", style: "title" }));
    expect(screen.queryByRole("heading")).not.toBeInTheDocument();
  });
});
