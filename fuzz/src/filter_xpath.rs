//! `xpath` over any document, XML or not: an answer or a refusal, the first of all that are found.
//!
//! The first line is the path, all behind it is the document.

use crate::input::{first_line, text};
use crate::rendering::render;

/// A path and a document.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (path, document) = first_line(&text);
    let names = [("path", path), ("document", document)];
    let first = render("{{ document | xpath(path) | default('none') }}", &names);
    let all = render("{{ document | xpath_all(path) }}", &names);
    assert_eq!(first.is_ok(), all.is_ok(), "one of both is refused");
    if let (Ok(first), Ok(all)) = (first, all) {
        let items = all.as_array().expect("a list");
        assert_eq!(items.first().unwrap_or(&"none".into()), &first);
    }
}
