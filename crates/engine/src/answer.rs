//! What an answer means: its body as JSON, a form's fields, or text; its headers and cookies as outputs.

use std::borrow::Cow;

use http::HeaderMap;
use serde_json::{Map, Value};

use crate::http::Answer;

/// The outputs of an answer: `body`, `headers`, `status`, `cookies`. `json` is the body where it was read as JSON.
pub(crate) fn outputs(answer: &Answer, json: Option<&Value>) -> Map<String, Value> {
    let mut outputs = Map::with_capacity(4);
    outputs.insert(
        "body".to_owned(),
        body_of(&answer.headers, &answer.body, json),
    );
    outputs.insert(
        "headers".to_owned(),
        Value::Object(headers(&answer.headers)),
    );
    outputs.insert("status".to_owned(), Value::from(answer.status));
    outputs.insert("cookies".to_owned(), Value::Object(answer.cookies.clone()));
    outputs
}

/// Headers by lower-case name, repeated ones joined by `, `.
pub(crate) fn headers(headers: &HeaderMap) -> Map<String, Value> {
    let mut named: Map<String, Value> = Map::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        match named.get_mut(name.as_str()) {
            Some(Value::String(joined)) => {
                joined.push_str(", ");
                joined.push_str(&value);
            }
            _ => {
                named.insert(name.as_str().to_owned(), Value::String(value.into_owned()));
            }
        }
    }
    named
}

/// A body: JSON also where the type says otherwise but it parses, form answers as an object, else text.
pub(crate) fn body(headers: &HeaderMap, bytes: &[u8]) -> Value {
    body_of(headers, bytes, None)
}

fn body_of(headers: &HeaderMap, bytes: &[u8], json: Option<&Value>) -> Value {
    let content_type = headers
        .get(http::header::CONTENT_TYPE)
        .map_or_else(Cow::default, |value| {
            String::from_utf8_lossy(value.as_bytes())
        })
        .to_ascii_lowercase();
    let media_type = content_type.split(';').next().unwrap_or_default().trim();
    if media_type == "application/x-www-form-urlencoded" {
        return form(&decode_text(&content_type, bytes));
    }
    if let Some(json) = json {
        return json.clone();
    }
    let text = decode_text(&content_type, bytes);
    match serde_json::from_str::<Value>(&text) {
        // A long number that is no JSON answer may be a token: it stays as it was written.
        Ok(Value::Number(number))
            if !media_type.contains("json") && number.to_string() != text.trim() =>
        {
            Value::String(text)
        }
        Ok(value) => value,
        Err(_) => Value::String(text),
    }
}

/// A form's fields; a repeated one keeps its last value.
pub(crate) fn form(text: &str) -> Value {
    let fields = url::form_urlencoded::parse(text.trim().as_bytes());
    Value::Object(
        fields
            .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
            .collect(),
    )
}

/// Bytes as text: by the charset that the content type names, else UTF-8; what is broken becomes U+FFFD.
pub(crate) fn decode_text(content_type: &str, bytes: &[u8]) -> String {
    let charset = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    });
    let encoding = charset
        .and_then(|label| encoding_rs::Encoding::for_label(label.as_bytes()))
        .unwrap_or(encoding_rs::UTF_8);
    // A byte-order mark wins over the label and is taken off.
    encoding.decode(bytes).0.into_owned()
}

#[cfg(test)]
mod tests {
    use http::{HeaderValue, header::CONTENT_TYPE};
    use serde_json::json;

    use super::*;

    fn read(content_type: &'static str, bytes: &[u8]) -> Value {
        let mut headers = HeaderMap::new();
        headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
        body(&headers, bytes)
    }

    #[test]
    fn json_is_read_whatever_the_type_says() {
        assert_eq!(read("text/html", b"{\"a\": 1}"), json!({ "a": 1 }));
        assert_eq!(
            read(
                "application/json",
                b"\xef\xbb\xbf{\"a\": 18446744073709551615}"
            ),
            json!({ "a": u64::MAX })
        );
        assert_eq!(
            read("text/plain", b"12345678901234567890123"),
            json!("12345678901234567890123")
        );
        assert_eq!(read("text/plain", b"42"), json!(42));
    }

    #[test]
    fn f25_what_is_no_json_stays_text() {
        assert_eq!(
            read("application/json", b"<html>oops</html>"),
            json!("<html>oops</html>")
        );
        assert_eq!(read("application/json", b""), json!(""));
        assert_eq!(read("application/json", b"{\"a\":"), json!("{\"a\":"));
    }

    #[test]
    fn a_body_that_was_read_for_the_mask_already_means_the_same() {
        for content_type in [
            "application/json",
            "text/plain; charset=utf-16le",
            "Application/X-WWW-Form-Urlencoded",
            "application/x-www-form-urlencoded",
        ] {
            for bytes in [
                &b" {\"a\": [1, \"x\"]}"[..],
                b"[1]",
                b"{\"a\":",
                b"a=1&b=2",
                b"12",
                b"{\0}\0",
            ] {
                let mut headers = HeaderMap::new();
                headers.insert(CONTENT_TYPE, HeaderValue::from_static(content_type));
                let read = crate::masking::BodyText::read(content_type, bytes);
                assert_eq!(
                    body_of(&headers, bytes, read.json()),
                    body(&headers, bytes),
                    "{content_type} {bytes:?}"
                );
            }
        }
    }

    #[test]
    fn z28_broken_utf8_and_deep_json_never_panic() {
        assert_eq!(
            read("text/plain", b"a\xff\xfeb"),
            json!("a\u{fffd}\u{fffd}b")
        );
        assert_eq!(
            read("text/plain; charset=iso-8859-1", b"caf\xe9"),
            json!("café")
        );
        let deep = "[".repeat(100_000);
        assert_eq!(read("application/json", deep.as_bytes()), json!(deep));
    }

    #[test]
    fn form_answers_are_objects_and_repeated_headers_are_joined() {
        assert_eq!(
            read(
                "application/x-www-form-urlencoded; charset=utf-8",
                b"access_token=a%20b&scope=x"
            ),
            json!({ "access_token": "a b", "scope": "x" })
        );
        let mut map = HeaderMap::new();
        map.append("X-A", HeaderValue::from_static("1"));
        map.append("x-a", HeaderValue::from_static("2"));
        assert_eq!(Value::Object(headers(&map)), json!({ "x-a": "1, 2" }));
    }
}
