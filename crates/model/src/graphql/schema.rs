//! A schema as it is kept: what introspection answered, or SDL.

use serde_json::{Value, json};

use apollo_parser::cst::Definition;

use super::syntax::{GraphqlSyntaxError, parse};

/// The most tokens of a schema in SDL. GitHub's has a third of a million.
const MOST_TOKENS: usize = 4_000_000;

/// A schema.
#[derive(Clone, Debug, PartialEq)]
pub enum GraphqlSchema {
    /// `{ "__schema": … }`, as introspection answers it.
    Introspection(Value),
    /// Type definitions.
    Sdl(String),
}

impl GraphqlSchema {
    /// As text: JSON, which begins with `{`, or SDL, which never does.
    pub fn text(&self) -> String {
        match self {
            Self::Introspection(value) => value.to_string(),
            Self::Sdl(text) => text.clone(),
        }
    }
}

/// Text that is no schema.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotASchema {
    /// JSON without a schema in it.
    #[error("{0}")]
    Introspection(String),
    /// Neither JSON nor GraphQL.
    #[error("{0}")]
    Syntax(#[from] GraphqlSyntaxError),
    /// GraphQL that defines no type.
    #[error("no type is defined in it")]
    NoTypes,
}

/// Reads a schema from a file's text: an introspection's answer as JSON, or SDL.
pub fn read_graphql_schema(text: &str) -> Result<GraphqlSchema, NotASchema> {
    let text = text.trim_start_matches('\u{feff}').trim();
    if text.starts_with(['{', '[']) {
        let value: Value = serde_json::from_str(text)
            .map_err(|error| NotASchema::Introspection(format!("it is no JSON: {error}")))?;
        return introspected(&value).map(GraphqlSchema::Introspection);
    }
    let document = parse(text, MOST_TOKENS)?;
    let defines = |definition: &Definition| {
        matches!(
            definition,
            Definition::ObjectTypeDefinition(_)
                | Definition::InterfaceTypeDefinition(_)
                | Definition::ObjectTypeExtension(_)
        )
    };
    let is_schema = document
        .definitions()
        .any(|definition| defines(&definition));
    let is_request = document.definitions().any(|definition| {
        matches!(
            definition,
            Definition::OperationDefinition(_) | Definition::FragmentDefinition(_)
        )
    });
    if !is_schema || is_request {
        return Err(NotASchema::NoTypes);
    }
    Ok(GraphqlSchema::Sdl(text.to_owned()))
}

/// The schema in an introspection's answer, alone: as `{ "__schema": … }`, whatever stood beside it.
pub fn introspected(answer: &Value) -> Result<Value, NotASchema> {
    let refuse = |what: &str| Err(NotASchema::Introspection(what.to_owned()));
    let schema = [answer, &answer["data"]]
        .into_iter()
        .find_map(|at| at.get("__schema"));
    let Some(schema) = schema else {
        return refuse("it has no `__schema`");
    };
    if schema["queryType"]["name"].as_str().is_none() {
        return refuse("its `__schema` has no `queryType`");
    }
    let types = schema["types"].as_array().map_or(&[][..], Vec::as_slice);
    let is_named = |one: &Value| one["name"].is_string() && one["kind"].is_string();
    if types.is_empty() || !types.iter().all(is_named) {
        return refuse("its `__schema` has no `types`, or some without a name and a kind");
    }
    Ok(json!({ "__schema": schema }))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn schema() -> Value {
        json!({ "queryType": { "name": "Query" }, "types": [{ "kind": "OBJECT", "name": "Query", "fields": [] }] })
    }

    #[test]
    fn an_introspections_answer_is_a_schema_with_or_without_data_around_it() {
        let bare = json!({ "__schema": schema() });
        let answer =
            json!({ "data": { "__schema": schema(), "me": 1 }, "extensions": { "cost": 2 } });
        for value in [&bare, &answer] {
            assert_eq!(
                read_graphql_schema(&format!("\u{feff} {value}")),
                Ok(GraphqlSchema::Introspection(bare.clone()))
            );
        }
    }

    #[test]
    fn sdl_is_a_schema() {
        let text = "\"\"\"All.\"\"\"\ntype Query { me: User @auth }\nextend type Query { a: [Int!]! }\ntype User { id: ID! }";
        let read = read_graphql_schema(text).unwrap();
        assert_eq!(read, GraphqlSchema::Sdl(text.to_owned()));
        assert_eq!(read_graphql_schema(&read.text()), Ok(read));
    }

    #[test]
    fn anything_else_is_none_and_says_why() {
        for (text, why) in [
            ("", "line 1, column 1"),
            ("{ \"data\": null, \"errors\": [] }", "__schema"),
            ("{ \"__schema\": { \"types\": [] } }", "queryType"),
            (
                "{ \"__schema\": { \"queryType\": { \"name\": \"Q\" }, \"types\": [{ \"name\": 1 }] } }",
                "types",
            ),
            ("{ me { id } }", "no JSON"),
            ("query { me { id } }", "no type"),
            ("type Query { me: Int } query { me }", "no type"),
            ("scalar Date", "no type"),
            ("<html><body>Sign in</body></html>", "line 1, column 1"),
            ("type Query {", "line 1"),
        ] {
            let error = read_graphql_schema(text).unwrap_err();
            assert!(error.to_string().contains(why), "{text}: {error}");
        }
    }
}
