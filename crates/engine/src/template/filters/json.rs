//! `json`, `parse_json`, `jsonpath` and `jsonpath_all` (RFC 9535).

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Error, State, Value};
use serde_json::Value as Json;
use serde_json_path::JsonPath;

use super::super::convert::{from_json, from_json_owned, to_json};
use super::super::environment::{nothing, there};
use super::arguments::{failed, text};
use super::path_cost;

/// A value as JSON text: `json`, or `json(indent=2)` laid out for reading.
pub(super) fn json(state: &State<'_, '_>, input: &Value, options: Kwargs) -> Result<String, Error> {
    let indent: Option<usize> = options.get("indent")?;
    options.assert_all_used()?;
    let value = data(state, input)?;
    match indent {
        None | Some(0) => Ok(value.to_string()),
        Some(indent) => {
            let spaces = " ".repeat(indent.min(16));
            let formatter = serde_json::ser::PrettyFormatter::with_indent(spaces.as_bytes());
            let mut serializer = serde_json::Serializer::with_formatter(Vec::new(), formatter);
            serde::Serialize::serialize(&value, &mut serializer)
                .map_err(|_| failed("`json`: this has no JSON"))?;
            String::from_utf8(serializer.into_inner())
                .map_err(|_| failed("`json`: this has no JSON"))
        }
    }
}

/// JSON text as a value. A byte-order mark before it is passed over.
pub(super) fn parse_json(input: &Value) -> Result<Value, Error> {
    Ok(from_json_owned(parse("parse_json", &text(input)?)?))
}

pub(super) fn jsonpath(state: &State<'_, '_>, input: &Value, path: &Value) -> Result<Value, Error> {
    let document = document(state, "jsonpath", input)?;
    let path = json_path("jsonpath", path, &document)?;
    let found = path.query(&document).first();
    Ok(found.map_or_else(|| nothing(state, "jsonpath"), from_json))
}

pub(super) fn jsonpath_all(
    state: &State<'_, '_>,
    input: &Value,
    path: &Value,
) -> Result<Value, Error> {
    let document = document(state, "jsonpath_all", input)?;
    let path = json_path("jsonpath_all", path, &document)?;
    Ok(Value::from(
        path.query(&document)
            .iter()
            .map(|node| from_json(node))
            .collect::<Vec<_>>(),
    ))
}

fn parse(filter: &str, text: &str) -> Result<Json, Error> {
    let text = text.trim_start_matches('\u{feff}');
    serde_json::from_str(text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        failed(format!(
            "`{filter}`: this is no JSON (line {line}, column {column})"
        ))
    })
}

/// A path, refused where it would take too long.
fn json_path(filter: &str, path: &Value, document: &Json) -> Result<JsonPath, Error> {
    let path = text(path)?;
    if !path_cost::can_be_read(&path) {
        return Err(failed(format!("`{filter}`: the path is too long")));
    }
    if !path_cost::can_be_followed(&path, document, weight(document)) {
        return Err(failed(format!(
            "`{filter}`: the path takes too long in so large a document"
        )));
    }
    JsonPath::parse(&path).map_err(|error| {
        failed(format!(
            "`{filter}`: the path cannot be read: {}",
            error.message()
        ))
    })
}

/// What a path is looked for in: a value, or JSON text.
fn document(state: &State<'_, '_>, filter: &str, input: &Value) -> Result<Json, Error> {
    match input.kind() {
        ValueKind::String | ValueKind::Bytes => parse(filter, &text(input)?),
        _ => data(state, input),
    }
}

/// A value as JSON, charged for: minijinja charges for text that a filter takes, and not for lists and objects.
pub(super) fn data(state: &State<'_, '_>, input: &Value) -> Result<Json, Error> {
    there(input)?;
    let value = to_json(input).map_err(|fault| failed(fault.message()))?;
    state.consume_fuel(weight(&value))?;
    Ok(value)
}

fn weight(value: &Json) -> u64 {
    match value {
        Json::Array(items) => 1 + items.iter().map(weight).sum::<u64>(),
        Json::Object(members) => 1 + members.values().map(|value| 1 + weight(value)).sum::<u64>(),
        Json::String(text) => 1 + text.len() as u64 / 64,
        _ => 1,
    }
}
