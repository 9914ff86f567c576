//! What a select offers: a list in the file, or one out of an earlier answer.

use latchwork_model::{ErrorCode, FormField, FormOption, FormOptions};
use serde_json::Value;

use crate::error::EngineError;
use crate::event::FieldOption;
use crate::request::Renderer;

/// What a field offers. `place` is where the options stand in the step.
pub(super) fn offered(
    field: &FormField,
    place: &str,
    renderer: &Renderer<'_>,
) -> Result<Vec<FieldOption>, EngineError> {
    match &field.options {
        None => Ok(Vec::new()),
        Some(FormOptions::List(list)) => Ok(list.iter().map(option).collect()),
        Some(FormOptions::Template(template)) => {
            options_of(&renderer.value(place, template)?, &field.key)
        }
    }
}

fn option(option: &FormOption) -> FieldOption {
    FieldOption {
        value: Value::String(option.value.clone()),
        label: option.label.clone(),
    }
}

/// Options out of an earlier answer: a list of `{ value, label }`, or of plain values.
fn options_of(value: &Value, key: &str) -> Result<Vec<FieldOption>, EngineError> {
    let Value::Array(items) = value else {
        return Err(EngineError::FormAnswer {
            code: ErrorCode::FormInvalidOption,
            field: key.to_owned(),
            message: format!("the options of `{key}` are no list of {{ value, label }}"),
        });
    };
    let label_of = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    Ok(items
        .iter()
        .map(|item| match item.get("value") {
            Some(value) => FieldOption {
                value: value.clone(),
                label: item.get("label").map_or_else(|| label_of(value), label_of),
            },
            None => FieldOption {
                value: item.clone(),
                label: label_of(item),
            },
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::options_of;

    #[test]
    fn options_out_of_an_answer_are_members_or_plain_values() {
        let options = options_of(&json!([{ "value": "a", "label": "A" }, "b", 3]), "f").unwrap();
        assert_eq!(
            options
                .iter()
                .map(|option| option.label.as_str())
                .collect::<Vec<_>>(),
            ["A", "b", "3"]
        );
        assert!(options_of(&json!({}), "f").is_err());
    }
}
