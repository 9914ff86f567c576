//! The basic auth step (RFC 7617): a username and a password, asked for where left out.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchwork_model::{BasicAuthStep, FieldType, Step};
use serde_json::{Map, Value};

use super::form::ask;
use crate::error::EngineError;
use crate::event::FieldRequest;
use crate::host::Host;
use crate::masking::Secrets;
use crate::request::Renderer;

/// Runs a basic auth step.
pub(crate) async fn basic_auth(
    step: &Step,
    basic: &BasicAuthStep,
    renderer: &Renderer<'_>,
    host: &dyn Host,
    secrets: &Secrets,
) -> Result<Map<String, Value>, EngineError> {
    let mut credentials = Map::new();
    let mut missing = Vec::new();
    let parts = [
        ("username", "Username", FieldType::Text, &basic.username),
        ("password", "Password", FieldType::Password, &basic.password),
    ];
    for (key, label, field_type, template) in parts {
        match template {
            Some(template) => {
                credentials.insert(key.to_owned(), Value::String(renderer.text(key, template)?));
            }
            None => missing.push(FieldRequest {
                key: key.to_owned(),
                label: label.to_owned(),
                field_type,
                // Where a password is to be empty, the file says so: `"password": ""`.
                required: true,
                default: None,
                placeholder: None,
                help: None,
                options: Vec::new(),
                one_time: false,
            }),
        }
    }
    if !missing.is_empty() {
        credentials.extend(ask(&step.id, step.title(), missing, host, secrets).await?);
    }
    let part = |key: &str| {
        credentials
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let (username, password) = (part("username"), part("password"));
    let token = STANDARD.encode(format!("{username}:{password}"));
    let mut outputs = Map::new();
    outputs.insert("username".to_owned(), Value::String(username));
    outputs.insert("password".to_owned(), Value::String(password));
    outputs.insert("header".to_owned(), Value::String(format!("Basic {token}")));
    outputs.insert("token".to_owned(), Value::String(token));
    Ok(outputs)
}
