//! An introspection's answer written as SDL, for people and for git.

use std::fmt::Write as _;

use serde_json::Value;

/// Scalars that every schema has, which are not written.
const BUILT_IN: [&str; 5] = ["Int", "Float", "String", "Boolean", "ID"];
/// Directives that every schema has.
const BUILT_IN_DIRECTIVES: [&str; 5] = ["skip", "include", "deprecated", "specifiedBy", "oneOf"];
/// How deep a type's lists and non-nulls are followed.
const DEEPEST: usize = 16;

/// The schema of `{ "__schema": … }` as type definitions, in the order of the answer.
pub fn introspection_to_sdl(introspection: &Value) -> String {
    let schema = &introspection["__schema"];
    let mut blocks = Vec::new();
    blocks.extend(roots(schema));
    for directive in list(&schema["directives"]) {
        if !BUILT_IN_DIRECTIVES.contains(&name(directive)) {
            blocks.push(directive_definition(directive));
        }
    }
    for one in list(&schema["types"]) {
        if !name(one).starts_with("__") && !BUILT_IN.contains(&name(one)) {
            blocks.push(type_definition(one));
        }
    }
    let mut sdl = blocks.join("\n\n");
    sdl.push('\n');
    sdl
}

/// `schema { … }`, where a root has another name than it would have by itself.
fn roots(schema: &Value) -> Option<String> {
    let roots = [
        ("query", "queryType", "Query"),
        ("mutation", "mutationType", "Mutation"),
        ("subscription", "subscriptionType", "Subscription"),
    ];
    let named = roots.map(|(word, member, usual)| (word, schema[member]["name"].as_str(), usual));
    if named
        .iter()
        .all(|(_, name, usual)| name.is_none_or(|name| name == *usual))
    {
        return None;
    }
    let lines = named
        .iter()
        .filter_map(|(word, name, _)| Some(format!("  {word}: {}\n", (*name)?)));
    Some(format!("schema {{\n{}}}", lines.collect::<String>()))
}

fn type_definition(one: &Value) -> String {
    let mut text = description(one, "");
    let name = name(one);
    // Writing to a text cannot fail.
    let _ = match one["kind"].as_str().unwrap_or_default() {
        "SCALAR" => write!(text, "scalar {name}{}", specified_by(one)),
        "UNION" => write!(
            text,
            "union {name} = {}",
            names(&one["possibleTypes"], " | ")
        ),
        "ENUM" => {
            let values = list(&one["enumValues"]).iter().map(|value| {
                format!(
                    "{}  {}{}\n",
                    description(value, "  "),
                    self::name(value),
                    deprecated(value)
                )
            });
            write!(text, "enum {name} {{\n{}}}", values.collect::<String>())
        }
        "INPUT_OBJECT" => {
            let is_one_of = one["isOneOf"] == Value::Bool(true);
            let fields = list(&one["inputFields"])
                .iter()
                .map(|field| format!("{}  {}\n", description(field, "  "), input(field)));
            let one_of = if is_one_of { " @oneOf" } else { "" };
            write!(
                text,
                "input {name}{one_of} {{\n{}}}",
                fields.collect::<String>()
            )
        }
        kind => {
            let word = if kind == "INTERFACE" {
                "interface"
            } else {
                "type"
            };
            let interfaces = names(&one["interfaces"], " & ");
            let implements = if interfaces.is_empty() {
                String::new()
            } else {
                format!(" implements {interfaces}")
            };
            let fields = list(&one["fields"]).iter().map(field);
            write!(
                text,
                "{word} {name}{implements} {{\n{}}}",
                fields.collect::<String>()
            )
        }
    };
    text
}

fn field(field: &Value) -> String {
    format!(
        "{}  {}{}: {}{}\n",
        description(field, "  "),
        name(field),
        arguments(field, "  "),
        type_text(&field["type"], 0),
        deprecated(field)
    )
}

