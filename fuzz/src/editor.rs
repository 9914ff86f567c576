//! What the editor asks of a document that is being written: answers or refusals, never a panic, and a step's id
//! changed there and back gives the same document.
//!
//! The first line is a name or a path, all behind it is the document.

use latchwork_studio::{connector_check, step_references, step_rename, template_names};
use serde_json::Value;

use crate::input::{first_line, text};

/// An id that nobody writes.
const OTHER: &str = "zz_other";

/// A name and a document.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (name, document) = first_line(&text);
    for finding in connector_check(document) {
        assert!(!finding.message.is_empty());
    }
    let _ = template_names(document, name);
    let references = step_references(document, name);
    let Ok(renamed) = step_rename(document, name, OTHER) else {
        return;
    };
    let references = references.expect("what can be renamed can be read");
    if document.contains(OTHER) {
        return;
    }
    let used = step_references(&renamed.document, OTHER).expect("it can still be read");
    assert_eq!(used.len(), references.len(), "{}", renamed.document);
    let left = step_references(&renamed.document, name).expect("it can still be read");
    assert_eq!(left, [], "{}", renamed.document);
    let Ok(back) = step_rename(&renamed.document, OTHER, name) else {
        return;
    };
    let value = |document: &str| {
        serde_json::from_str::<Value>(document.trim_start_matches('\u{feff}')).ok()
    };
    assert_eq!(value(&back.document), value(document));
}
