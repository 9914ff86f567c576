//! JSON values as a page can hold them: its numbers are doubles.

use serde_json::{Map, Value};

/// The largest integer that a page's numbers hold exactly.
const SAFE_INTEGER: u64 = (1 << 53) - 1;

/// A value for a page: integers above 2^53 become text, so that none is shown wrong.
pub fn page_value(value: Value) -> Value {
    match value {
        Value::Number(number) => {
            let unsafe_integer = number.as_u64().is_some_and(|whole| whole > SAFE_INTEGER)
                || number
                    .as_i64()
                    .is_some_and(|whole| whole.unsigned_abs() > SAFE_INTEGER);
            if unsafe_integer {
                Value::String(number.to_string())
            } else {
                Value::Number(number)
            }
        }
        Value::Array(items) => Value::Array(items.into_iter().map(page_value).collect()),
        Value::Object(members) => Value::Object(page_members(members)),
        other => other,
    }
}

pub(super) fn page_members(members: Map<String, Value>) -> Map<String, Value> {
    members
        .into_iter()
        .map(|(name, value)| (name, page_value(value)))
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::page_value;

    #[test]
    fn integers_that_a_page_would_round_become_text() {
        let value = json!({ "a": [9_007_199_254_740_991_u64, 9_007_199_254_740_993_u64, -9_007_199_254_740_993_i64, 1.5] });
        assert_eq!(
            page_value(value),
            json!({ "a": [9_007_199_254_740_991_u64, "9007199254740993", "-9007199254740993", 1.5] })
        );
    }
}
