//! The echo: what arrived, as JSON. For seeing what a request really sent.

use axum::Json;
use axum::http::{HeaderMap, Method, Uri};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Map, Value, json};

use crate::query::Fields;
use crate::raw_body::{RawBody, media_type};

/// `body` is the text as it came, null where there is none; `json` and `form` are what it says, where it says
/// that; `body_base64` is there instead where it is no text.
pub(crate) async fn echo(
    method: Method,
    uri: Uri,
    headers: HeaderMap,
    RawBody(body): RawBody,
) -> Json<Value> {
    let query = uri.query().unwrap_or_default();
    let mut answer = json!({
        "method": method.as_str(),
        "path": uri.path(),
        "query": object(Fields::parse(query.as_bytes())),
        "query_string": query,
        "headers": header_object(&headers),
        "body": null,
    });
    match std::str::from_utf8(&body) {
        Ok("") => {}
        Ok(text) => {
            answer["body"] = json!(text);
            if media_type(&headers).as_deref() == Some("application/x-www-form-urlencoded") {
                answer["form"] = object(Fields::parse(&body));
            } else if let Ok(value) = serde_json::from_str::<Value>(text) {
                answer["json"] = value;
            }
        }
        Err(_) => answer["body_base64"] = json!(STANDARD.encode(&body)),
    }
    Json(answer)
}

/// Names and values; a name that comes more than once has a list.
fn object(Fields(fields): Fields) -> Value {
    let mut object = Map::new();
    for (name, value) in fields {
        let value = Value::String(value);
        match object.get_mut(&name) {
            None => {
                object.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(object)
}

/// Lower-case names, repeated ones joined.
fn header_object(headers: &HeaderMap) -> Value {
    let values = |name| {
        let values: Vec<_> = headers
            .get_all(name)
            .iter()
            .map(|value| String::from_utf8_lossy(value.as_bytes()))
            .collect();
        values.join(", ")
    };
    headers
        .keys()
        .map(|name| (name.as_str().to_owned(), Value::String(values(name))))
        .collect::<Map<_, _>>()
        .into()
}
