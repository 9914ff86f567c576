//! JSON bodies: read only where nothing of them would be lost, and text in them escaped.

use latchwork_model::{Body, GraphqlBody, JsonBody};
use serde_json::Value;

use crate::literal::escape;

/// Reads a JSON text; none where it is no JSON, or where reading it would lose something: a whole number beyond
/// 64 bits, or a doubled key.
pub(crate) fn read_exactly(text: &str) -> Option<Value> {
    let value: Value = serde_json::from_str(text).ok()?;
    let in_text = Count::of_text(text)?;
    (in_text == Count::of_value(&value)).then_some(value)
}

/// The body of a JSON value: GraphQL where it is a query.
pub(crate) fn body(value: Value) -> Body {
    if let Value::Object(members) = &value
        && let Some(Value::String(query)) = members.get("query")
        && is_graphql(query)
        && members.iter().all(|(name, value)| match name.as_str() {
            "query" => true,
            "variables" => value.is_object() || value.is_null(),
            "operationName" => value.is_null(),
            _ => false,
        })
    {
        let variables = members.get("variables").cloned().unwrap_or_default();
        return Body::Graphql(GraphqlBody {
            query: query.clone(),
            variables: escape_leaves(variables),
        });
    }
    Body::Json(JsonBody {
        value: escape_leaves(value),
    })
}

fn is_graphql(query: &str) -> bool {
    let start = query.trim_start();
    query.contains('{')
        && ["{", "query", "mutation", "subscription", "fragment", "#"]
            .iter()
            .any(|word| start.starts_with(word))
}

/// Escapes every string leaf; the names of members are no templates.
pub(crate) fn escape_leaves(value: Value) -> Value {
    match value {
        Value::String(text) => Value::String(escape(&text).as_str().to_owned()),
        Value::Array(values) => values.into_iter().map(escape_leaves).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(name, value)| (name, escape_leaves(value)))
            .collect::<serde_json::Map<_, _>>()
            .into(),
        other => other,
    }
}

/// How many texts and how many other leaves there are.
#[derive(Debug, Default, PartialEq, Eq)]
struct Count {
    texts: usize,
    others: usize,
}

impl Count {
    /// Counts in a text that is JSON; none where a whole number does not fit.
    fn of_text(text: &str) -> Option<Self> {
        let mut count = Self::default();
        let bytes = text.as_bytes();
        let mut index = 0;
        while let Some(byte) = bytes.get(index) {
            match byte {
                b'"' => {
                    count.texts += 1;
                    index += 1;
                    while bytes.get(index).is_some_and(|inside| *inside != b'"') {
                        index += if bytes[index] == b'\\' { 2 } else { 1 };
                    }
                    index += 1;
                }
                b'-' | b'0'..=b'9' | b't' | b'f' | b'n' => {
                    let end = bytes[index..]
                        .iter()
                        .position(|next| {
                            matches!(next, b',' | b']' | b'}') || next.is_ascii_whitespace()
                        })
                        .map_or(bytes.len(), |length| index + length);
                    let token = text.get(index..end)?;
                    let is_whole = token
                        .bytes()
                        .all(|digit| digit == b'-' || digit.is_ascii_digit());
                    if is_whole && token.parse::<i64>().is_err() && token.parse::<u64>().is_err() {
                        return None;
                    }
                    count.others += 1;
                    index = end;
                }
                _ => index += 1,
            }
        }
        Some(count)
    }

    fn of_value(value: &Value) -> Self {
        let mut count = Self::default();
        count.add(value);
        count
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::String(_) => self.texts += 1,
            Value::Array(values) => values.iter().for_each(|value| self.add(value)),
            Value::Object(members) => {
                self.texts += members.len();
                members.values().for_each(|value| self.add(value));
            }
            _ => self.others += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::read_exactly;

    #[test]
    fn json_that_would_lose_something_is_not_read() {
        for text in [
            "{\"id\":123456789012345678901234567890}",
            "{\"a\":1,\"a\":2}",
            "{",
            "",
            "nope",
        ] {
            assert_eq!(read_exactly(text), None, "{text}");
        }
        for text in [
            "{\"a\\\"b\":[1,-2.5e3,true,null,\"x\"]}",
            "[]",
            "18446744073709551615",
            " { } ",
        ] {
            assert!(read_exactly(text).is_some(), "{text}");
        }
    }
}
