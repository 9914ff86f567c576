//! Which names say that their value is a credential, and where such values stand in a request.

use latchwork_model::{Body, Parameter, Request};
use serde_json::Value;

/// Whether a header, field or member of this name holds a credential (CONTRACT section 3, *Secret*).
pub(crate) fn is_secret(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [
        "authorization",
        "cookie",
        "token",
        "secret",
        "password",
        "key",
        "session",
        "credential",
    ]
    .iter()
    .any(|word| name.contains(word))
        && !name.starts_with("sec-")
}

/// The names in a request whose values are credentials in plain text, each once, in their order.
pub(crate) fn plain_secrets(request: &Request) -> Vec<String> {
    let mut names = Vec::new();
    parameters(&request.query, &mut names);
    parameters(&request.headers, &mut names);
    match &request.body {
        Body::Form(body) | Body::Multipart(body) => parameters(&body.fields, &mut names),
        Body::Json(body) => members(&body.value, &mut names),
        Body::Graphql(body) => members(&body.variables, &mut names),
        Body::None | Body::Text(_) => {}
    }
    names
}

fn parameters(parameters: &[Parameter], names: &mut Vec<String>) {
    for parameter in parameters
        .iter()
        .filter(|parameter| !parameter.value.is_empty())
    {
        add(parameter.name.as_str(), names);
    }
}

fn members(value: &Value, names: &mut Vec<String>) {
    match value {
        Value::Array(values) => values.iter().for_each(|value| members(value, names)),
        Value::Object(object) => {
            for (name, value) in object {
                match value {
                    Value::String(text) if !text.is_empty() => add(name, names),
                    other => members(other, names),
                }
            }
        }
        _ => {}
    }
}

fn add(name: &str, names: &mut Vec<String>) {
    if is_secret(name) && !names.iter().any(|known| known == name) {
        names.push(name.to_owned());
    }
}
