/** What the schema explorer lists: the fields of a type, or what a search finds. */
import {
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from "graphql";

export interface SchemaRow {
  /** The type that it is a member of; the type itself where `name` is null. */
  owner: string;
  name: string | null;
  /** `(first: Int = 10)` */
  args: string;
  /** Its type as it is written, and the one that it leads to. */
  type: string;
  leadsTo: string | null;
  description: string;
  deprecated: string | null;
}

/** The most rows that are shown. */
export const MOST_ROWS = 100;

const isOwn = (type: GraphQLNamedType) => type.name.startsWith("__");

function fieldRow(owner: string, field: GraphQLField<unknown, unknown> | GraphQLInputField): SchemaRow {
  const args = "args" in field ? field.args.map((arg) => `${arg.name}: ${arg.type}`).join(", ") : "";
  const leadsTo = getNamedType(field.type).name;
  return {
    owner,
    name: field.name,
    args: args ? `(${args})` : "",
    type: String(field.type),
    leadsTo,
    description: field.description ?? "",
    deprecated: field.deprecationReason ?? null,
  };
}

/** The members of a type, in the schema's order. */
export function membersOf(schema: GraphQLSchema, name: string): SchemaRow[] {
  const type = schema.getType(name);
  if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
    return Object.values(type.getFields()).map((field) => fieldRow(name, field));
  }
  const bare = { owner: name, args: "", type: "" };
  if (isEnumType(type)) {
    return type.getValues().map((value) => ({
      ...bare,
      name: value.name,
      leadsTo: null,
      description: value.description ?? "",
      deprecated: value.deprecationReason ?? null,
    }));
  }
  if (isUnionType(type)) {
    return type.getTypes().map((one) => ({
      ...bare,
      name: one.name,
      leadsTo: one.name,
      description: one.description ?? "",
      deprecated: null,
    }));
  }
  return [];
}

/** Whether a type has members at all: a scalar has none. */
export function hasMembers(schema: GraphQLSchema, name: string): boolean {
  return !isScalarType(schema.getType(name));
}

/** The names of the types that operations start from. */
export function rootsOf(schema: GraphQLSchema): string[] {
  const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
  return roots.flatMap((type) => (type ? [type.name] : []));
}

/** Types and fields whose name holds the words, those that begin with them first. */
export function searchSchema(schema: GraphQLSchema, words: string): SchemaRow[] {
  const wanted = words.trim().toLowerCase();
  const found: { rank: number; row: SchemaRow }[] = [];
  const consider = (name: string, row: SchemaRow) => {
    const at = name.toLowerCase().indexOf(wanted);
    if (at >= 0) found.push({ rank: (at === 0 ? 0 : 2) + (row.name === null ? 0 : 1), row });
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (isOwn(type)) continue;
    consider(type.name, {
      owner: type.name,
      name: null,
      args: "",
      type: "",
      leadsTo: type.name,
      description: type.description ?? "",
      deprecated: null,
    });
    if (isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)) {
      for (const field of Object.values(type.getFields())) consider(field.name, fieldRow(type.name, field));
    }
  }
  return found.sort((one, other) => one.rank - other.rank).map(({ row }) => row);
}
