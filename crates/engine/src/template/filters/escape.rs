//! `urlencode` and `xmlescape`.

use minijinja::value::ValueKind;
use minijinja::{Error, Value};

use super::super::url::encode;
use super::arguments::text;

/// Text percent-encoded, all but RFC 3986's unreserved characters; an object as a query string.
pub(super) fn urlencode(input: &Value) -> Result<String, Error> {
    if input.kind() != ValueKind::Map {
        return Ok(encode(&text(input)?));
    }
    let mut pairs = Vec::new();
    for key in input.try_iter()? {
        let value = input.get_item(&key)?;
        pairs.push(format!(
            "{}={}",
            encode(&text(&key)?),
            encode(&text(&value)?)
        ));
    }
    Ok(pairs.join("&"))
}

/// Text with the five special characters of XML escaped: for elements and for attributes.
pub(super) fn xmlescape(input: &Value) -> Result<String, Error> {
    let text = text(input)?;
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&apos;"),
            other => escaped.push(other),
        }
    }
    Ok(escaped)
}
