//! The operations of a document, in its order.

use serde_json::Value;

use super::document::{Document, Found, member_object, object};
use super::requirements::of_operation;

/// What a path's members are called, and the methods that they stand for.
const METHODS: &[(&str, &str)] = &[
    ("get", "GET"),
    ("put", "PUT"),
    ("post", "POST"),
    ("delete", "DELETE"),
    ("options", "OPTIONS"),
    ("head", "HEAD"),
    ("patch", "PATCH"),
    ("trace", "TRACE"),
    ("query", "QUERY"),
];

/// Whether a path's member is an operation.
pub(super) fn is_method(member: &str) -> bool {
    METHODS.iter().any(|(name, _)| *name == member)
}

/// One operation, where it stands.
pub(super) struct Operation<'a> {
    pub method: &'static str,
    pub path: &'a str,
    /// The Path Item Object.
    pub item: &'a Value,
    /// The Operation Object.
    pub value: &'a Value,
    /// What it asks for, its own or the document's.
    pub security: Option<&'a Value>,
}

/// All operations of a document.
pub(super) fn read<'a>(document: &Document<'a>) -> Found<'a, Vec<Operation<'a>>> {
    let root = document.root();
    let mut operations = Vec::new();
    let Some(paths) = member_object(root, "paths")? else {
        return Ok(operations);
    };
    for (path, item) in paths {
        if path.starts_with("x-") || item.is_null() {
            continue;
        }
        let Some(item) = document.resolve(item)? else {
            continue;
        };
        let members = object(item)?;
        // In the order in which they are written.
        for (member, value) in members {
            let Some((_, method)) = METHODS.iter().find(|(name, _)| name == member) else {
                continue;
            };
            if value.is_null() {
                continue;
            }
            object(value)?;
            document.spend(value, 4)?;
            operations.push(Operation {
                method,
                path,
                item,
                value,
                security: of_operation(root, value)?,
            });
        }
    }
    Ok(operations)
}
