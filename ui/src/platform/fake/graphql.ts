/** The schemas of GraphQL APIs, of the platform in memory. */
import { readDocument } from "@/model/document";
import { parsePath, valueAt } from "@/model/path";
import type { Platform } from "../platform";
import type { GraphqlSchema } from "../wire";
import { failure } from "./evaluate";
import { PRACTICE_URL } from "./samples";

const PRACTICE_SCHEMA = `
"What can be read."
type Query {
  "Who is signed in."
  me: Person!
  "Orders, the newest first."
  orders(contact: Int, "Only those that are in this state." state: OrderState): [Order!]!
}
type Mutation {
  "Signs in."
  login(email: String!, password: String!): Session!
}
type Person { name: String! email: String! fax: String @deprecated(reason: "Nobody has one.") }
type Order { id: ID! total: Float! state: OrderState! contact: Person }
type Session { token: String! expiresIn: Int! }
enum OrderState { OPEN PAID }
`.trim();

type Schemas = Pick<
  Platform,
  "graphqlSchema" | "graphqlSchemaFetch" | "graphqlSchemaChoose" | "graphqlSchemaForget"
>;

export function fakeSchemas(): Schemas {
  const kept = new Map<string, GraphqlSchema>();
  const addressAt = (document: string, place: string) => {
    const connector = readDocument(document);
    const url = String(valueAt(connector, [...parsePath(place), "url"]) ?? "");
    return url === "" || url.startsWith("/") ? `${connector.base_url}${url}` : url;
  };
  const keep = (id: string, address: string, file_name: string | null) => {
    const schema = { address, file_name, fetched_at: Math.floor(Date.now() / 1000), schema: PRACTICE_SCHEMA };
    kept.set(`${id} ${address}`, schema);
    return schema;
  };
  return {
    graphqlSchema: async (id, document, place) => kept.get(`${id} ${addressAt(document, place)}`) ?? null,
    graphqlSchemaFetch: async (id, document, place) => {
      const address = addressAt(document, place);
      if (address !== `${PRACTICE_URL}/graphql`) {
        throw failure("graphql.no_schema", `${address} answered 404, and not as a GraphQL API does`, {
          hint: "Check the address: GraphQL APIs often have one of their own, such as `/graphql`.",
        });
      }
      return keep(id, address, null);
    },
    graphqlSchemaChoose: async (id, document, place) =>
      keep(id, addressAt(document, place), "schema.graphql"),
    graphqlSchemaForget: async (id, document, place) =>
      void kept.delete(`${id} ${addressAt(document, place)}`),
  };
}
