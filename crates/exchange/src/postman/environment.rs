//! A Postman environment (or its globals): the values that a collection's variables have there.

use serde_json::Value;

use super::node::Node;
use super::scope::Defined;
use crate::foreign::{ForeignError, ForeignKind};

/// The variables of an environment, by their Postman names.
pub(super) fn read(text: &str) -> Result<Vec<(String, Defined)>, ForeignError> {
    let of_environment = |error: ForeignError| ForeignError {
        kind: Some(ForeignKind::PostmanEnvironment),
        place: match error.place.as_str() {
            "" => "environment".to_owned(),
            place => format!("environment, {place}"),
        },
        remedy: "Export the environment again from Postman.".to_owned(),
        ..error
    };
    let kind = Some(ForeignKind::PostmanEnvironment);
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_str(text)
        .map_err(|error| of_environment(ForeignError::not_json(kind, &error)))?;
    let root = Node::root(&value);
    let root = root.member("environment").unwrap_or(root);
    if root.member("values").is_none() {
        return Err(of_environment(root.fault_at(
            "values",
            "this is no Postman environment: it has no list of values",
            "",
        )));
    }
    values(&root).map_err(of_environment)
}

fn values(root: &Node<'_>) -> Result<Vec<(String, Defined)>, ForeignError> {
    let mut values = Vec::new();
    for entry in root.items("values")? {
        let enabled = entry.member("enabled").is_none() || entry.flag("enabled")?;
        let Some(name) = entry.text("key")?.filter(|_| enabled) else {
            continue;
        };
        values.push((name.trim().to_owned(), Defined::read(&entry)?));
    }
    Ok(values)
}