/// `(first: Int = 10)`, a line each where one has a description.
fn arguments(of: &Value, indent: &str) -> String {
    let arguments = list(&of["args"]);
    if arguments.is_empty() {
        return String::new();
    }
    let is_described = arguments.iter().any(|argument| {
        argument["description"]
            .as_str()
            .is_some_and(|text| !text.is_empty())
    });
    if !is_described {
        let written: Vec<String> = arguments.iter().map(input).collect();
        return format!("({})", written.join(", "));
    }
    let inner = format!("{indent}  ");
    let written = arguments.iter().map(|argument| {
        format!(
            "{}{inner}{}\n",
            description(argument, &inner),
            input(argument)
        )
    });
    format!("(\n{}{indent})", written.collect::<String>())
}

fn input(value: &Value) -> String {
    let default = value["defaultValue"]
        .as_str()
        .map_or_else(String::new, |default| format!(" = {default}"));
    format!(
        "{}: {}{default}{}",
        name(value),
        type_text(&value["type"], 0),
        deprecated(value)
    )
}

fn directive_definition(directive: &Value) -> String {
    let repeatable = if directive["isRepeatable"] == Value::Bool(true) {
        " repeatable"
    } else {
        ""
    };
    let locations: Vec<&str> = list(&directive["locations"])
        .iter()
        .filter_map(Value::as_str)
        .collect();
    format!(
        "{}directive @{}{}{repeatable} on {}",
        description(directive, ""),
        name(directive),
        arguments(directive, ""),
        locations.join(" | ")
    )
}

fn type_text(written: &Value, depth: usize) -> String {
    let inner = || type_text(&written["ofType"], depth + 1);
    match written["kind"].as_str() {
        Some("NON_NULL") if depth < DEEPEST => format!("{}!", inner()),
        Some("LIST") if depth < DEEPEST => format!("[{}]", inner()),
        _ => name(written).to_owned(),
    }
}

fn deprecated(of: &Value) -> String {
    if of["isDeprecated"] != Value::Bool(true) {
        return String::new();
    }
    match of["deprecationReason"].as_str() {
        Some(reason) if reason != "No longer supported" => {
            format!(" @deprecated(reason: {})", Value::from(reason))
        }
        _ => " @deprecated".to_owned(),
    }
}

fn specified_by(scalar: &Value) -> String {
    scalar["specifiedByURL"]
        .as_str()
        .map_or_else(String::new, |url| {
            format!(" @specifiedBy(url: {})", Value::from(url))
        })
}

/// A description as a block string, before what it describes.
fn description(of: &Value, indent: &str) -> String {
    let Some(text) = of["description"]
        .as_str()
        .filter(|text| !text.trim().is_empty())
    else {
        return String::new();
    };
    let text = text.trim().replace("\"\"\"", "\\\"\"\"");
    let needs_lines = text.contains('\n') || text.ends_with(['"', '\\']) || text.len() > 100;
    if !needs_lines {
        return format!("{indent}\"\"\"{text}\"\"\"\n");
    }
    let lines: String = text
        .lines()
        .map(|line| {
            let line = line.trim_end();
            if line.is_empty() {
                "\n".to_owned()
            } else {
                format!("{indent}{line}\n")
            }
        })
        .collect();
    format!("{indent}\"\"\"\n{lines}{indent}\"\"\"\n")
}

fn names(of: &Value, between: &str) -> String {
    let names: Vec<&str> = list(of).iter().map(name).collect();
    names.join(between)
}

