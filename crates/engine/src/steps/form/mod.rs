//! The form step: asks a person, checks the answers, and leaves one output a field.
//!
//! Asking is in [`asking`], what makes an answer right is in [`answers`], what a select offers is in [`options`]. Here
//! is the step itself: its fields with their templates filled in.

mod answers;
mod asking;
mod options;

use latchwork_model::{FormField, FormStep, Step};
use serde_json::{Map, Value};

use crate::error::EngineError;
use crate::event::FieldRequest;
use crate::host::Host;
use crate::masking::Secrets;
use crate::request::Renderer;
use options::offered;

pub use answers::check_answers;
pub(super) use asking::ask;

/// Runs a form step.
pub(crate) async fn form(
    step: &Step,
    form: &FormStep,
    renderer: &Renderer<'_>,
    host: &dyn Host,
    secrets: &Secrets,
) -> Result<Map<String, Value>, EngineError> {
    let mut fields = Vec::with_capacity(form.fields.len());
    for (index, field) in form.fields.iter().enumerate() {
        fields.push(field_request(field, index, renderer)?);
    }
    if fields.is_empty() {
        return Ok(Map::new());
    }
    let title = if form.title.trim().is_empty() {
        step.title()
    } else {
        &form.title
    };
    ask(&step.id, title, fields, host, secrets).await
}

fn field_request(
    field: &FormField,
    index: usize,
    renderer: &Renderer<'_>,
) -> Result<FieldRequest, EngineError> {
    let place = format!("fields[{index}]");
    let default = match &field.default {
        // What is secret is never filled in.
        Some(default) if !field.is_secret() => {
            Some(renderer.text(format_args!("{place}.default"), default)?)
        }
        _ => None,
    };
    Ok(FieldRequest {
        key: field.key.clone(),
        label: if field.label.is_empty() {
            field.key.clone()
        } else {
            field.label.clone()
        },
        field_type: field.field_type,
        required: field.required,
        default,
        placeholder: field.placeholder.clone(),
        help: field.help.clone(),
        options: offered(field, &format!("{place}.options"), renderer)?,
        one_time: field.one_time,
    })
}
