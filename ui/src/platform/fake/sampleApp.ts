/** The app that comes with the samples of the in-memory platform: two connectors, three screens. */

export const SAMPLE_APP_ID = "4b0a4f0e-6f0c-4c1d-9a57-6f1d2f4e9201";

const CRM = "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c01";
const ORDERS = "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c02";

export const SAMPLE_APP = JSON.stringify({
  format: "latchwork.app/1",
  id: SAMPLE_APP_ID,
  name: "Field Sales",
  description: "Contacts and their orders, out of two services.",
  connectors: [
    { id: "crm", connector: CRM },
    { id: "orders", connector: ORDERS, required: false },
  ],
  variables: [{ name: "greeting", value: "Good morning" }],
  screens: [
    {
      id: "contacts",
      name: "Contacts",
      controls: [
        { id: "title", type: "text", text: "{{ vars.greeting }}, who is it today?", style: "title" },
        { id: "search", type: "input", label: "Search", width: 6, placeholder: "A name or a town" },
        {
          id: "town",
          type: "select",
          label: "Town",
          width: 3,
          placeholder: "Any town",
          options: [
            { value: "hamburg", label: "Hamburg" },
            { value: "lisbon", label: "Lisbon" },
          ],
        },
        {
          id: "again",
          type: "button",
          width: 3,
          text: "Load again",
          on: { click: [{ type: "load", control: "list" }] },
        },
        {
          id: "list",
          type: "table",
          label: "Contacts",
          columns: [
            { label: "Name", value: "{{ row.name }}" },
            { label: "E-mail", value: "{{ row.email }}" },
            { label: "Town", value: "{{ row.town }}" },
          ],
          empty_text: "Nobody by that name.",
          source: { connector: "crm", endpoint: "contacts" },
          on: { row_select: [{ type: "go_to_screen", screen: "contact" }] },
        },
      ],
    },
    {
      id: "contact",
      name: "Contact",
      in_menu: false,
      controls: [
        { id: "name", type: "text", text: "{{ list.selected.name }}", style: "title", width: 9 },
        {
          id: "photo",
          type: "image",
          width: 3,
          description: "Photo of {{ list.selected.name }}",
          visible: "{{ details.data.photo is defined }}",
        },
        {
          id: "details",
          type: "record",
          label: "Details",
          width: 6,
          source: { connector: "crm", endpoint: "get_contact", inputs: { id: "{{ list.selected.id }}" } },
        },
        {
          id: "orders_list",
          type: "table",
          label: "Orders",
          width: 6,
          source: {
            connector: "orders",
            endpoint: "orders",
            inputs: { contact: "{{ list.selected.id }}" },
            run: "manual",
          },
        },
        {
          id: "echo",
          type: "button",
          width: 3,
          text: "Send a note",
          style: "primary",
          on: {
            click: [
              {
                type: "call",
                connector: "crm",
                endpoint: "echo",
                then: [{ type: "show_message", text: "Sent.", tone: "success" }],
                otherwise: [{ type: "show_message", text: "{{ error.message }}", tone: "danger" }],
              },
            ],
          },
        },
        { id: "raw", type: "json", label: "As it came", value: "{{ details.data }}", width: 6 },
      ],
    },
    {
      id: "account",
      name: "Account",
      controls: [
        {
          id: "about",
          type: "text",
          text: "Sign in with other credentials, and go on where you were.",
          style: "muted",
        },
        {
          id: "switch_user",
          type: "button",
          width: 4,
          text: "Use other credentials",
          on: { click: [{ type: "navigate_to_authentication" }] },
        },
      ],
    },
  ],
});

const LONG =
  "A name that is much longer than anybody would give to a thing in real life, for looking at what gives way";

/** Long names, errors, and more of everything than one would like, for looking at. */
export const CROWDED_APP = JSON.stringify({
  format: "latchwork.app/1",
  name: LONG,
  description: LONG,
  connectors: [
    {
      id: "a_connector_with_a_very_long_identifier_indeed",
      connector: "5d3c9a52-0a55-4c6f-9f2b-6a1a5f8f1c03",
    },
    { id: "gone", connector: "A connector that is not here" },
  ],
  screens: [
    {
      id: "a_screen_with_a_very_long_identifier_indeed",
      name: LONG,
      controls: [
        { id: "words", type: "text", text: `${LONG}: {{ nobody.value }} and {{ vars.what | default('') }}` },
        { id: "one", type: "input", label: LONG, width: 2, placeholder: LONG, required: true },
        { id: "two", type: "select", label: LONG, width: 1 },
        { id: "three", type: "button", text: LONG, width: 2, style: "danger" },
        { id: "four", type: "image", width: 1, description: LONG },
        {
          id: "a_table_with_a_very_long_identifier_indeed",
          type: "table",
          label: LONG,
          columns: Array.from({ length: 9 }, (_, index) => ({
            label: `Column ${index + 1} of many`,
            value: `{{ row.a_member_with_a_long_name_${index} }}`,
          })),
          source: { connector: "gone", endpoint: "an_endpoint_that_nobody_knows_any_more" },
        },
      ],
    },
    ...Array.from({ length: 9 }, (_, index) => ({ id: `screen_${index}`, name: `Screen ${index + 2}` })),
  ],
});

export const EMPTY_APP = JSON.stringify({
  format: "latchwork.app/1",
  name: "Rounds",
  screens: [{ id: "home", name: "Home" }],
});
