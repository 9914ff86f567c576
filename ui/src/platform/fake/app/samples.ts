/** An app to look at: its connectors in every state, its screens with every control. */
import type {
  AppConnectorView,
  ControlContent,
  ControlState,
  ControlView,
  RunningApp,
  ScreenView,
} from "../../wire";
import { failure } from "../evaluate";

const now = () => Math.floor(Date.now() / 1000);

export const SAMPLE_APP: RunningApp = {
  name: "Field Sales",
  description: "Customers and their orders, on the road.",
  menu: [
    { screen: "customers", name: "Customers" },
    { screen: "order", name: "New order" },
    { screen: "states", name: "States" },
  ],
  is_preview: false,
  theme: "system",
};

export function connector(facts: Partial<AppConnectorView> & { id: string; name: string }): AppConnectorView {
  return {
    required: true,
    state: "signed_out",
    account: "default",
    label: null,
    expires_at: null,
    renews: false,
    message: null,
    begins_with: "form",
    accounts: [{ name: "default", label: facts.label ?? null, in_use: true, state: "signed_out" }],
    ...facts,
  };
}

/** As in the first drawing of the screen: one signed in, one shared, one to sign in to, one that ended. */
export const SAMPLE_CONNECTORS: readonly AppConnectorView[] = [
  connector({
    id: "acme",
    name: "Acme CRM",
    state: "signed_in",
    label: "ann@acme.example",
    expires_at: now() + 3170,
    renews: true,
    accounts: [
      { name: "default", label: "ann@acme.example", in_use: true, state: "signed_in" },
      { name: "Work", label: "sales@acme.example", in_use: false, state: "signed_in" },
      { name: "Old", label: null, in_use: false, state: "expired" },
    ],
  }),
  connector({
    id: "slack",
    name: "Slack",
    state: "shared",
    account: null,
    begins_with: "nothing",
    accounts: [],
  }),
  connector({ id: "odoo", name: "Odoo" }),
  connector({
    id: "xero",
    name: "Xero",
    state: "needs_you",
    begins_with: "browser",
    message: "Xero ended the session: “refresh token expired”. Sign in again.",
  }),
];

export const EVERY_CONNECTOR: readonly AppConnectorView[] = [
  ...SAMPLE_CONNECTORS,
  connector({ id: "tv", name: "Living room display", begins_with: "device_code", required: false }),
  connector({ id: "books-tenant", name: "Books", state: "expired" }),
  connector({
    id: "warehouse",
    name: "Warehouse",
    state: "needs_admin",
    message: "the client secret of Warehouse is not set on this computer",
  }),
  connector({
    id: "long",
    name: "The ledger of the northern subsidiaries and their holding, for trying things out before the audit",
    state: "signed_in",
    label: "a.very.long.address.that.nobody.would.choose.for.themselves@subsidiary.holding.example",
    expires_at: now() + 260_000,
  }),
];

export function control(
  id: string,
  content: ControlContent,
  more: Partial<Omit<ControlView, "id" | "content">> = {},
): ControlView {
  return { id, label: null, visible: true, width: 12, state: { is: "ready" }, content, ...more };
}

const READY: ControlState = { is: "ready" };
const CUSTOMERS = ["Bergmann & Sons", "Cinnabar Tiles", "Delft Marine", "Ekman Freight", "Fjord Optics"];
const PEOPLE = ["Ann Reed", "Tomás Ibáñez", "Mei Tanaka", "Olu Adeyemi"];

export function customerRows(count: number): string[][] {
  return Array.from({ length: count }, (_, i) => [
    `C-${String(1001 + i)}`,
    i === 3
      ? "Ekman Freight and Forwarding Company of the Northern Countries, Limited"
      : `${CUSTOMERS[i % 5]}${i >= 5 ? ` ${i + 1}` : ""}`,
    PEOPLE[i % 4] ?? "",
    `${((i * 7919) % 90_000).toLocaleString("en")}.${String((i * 37) % 100).padStart(2, "0")}`,
    i % 3 === 0 ? "Overdue" : "Open",
  ]);
}

const TABLE_COLUMNS = ["Number", "Customer", "Contact", "Balance", "Status"];
const PICTURE =
  "data:image/svg+xml;utf8,<svg xmlns='http://www.w3.org/2000/svg' width='480' height='240'><rect width='480' height='240' fill='%23c96a2b'/><circle cx='340' cy='90' r='50' fill='%23ffd9a8'/><path d='M0 240 160 110 250 190 320 140 480 240z' fill='%237a3a10'/></svg>";

