/** Reading a schema that the core keeps. Loaded with the editor of documents. */
import { buildClientSchema, buildSchema, type GraphQLSchema, type IntrospectionQuery } from "graphql";

let last: { text: string; schema: GraphQLSchema } | null = null;

/** A schema out of an introspection's JSON or out of SDL; throws where it contradicts itself. The last one is kept. */
export function readSchema(text: string): GraphQLSchema {
  if (last?.text === text) return last.schema;
  const schema = text.startsWith("{")
    ? buildClientSchema(JSON.parse(text) as IntrospectionQuery, { assumeValid: true })
    : // Directives of a provider's own are no fault.
      buildSchema(text, { assumeValidSDL: true, assumeValid: true });
  last = { text, schema };
  return schema;
}
