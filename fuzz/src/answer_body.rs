//! An answer's body by its content type: always a value, never larger than what came allows, and the same value
//! once it has been in a template's scope.
//!
//! The first line is the content type, all behind it is the body.

use latchwork_engine::fuzzing;
use latchwork_engine::template::ScopeValue;
use serde_json::Value;

use crate::input::first_line_bytes;

/// A content type and a body.
pub fn run(data: &[u8]) {
    let (content_type, body) = first_line_bytes(data);
    let Some(value) = fuzzing::body(content_type, body) else {
        return;
    };
    assert!(depth(&value) <= 128, "deeper than JSON may be");
    match &value {
        // The widest character of an encoding of one byte takes three in UTF-8.
        Value::String(text) => assert!(text.len() <= body.len() * 3, "{} bytes", text.len()),
        Value::Object(fields) if is_form(content_type) => {
            assert!(fields.values().all(Value::is_string), "a form has texts");
        }
        _ => assert!(!is_form(content_type), "a form is an object"),
    }
    let text = value.to_string();
    assert_eq!(ScopeValue::from(&value).to_json().to_string(), text);
    let back: Value = serde_json::from_str(&text).expect("a value is JSON");
    assert_eq!(back, value);
}

fn is_form(content_type: &[u8]) -> bool {
    let media_type = content_type.split(|byte| *byte == b';').next();
    media_type
        .unwrap_or_default()
        .trim_ascii()
        .eq_ignore_ascii_case(b"application/x-www-form-urlencoded")
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or_default(),
        Value::Object(members) => 1 + members.values().map(depth).max().unwrap_or_default(),
        _ => 0,
    }
}
