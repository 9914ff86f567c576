//! Request parameters: added to the test request and to every endpoint, in the order query, body, headers, so that
//! a signature header sees the rest as sent.

use latchwork_model::{ParameterLocation, RequestParameter};
use serde_json::{Value, json};

use super::body::DraftBody;
use super::build::Draft;
use super::render::Renderer;
use crate::error::EngineError;
use crate::feeds::is_fed;

/// Adds the parameters to a rendered request, with `request` added to the names that its own templates saw. Gives
/// the values that outputs and variables have a part in: they are secret.
pub(crate) fn add_parameters(
    draft: &mut Draft,
    parameters: &[RequestParameter],
    request: &Renderer<'_>,
) -> Result<Vec<Value>, EngineError> {
    let mut secret = Vec::new();
    let mut scope = request.scope.clone();
    for location in [
        ParameterLocation::Query,
        ParameterLocation::Body,
        ParameterLocation::Header,
    ] {
        let here = parameters
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.enabled && parameter.location == location);
        for (index, parameter) in here {
            scope.set("request", request_value(draft));
            let renderer = Renderer {
                scope: &scope,
                ..*request
            };
            let place = format!("auth.request_parameters[{index}]");
            let name = renderer.text(format_args!("{place}.name"), &parameter.name)?;
            let value_place = format!("{place}.value");
            let value = match location {
                ParameterLocation::Query => {
                    let value = renderer.text(&value_place, &parameter.value)?;
                    draft.add_query(&name, &value);
                    Value::String(value)
                }
                ParameterLocation::Body => match &mut draft.body {
                    DraftBody::Json(Value::Object(members)) => {
                        let value = renderer.value(&value_place, &parameter.value)?;
                        members.insert(name, value.clone());
                        value
                    }
                    DraftBody::Form(fields) => {
                        let value = renderer.text(&value_place, &parameter.value)?;
                        fields.push((name, value.clone()));
                        Value::String(value)
                    }
                    other => {
                        return Err(EngineError::NoBodyForParameter {
                            name,
                            body: other.describe(),
                        });
                    }
                },
                ParameterLocation::Header => {
                    let value = renderer.header(&value_place, &parameter.value)?;
                    draft.set_header(&name, &value, &place)?;
                    Value::String(value)
                }
            };
            if is_fed(&parameter.value) {
                secret.push(value);
            }
        }
    }
    Ok(secret)
}

/// `request.method`, `.url`, `.path`, `.query` and `.body`, as they would be sent now.
fn request_value(draft: &Draft) -> Value {
    json!({
        "method": draft.method.as_str(),
        "url": draft.url.as_str(),
        "path": draft.url.path(),
        "query": draft.url.query().unwrap_or_default(),
        "body": draft.body.text(),
    })
}
