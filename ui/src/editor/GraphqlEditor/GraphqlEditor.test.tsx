import { screen, waitFor, within } from "@testing-library/react";
import { buildSchema } from "graphql";
import { describe, expect, test } from "vitest";
import { readDocument } from "@/model/document";
import { PRACTICE_GRAPHQL } from "@/platform/fake/samples";
import { codeField, openEditor, typeInto } from "@/testing/render";
import { membersOf, rootsOf, searchSchema } from "./explore";
import { readSchema } from "./graphqlSchema";

async function openEndpoint(document = PRACTICE_GRAPHQL) {
  const opened = await openEditor(document);
  await opened.user.click(screen.getByRole("button", { name: /^Endpoints/ }));
  await opened.user.click(await screen.findByTestId("endpoint-orders"));
  await screen.findByRole("textbox", { name: "Query" });
  return opened;
}

describe("GraphQL editor", () => {
  test("C3: a schema is fetched, says from when it is, and is there when the endpoint is opened again", async () => {
    const { user } = await openEndpoint();
    expect(screen.getByTestId("graphql-schema")).toHaveTextContent("No schema yet");
    expect(screen.getByTestId("graphql-schema")).toHaveRole("status");
    await user.click(screen.getByRole("button", { name: "Fetch schema" }));
    await waitFor(() =>
      expect(screen.getByTestId("graphql-schema")).toHaveTextContent(/Schema of .*fetched/),
    );
    expect(screen.getByRole("button", { name: "Fetch again" })).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "All endpoints" }));
    await user.click(await screen.findByTestId("endpoint-orders"));
    expect(await screen.findByText(/Schema of .*fetched/)).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "More for the schema" }));
    await user.click(await screen.findByRole("menuitem", { name: "Remove the schema" }));
    expect(await screen.findByText(/No schema yet/)).toBeInTheDocument();
  });

  test("C3: what shows no schema says why, and a file takes its place", async () => {
    const elsewhere = PRACTICE_GRAPHQL.replace(/"base_url":"[^"]*"/, '"base_url":"https://api.acme.example"');
    const { user } = await openEndpoint(elsewhere);
    await user.click(screen.getByRole("button", { name: "Fetch schema" }));
    expect(await screen.findByRole("alert")).toHaveTextContent(/graphql.no_schema.*404/);
    await user.click(screen.getByRole("button", { name: "More for the schema" }));
    await user.click(await screen.findByRole("menuitem", { name: "Schema from a file…" }));
    expect(await screen.findByText(/Schema from schema.graphql/)).toBeInTheDocument();
    expect(screen.queryByRole("alert")).not.toBeInTheDocument();
  });

  test("C3: types and fields are found by their name, and a type leads to its fields", async () => {
    const { user } = await openEndpoint();
    await user.click(screen.getByRole("button", { name: "Fetch schema" }));
    await user.click(await screen.findByRole("button", { name: "Types and fields" }));
    const list = await screen.findByRole("list", { name: "Schema" });
    expect(within(list).getByText("orders")).toBeInTheDocument();
    expect(within(list).getByText("Orders, the newest first.")).toBeInTheDocument();
    await user.click(within(list).getByRole("button", { name: "[Order!]!" }));
    expect(within(list).getByText("total")).toBeInTheDocument();
    expect(screen.getByRole("heading", { name: "Order" })).toHaveFocus();
    await user.click(within(list).getByRole("button", { name: "ID!" }));
    expect(screen.getByText("ID is a scalar: it has no fields.")).toBeInTheDocument();
    await user.click(screen.getByRole("button", { name: "Back" }));
    expect(screen.getByRole("heading", { name: "Order" })).toHaveFocus();
    await user.type(screen.getByRole("textbox", { name: "Search the schema" }), "fax");
    expect(within(list).getByText("fax")).toBeInTheDocument();
    expect(within(list).getByText("Nobody has one.")).toBeInTheDocument();
    expect(within(list).getByText("deprecated")).toBeInTheDocument();
    expect(within(list).queryByText("total")).not.toBeInTheDocument();
  });

  test("C3: query and variables are written as the file wants them", async () => {
    const { user, stored } = await openEndpoint();
    await waitFor(() =>
      expect(screen.getByRole("textbox", { name: "Query" })).toHaveAttribute("aria-describedby"),
    );
    typeInto("Query", "query($id:Int){orders(contact:$id){id}}");
    typeInto("Variables", '{ "id": "{{ input.contact }}" }');
    await user.click(screen.getByRole("button", { name: "Prettify" }));
    await waitFor(() => expect(codeField("Query").state.doc.lines).toBe(5));
    await waitFor(() => {
      const draft = readDocument(stored()?.draft?.document ?? "{}");
      expect(draft.endpoints?.[0]?.request.body).toEqual({
        type: "graphql",
        query: "query ($id: Int) {\n  orders(contact: $id) {\n    id\n  }\n}",
        variables: { id: "{{ input.contact }}" },
      });
    });
  });
});

describe("reading a schema", () => {
  const SDL = `
    type Query { node: Node any: Any }
    interface Node { id: ID! }
    union Any = One
    type One implements Node { id: ID! when(zone: String = "UTC"): Moment @own }
    enum Moment { NOW THEN @deprecated(reason: "Over.") }
    scalar When
  `;

  test("SDL with a directive of the provider's own is a schema, and the same text is read once", () => {
    expect(readSchema(SDL)).toBe(readSchema(SDL));
    expect(() => readSchema("{")).toThrow();
  });

  test("members of each kind of type are listed, and a search puts types that begin so first", () => {
    const schema = buildSchema(SDL, { assumeValidSDL: true });
    expect(rootsOf(schema)).toEqual(["Query"]);
    expect(membersOf(schema, "One").map((row) => `${row.name}${row.args}: ${row.type}`)).toEqual([
      "id: ID!",
      "when(zone: String): Moment",
    ]);
    expect(membersOf(schema, "Any").map((row) => row.leadsTo)).toEqual(["One"]);
    expect(membersOf(schema, "Moment").map((row) => row.deprecated)).toEqual([null, "Over."]);
    expect(membersOf(schema, "When")).toEqual([]);
    expect(searchSchema(schema, "when").map((row) => `${row.owner}.${row.name}`)).toEqual([
      "When.null",
      "One.when",
    ]);
  });
});
