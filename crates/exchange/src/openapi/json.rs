//! JSON documents without what no import reads: the answers of operations, which are more than half of most
//! documents. They are passed over, not built, and stand as null; that they are JSON is still checked.
//!
//! References may lead into them. Where one leads nowhere, the whole document is read ([`super::from_openapi`]).

use std::fmt;

use serde::de::value::SeqAccessDeserializer;
use serde::de::{
    Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor,
};
use serde_json::{Map, Value};

use super::operations::is_method;

/// Reads a document, without what is not read of it.
pub(super) fn read(text: &str) -> serde_json::Result<Value> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let document = Level::Document.deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(document)
}

/// What an object is, on the way to the answers.
#[derive(Clone, Copy)]
enum Level {
    Document,
    Components,
    Paths,
    PathItem,
    Operation,
}

impl Level {
    /// What stands at a member; nothing where it is read as it is.
    fn below(self, name: &str) -> Option<Below> {
        match (self, name) {
            (Self::Document, "paths") => Some(Below::Level(Self::Paths)),
            (Self::Document, "components") => Some(Below::Level(Self::Components)),
            (Self::Paths, _) => Some(Below::Level(Self::PathItem)),
            (Self::PathItem, method) if is_method(method) => Some(Below::Level(Self::Operation)),
            (Self::Document, "webhooks")
            | (Self::Components | Self::Operation, "responses" | "callbacks")
            | (Self::Components, "links" | "headers") => Some(Below::Nothing),
            _ => None,
        }
    }
}

enum Below {
    Level(Level),
    Nothing,
}

impl<'de> DeserializeSeed<'de> for Level {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Level {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("any JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some(name) = access.next_key::<String>()? {
            let value = match self.below(&name) {
                Some(Below::Level(level)) => access.next_value_seed(level)?,
                Some(Below::Nothing) => {
                    access.next_value::<IgnoredAny>()?;
                    Value::Null
                }
                None => access.next_value()?,
            };
            members.insert(name, value);
        }
        Ok(Value::Object(members))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, access: A) -> Result<Value, A::Error> {
        Value::deserialize(SeqAccessDeserializer::new(access))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::read;

    #[test]
    fn answers_of_operations_are_passed_over_and_nothing_else() {
        let document = json!({
            "openapi": "3.0.0",
            "responses": 1,
            "paths": {
                "/a": {
                    "get": { "operationId": "a", "responses": { "200": {} }, "x": [1, -2, 1.5, true, null, "t"] },
                    "parameters": [{ "responses": 1 }],
                    "responses": { "b": 1 },
                },
                "/b": [1],
                "/c": null,
                "/d": -1,
            },
            "components": { "schemas": { "responses": { "properties": { "responses": {} } } }, "responses": { "x": {} } },
        });
        let mut expected = document.clone();
        expected["paths"]["/a"]["get"]["responses"] = json!(null);
        expected["components"]["responses"] = json!(null);
        assert_eq!(read(&document.to_string()).unwrap(), expected);
    }

    #[test]
    fn what_is_passed_over_has_to_be_json() {
        let start = r#"{"paths":{"/a":{"get":{"responses":"#;
        for end in ["{]}}}}}", "{\"a\":}}}}}", "tru}}}}", "{\"a\":1"] {
            assert!(read(&format!("{start}{end}")).is_err(), "{end}");
        }
        assert!(
            read(&format!("{start}1}}}}}}}} x")).is_err(),
            "something behind it"
        );
        // Nothing of it is kept, so its depth costs nothing.
        let deep = format!(
            "{start}{}{}}}}}}}}}",
            "[".repeat(100_000),
            "]".repeat(100_000)
        );
        assert!(read(&deep).is_ok());
    }
}
