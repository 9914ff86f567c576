//! `regex` over any text: an answer or a refusal, the first of all that match, each a part of the text.
//!
//! The first line is the pattern, all behind it is the text.

use serde_json::Value;

use crate::input::{first_line, text};
use crate::rendering::render;

/// A pattern and a text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (pattern, subject) = first_line(&text);
    let names = [("pattern", pattern), ("subject", subject)];
    let first = render("{{ subject | regex(pattern) | default('none') }}", &names);
    let all = render("{{ subject | regex_all(pattern) }}", &names);
    assert_eq!(first.is_ok(), all.is_ok(), "one of both is refused");
    let (Ok(first), Ok(Value::Array(all))) = (first, all) else {
        return;
    };
    // A match in which the group has no part is null among all, and nothing by itself.
    let found = all.first().filter(|found| !found.is_null());
    assert_eq!(found.unwrap_or(&"none".into()), &first);
    for found in all.iter().filter_map(Value::as_str) {
        assert!(subject.contains(found), "{found:?} is not in the text");
    }
}