fn name(of: &Value) -> &str {
    of["name"].as_str().unwrap_or_default()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::introspection_to_sdl;
    use crate::graphql::{GraphqlSchema, read_graphql_schema};

    #[test]
    fn an_introspections_answer_becomes_definitions_that_are_read_again() {
        let named = |kind: &str, name: &str| json!({ "kind": kind, "name": name });
        let non_null = |of: serde_json::Value| json!({ "kind": "NON_NULL", "ofType": of });
        let list = |of: serde_json::Value| json!({ "kind": "LIST", "ofType": of });
        let id = || named("SCALAR", "ID");
        let schema = json!({ "__schema": {
            "queryType": { "name": "Query" }, "mutationType": { "name": "Writes" }, "subscriptionType": null,
            "directives": [
                { "name": "skip", "args": [], "locations": ["FIELD"] },
                { "name": "cost", "description": "What it costs.", "args": [{ "name": "points", "type": named("SCALAR", "Int"), "defaultValue": "1" }],
                  "locations": ["FIELD_DEFINITION", "OBJECT"], "isRepeatable": true } ],
            "types": [
                { "kind": "OBJECT", "name": "Query", "fields": [
                    { "name": "contacts", "description": "All of them,\nten a page.", "type": non_null(list(non_null(named("OBJECT", "Contact")))),
                      "args": [{ "name": "query", "description": "Part of a name", "type": named("SCALAR", "String"), "defaultValue": "\"\"" },
                               { "name": "order", "type": named("ENUM", "Order") }] } ], "interfaces": [] },
                { "kind": "OBJECT", "name": "Writes", "fields": [{ "name": "add", "args": [{ "name": "contact", "type": named("INPUT_OBJECT", "New") }], "type": id() }] },
                { "kind": "OBJECT", "name": "Contact", "description": "Somebody called \"Ada\"", "interfaces": [named("INTERFACE", "Node")], "fields": [
                    { "name": "id", "args": [], "type": non_null(id()) },
                    { "name": "fax", "args": [], "type": named("SCALAR", "Date"), "isDeprecated": true, "deprecationReason": "Say \"no\"." } ] },
                { "kind": "INTERFACE", "name": "Node", "fields": [{ "name": "id", "args": [], "type": non_null(id()) }] },
                { "kind": "UNION", "name": "Any", "possibleTypes": [named("OBJECT", "Contact"), named("OBJECT", "Query")] },
                { "kind": "ENUM", "name": "Order", "enumValues": [{ "name": "UP" }, { "name": "DOWN", "isDeprecated": true }] },
                { "kind": "INPUT_OBJECT", "name": "New", "isOneOf": true, "inputFields": [{ "name": "name", "type": named("SCALAR", "String") }] },
                { "kind": "SCALAR", "name": "Date", "specifiedByURL": "https://example.com/date" },
                { "kind": "SCALAR", "name": "ID" },
                { "kind": "OBJECT", "name": "__Schema", "fields": [] }
            ]
        } });
        let expected = r#"schema {
  query: Query
  mutation: Writes
}

"""What it costs."""
directive @cost(points: Int = 1) repeatable on FIELD_DEFINITION | OBJECT

type Query {
  """
  All of them,
  ten a page.
  """
  contacts(
    """Part of a name"""
    query: String = ""
    order: Order
  ): [Contact!]!
}

type Writes {
  add(contact: New): ID
}

"""
Somebody called "Ada"
"""
type Contact implements Node {
  id: ID!
  fax: Date @deprecated(reason: "Say \"no\".")
}

interface Node {
  id: ID!
}

union Any = Contact | Query

enum Order {
  UP
  DOWN @deprecated
}

input New @oneOf {
  name: String
}

scalar Date @specifiedBy(url: "https://example.com/date")
"#;
        let sdl = introspection_to_sdl(&schema);
        assert_eq!(sdl, expected);
        assert_eq!(
            read_graphql_schema(&sdl),
            Ok(GraphqlSchema::Sdl(sdl.trim().to_owned()))
        );
    }

    #[test]
    fn z28_a_schema_of_any_shape_is_written_without_end_or_panic() {
        let mut deep = json!({ "kind": "SCALAR", "name": "Int" });
        for _ in 0..100 {
            deep = json!({ "kind": "LIST", "ofType": deep });
        }
        let schema = json!({ "__schema": { "types": [5, { "kind": 7, "name": "A", "fields": [{ "type": deep }, null] }] } });
        assert!(introspection_to_sdl(&schema).contains("type A"));
    }
}
