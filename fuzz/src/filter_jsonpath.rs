//! `jsonpath` over any document: an answer or a refusal, the first of all that are found, and each a value of the
//! document.
//!
//! The first line is the path, all behind it is the document.

use serde_json::Value;

use crate::input::{first_line, text};
use crate::rendering::render;

/// A path and a document.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (path, document) = first_line(&text);
    let names = [("path", path), ("document", document)];
    let first = render("{{ document | jsonpath(path) | default('none') }}", &names);
    let all = render("{{ document | jsonpath_all(path) }}", &names);
    assert_eq!(first.is_ok(), all.is_ok(), "one of both is refused");
    let (Ok(first), Ok(Value::Array(all))) = (first, all) else {
        return;
    };
    assert_eq!(all.first().unwrap_or(&"none".into()), &first);
    let document: Value = serde_json::from_str(document.trim_start_matches('\u{feff}'))
        .expect("what was searched is JSON");
    for found in &all {
        assert!(holds(&document, found), "{found} is not in the document");
    }
}

fn holds(document: &Value, wanted: &Value) -> bool {
    document == wanted
        || match document {
            Value::Array(items) => items.iter().any(|item| holds(item, wanted)),
            Value::Object(members) => members.values().any(|member| holds(member, wanted)),
            _ => false,
        }
}
