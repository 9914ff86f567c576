//! Compares JSON with what was expected, and says in words where they part.
//!
//! An expected value may be a matcher: `{ "$any": true }`, `{ "$absent": true }`, `{ "$contains": "text" }` (or a
//! list of texts), `{ "$length": 3 }`.

use serde_json::Value;

/// Whether members that were not expected are a mismatch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exactness {
    /// They are.
    Exact,
    /// They are not, at any depth.
    Subset,
}

/// Where and how a value differs from what was expected; `None` where it does not.
pub fn mismatch(expected: &Value, actual: &Value, exactness: Exactness) -> Option<String> {
    compare("", expected, Some(actual), exactness)
}

fn compare(
    place: &str,
    expected: &Value,
    actual: Option<&Value>,
    exactness: Exactness,
) -> Option<String> {
    let shown = if place.is_empty() { "the value" } else { place };
    if let Some((matcher, argument)) = matcher(expected) {
        return matched(shown, matcher, argument, actual);
    }
    let Some(actual) = actual else {
        return Some(format!("{shown} is missing, expected {expected}"));
    };
    match (expected, actual) {
        (Value::Object(expected), Value::Object(actual)) => {
            for (name, value) in expected {
                let found = compare(
                    &format!("{place}.{name}"),
                    value,
                    actual.get(name),
                    exactness,
                );
                if found.is_some() {
                    return found;
                }
            }
            let extra = actual.keys().find(|name| !expected.contains_key(*name));
            match extra {
                Some(name) if exactness == Exactness::Exact => {
                    Some(format!("{place}.{name} was not expected: {}", actual[name]))
                }
                _ => None,
            }
        }
        (Value::Array(expected), Value::Array(actual)) => {
            if expected.len() != actual.len() {
                return Some(format!(
                    "{shown} has {} items, expected {}",
                    actual.len(),
                    expected.len()
                ));
            }
            let mut pairs = expected.iter().zip(actual).enumerate();
            pairs.find_map(|(index, (expected, actual))| {
                compare(
                    &format!("{place}[{index}]"),
                    expected,
                    Some(actual),
                    exactness,
                )
            })
        }
        (expected, actual) if expected == actual => None,
        (expected, actual) => Some(format!("{shown} is {actual}, expected {expected}")),
    }
}

fn matcher(expected: &Value) -> Option<(&str, &Value)> {
    let members = expected.as_object().filter(|members| members.len() == 1)?;
    let (name, argument) = members.iter().next()?;
    Some((name.strip_prefix('$')?, argument))
}

fn matched(place: &str, matcher: &str, argument: &Value, actual: Option<&Value>) -> Option<String> {
    if matcher == "absent" {
        return actual.map(|actual| format!("{place} is {actual}, expected nothing"));
    }
    let Some(actual) = actual else {
        return Some(format!("{place} is missing"));
    };
    match matcher {
        "any" => None,
        "contains" => {
            let text = actual
                .as_str()
                .map_or_else(|| actual.to_string(), str::to_owned);
            let parts = argument
                .as_array()
                .map_or_else(|| vec![argument], |parts| parts.iter().collect());
            let missing = parts
                .into_iter()
                .filter_map(Value::as_str)
                .find(|part| !text.contains(part));
            missing.map(|part| format!("{place} is `{text}`, expected it to contain `{part}`"))
        }
        "length" => {
            let length = actual
                .as_str()
                .map(str::len)
                .or_else(|| actual.as_array().map(Vec::len));
            (length.map(|length| length as u64) != argument.as_u64())
                .then(|| format!("{place} has the length {length:?}, expected {argument}"))
        }
        other => Some(format!("{place}: there is no matcher `${other}`")),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn what_differs_is_named_with_its_place() {
        let actual = json!({ "a": [1, { "b": "text" }], "c": true });
        let same = |expected: Value, exactness| mismatch(&expected, &actual, exactness);
        assert_eq!(same(actual.clone(), Exactness::Exact), None);
        assert_eq!(same(json!({ "c": true }), Exactness::Subset), None);
        assert_eq!(
            same(
                json!({ "a": [1, { "b": { "$contains": ["te", "xt"] } }] }),
                Exactness::Subset
            ),
            None
        );
        assert_eq!(
            same(
                json!({ "d": { "$absent": true }, "a": { "$length": 2 } }),
                Exactness::Subset
            ),
            None
        );
        for wrong in [
            json!({ "a": [1] }),
            json!({ "a": [2, {}] }),
            json!({ "d": 1 }),
            json!({ "c": { "$absent": true } }),
            json!({ "a": { "$contains": "nothing" } }),
            json!({ "a": { "$nothing": 1 } }),
        ] {
            assert!(same(wrong.clone(), Exactness::Subset).is_some(), "{wrong}");
        }
        assert!(
            same(json!({ "c": true }), Exactness::Exact)
                .is_some_and(|words| words.contains(".a was not expected"))
        );
    }
}
