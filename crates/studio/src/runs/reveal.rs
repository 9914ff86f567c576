//! One value of a run's outputs, by its dotted path.

use std::collections::HashMap;

use serde_json::{Map, Value};

/// The value at `login.body.items[0].token`, as text. Members whose names hold `.` or `[` are found as well: the
/// longest member that fits is taken.
pub(super) fn value_at(
    outputs: &HashMap<String, Map<String, Value>>,
    pointer: &str,
) -> Option<String> {
    let (step, rest) = pointer.split_once('.')?;
    let value = member(outputs.get(step)?, rest)?;
    Some(match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    })
}

fn member<'a>(members: &'a Map<String, Value>, path: &str) -> Option<&'a Value> {
    let fits = |name: &&String| {
        path.strip_prefix(name.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
    };
    let name = members.keys().filter(fits).max_by_key(|name| name.len())?;
    below(members.get(name)?, path.get(name.len()..)?)
}

fn below<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    if path.is_empty() {
        return Some(value);
    }
    match value {
        Value::Object(members) => match path.strip_prefix("['") {
            Some(quoted) => {
                let (name, rest) = quoted.split_once("']")?;
                below(members.get(name)?, rest)
            }
            None => member(members, path.strip_prefix('.').unwrap_or(path)),
        },
        Value::Array(items) => {
            let rest = path.strip_prefix('[').or_else(|| path.strip_prefix('.'))?;
            let end = rest
                .find(|character: char| !character.is_ascii_digit())
                .unwrap_or(rest.len());
            let item = items.get(rest.get(..end)?.parse::<usize>().ok()?)?;
            let rest = rest.get(end..)?;
            below(item, rest.strip_prefix(']').unwrap_or(rest))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_found_by_their_path_and_nothing_else_is() {
        let outputs = json!({ "body": { "a.b": { "c": "x" }, "list": [{ "id": 7 }] }, "headers": { "set-cookie": "s=1" }, "status": 200 });
        let outputs = HashMap::from([("login".to_owned(), outputs.as_object().unwrap().clone())]);
        let at = |pointer: &str| value_at(&outputs, pointer);
        assert_eq!(at("login.body.a.b.c").as_deref(), Some("x"));
        assert_eq!(at("login.body.list[0].id").as_deref(), Some("7"));
        assert_eq!(at("login.body.list.0.id").as_deref(), Some("7"));
        assert_eq!(at("login.headers['set-cookie']").as_deref(), Some("s=1"));
        assert_eq!(at("login.status").as_deref(), Some("200"));
        for missing in [
            "login",
            "other.body",
            "login.body.list[1].id",
            "login.body.list[x]",
            "login.nothing",
            "",
        ] {
            assert_eq!(at(missing), None, "{missing}");
        }
    }
}