function customersScreen(rows: number): ScreenView {
  return {
    screen: "customers",
    name: "Customers",
    start: 1,
    controls: [
      control("title", { type: "text", text: "Customers", style: "title" }, { width: 8 }),
      control("reload", { type: "button", text: "Reload", style: "secondary", enabled: true }, { width: 4 }),
      control(
        "search",
        {
          type: "input",
          input_type: "text",
          value: "",
          set: 0,
          placeholder: "Name, number or place",
          required: false,
          problem: null,
        },
        { width: 5, label: "Search" },
      ),
      control(
        "region",
        {
          type: "select",
          options: [
            { value: "north", label: "Northern countries" },
            { value: "south", label: "Southern countries" },
          ],
          value: "north",
          placeholder: "All regions",
        },
        { width: 4, label: "Region" },
      ),
      control("find", { type: "button", text: "Find", style: "primary", enabled: true }, { width: 3 }),
      control(
        "customers",
        {
          type: "table",
          columns: TABLE_COLUMNS,
          rows: customerRows(rows),
          selected: 1,
          empty_text: "No customer has that name.",
          total: rows > 500 ? 12_407 : rows,
        },
        { width: 8 },
      ),
      control(
        "customer",
        {
          type: "record",
          fields: [
            { label: "Name", value: "Cinnabar Tiles" },
            { label: "Contact", value: "Tomás Ibáñez" },
            { label: "E-mail", value: "tomas.ibanez@cinnabar-tiles.example" },
            { label: "Address", value: "14 Kiln Lane\nBergen" },
            { label: "Credit limit", value: "" },
          ],
        },
        { width: 4, label: "Customer" },
      ),
    ],
  };
}

const ORDER: ScreenView = {
  screen: "order",
  name: "New order",
  start: 1,
  controls: [
    control("order_title", { type: "text", text: "New order", style: "title" }),
    control("order_words", {
      type: "text",
      text: "An order goes to the warehouse at once. What is out of stock is said there.",
      style: "muted",
    }),
    control(
      "amount",
      {
        type: "input",
        input_type: "number",
        value: "12x",
        set: 0,
        placeholder: "0",
        required: true,
        problem: "“12x” is not a number.",
      },
      { width: 4, label: "Amount" },
    ),
    control(
      "mail",
      {
        type: "input",
        input_type: "email",
        value: "ann@acme.example",
        set: 0,
        placeholder: "",
        required: false,
        problem: null,
      },
      { width: 4, label: "Copy to" },
    ),
    control(
      "send",
      { type: "button", text: "Send the order", style: "primary", enabled: true },
      { width: 4 },
    ),
    control(
      "note",
      {
        type: "input",
        input_type: "multiline",
        value: "Please deliver before noon.",
        set: 0,
        placeholder: "",
        required: false,
        problem: null,
      },
      { label: "Note for the warehouse" },
    ),
    control("part", { type: "text", text: "What came back", style: "heading" }),
    control(
      "answer",
      {
        type: "json",
        value: { id: 7, lines: [{ article: "T-40", count: 12 }], sent: true, note: null },
      },
      { width: 6, label: "Answer" },
    ),
    control(
      "picture",
      { type: "image", source: PICTURE, description: "The tile T-40", clickable: true },
      { width: 6, label: "Article" },
    ),
  ],
};

const FAILED: ControlState = {
  is: "error",
  error: failure("http.status", "the orders could not be loaded: 503 Service Unavailable", {
    hint: "Try again in a minute.",
  }),
  retry: true,
};
const OUT: ControlState = { is: "signed_out", connector: "acme", name: "Acme CRM" };
const LOADING: ControlState = { is: "loading" };
const EMPTY: ControlState = { is: "empty" };

function inStates(kind: string, blank: ControlContent, full: ControlContent): ControlView[] {
  const one = (name: string, content: ControlContent, state: ControlState) =>
    control(`${kind}_${name}`, content, { width: 4, state, label: `${kind}: ${name}` });
  return [
    one("loading", blank, LOADING),
    one("again", full, LOADING),
    one("empty", blank, EMPTY),
    one("error", blank, FAILED),
    one("out", blank, OUT),
    one("ready", full, READY),
  ];
}

const table = (rows: string[][]): ControlContent => ({
  type: "table",
  columns: TABLE_COLUMNS.slice(1, 4),
  rows: rows.map((row) => row.slice(1, 4)),
  selected: null,
  empty_text: "No orders yet. Make the first one.",
  total: rows.length,
});
const button = (text: string): ControlContent => ({
  type: "button",
  text,
  style: "secondary",
  enabled: true,
});
const select = (options: { value: string; label: string }[]): ControlContent => ({
  type: "select",
  options,
  value: options[0]?.value ?? null,
  placeholder: "",
});

const STATES: ScreenView = {
  screen: "states",
  name: "States",
  start: 1,
  controls: [
    ...inStates(
      "text",
      { type: "text", text: "", style: "body" },
      { type: "text", text: "17 open orders", style: "body" },
    ),
    ...inStates("button", button("Send"), button("Send")),
    ...inStates("select", select([]), select([{ value: "a", label: "Northern countries" }])),
    ...inStates("table", table([]), table(customerRows(4))),
    ...inStates(
      "record",
      { type: "record", fields: [] },
      { type: "record", fields: [{ label: "Name", value: "Delft Marine" }] },
    ),
    ...inStates("json", { type: "json", value: null }, { type: "json", value: { a: [1, 2], b: "text" } }),
    ...inStates(
      "image",
      { type: "image", source: null, description: "", clickable: false },
      { type: "image", source: PICTURE, description: "A tile", clickable: false },
    ),
  ],
};

export const SAMPLE_SCREENS: readonly ScreenView[] = [customersScreen(24), ORDER, STATES];

export function manyRows(count: number): readonly ScreenView[] {
  return [customersScreen(count), ORDER, STATES];
}
