//! `options`: what a select offers, out of the objects of an answer.

use minijinja::{Error, State, Value};
use serde_json::{Map, Value as Json, json};

use super::super::convert::from_json_owned;
use super::arguments::failed;
use super::json::data;

/// `sites.body | options("id", "name")`: `{ value, label }` for each of a list, by the names of its members; `a.b` is a
/// member of a member. Without a label's name the value is what people read.
pub(super) fn options(
    state: &State<'_, '_>,
    input: &Value,
    value: String,
    label: Option<String>,
) -> Result<Value, Error> {
    let Json::Array(items) = data(state, input)? else {
        return Err(failed("`options`: this is no list"));
    };
    let offered = items.iter().enumerate().map(|(index, item)| {
        let found = member(item, &value)
            .ok_or_else(|| failed(format!("`options`: item {index} has no member `{value}`")))?;
        let mut option = Map::new();
        option.insert("value".to_owned(), found.clone());
        if let Some(read) = label.as_deref().and_then(|label| member(item, label)) {
            option.insert("label".to_owned(), read.clone());
        }
        Ok(Json::Object(option))
    });
    let offered = offered.collect::<Result<Vec<_>, Error>>()?;
    Ok(from_json_owned(json!(offered)))
}

/// What is at a name such as `a.b`.
fn member<'a>(item: &'a Json, name: &str) -> Option<&'a Json> {
    name.split('.').try_fold(item, |at, part| at.get(part))
}
