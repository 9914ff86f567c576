//! Postman collections, version 2.1 (2.0 differs in how auth is written, and is read too), with an environment for
//! their values.
//!
//! Scripts are not run, and nothing of Postman's cloud is asked. `{{name}}` is Postman's own syntax and becomes a
//! variable; everything else in a collection is text.

mod address;
mod attributes;
mod auth;
mod bases;
mod body;
mod collection;
mod environment;
mod expansion;
mod flow;
mod node;
mod oauth;
mod request;
mod scope;
mod scripts;
mod shared_auth;
mod summary;

use serde_json::Value;

use crate::foreign::{ForeignError, ForeignKind, Imported};
use node::Node;

/// Reads a collection, with an environment where there is one.
pub(crate) fn from_postman(
    text: &str,
    environment: Option<&str>,
) -> Result<Imported, ForeignError> {
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ForeignError::not_json(Some(ForeignKind::Postman), &error))?;
    let root = Node::root(&value);
    // Postman's own API wraps a collection.
    let root = match root.member("collection") {
        Some(collection) if root.member("info").is_none() => collection,
        _ => root,
    };
    check_version(&root)?;
    let values = environment.map(environment::read).transpose()?;
    collection::read(&root, values.unwrap_or_default())
}

/// Where an environment is given with something that takes none.
pub(crate) fn is_given_by(kind: ForeignKind) -> ForeignError {
    ForeignError::new(
        kind,
        "",
        format!(
            "an environment goes with a Postman collection, and this is: {}",
            kind.label()
        ),
        "Leave the environment out.",
    )
}

fn check_version(root: &Node<'_>) -> Result<(), ForeignError> {
    let remedy = "Open it in Postman, and export it as Collection v2.1.";
    let Some(info) = root.member("info") else {
        return Err(root.fault_at("info", "missing member `info`", remedy));
    };
    let Some(schema) = info.text("schema")? else {
        return Ok(());
    };
    if schema.contains("/v2.1") || schema.contains("/v2.0") {
        return Ok(());
    }
    let shown: String = schema.chars().take(100).collect();
    Err(info.fault_at(
        "schema",
        format!("`{shown}` is no version that is read: v2.1 and v2.0 are"),
        remedy,
    ))
}
