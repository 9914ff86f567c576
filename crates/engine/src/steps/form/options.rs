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
            let options = options_of(&renderer.value(place, template)?, &field.key)?;
            if field.required && options.is_empty() {
                return Err(refused(
                    &field.key,
                    format!(
                        "there is nothing to choose from for `{}`: the list is empty",
                        field.key
                    ),
                ));
            }
            Ok(options)
        }
    }
}

fn refused(key: &str, message: String) -> EngineError {
    EngineError::FormAnswer {
        code: ErrorCode::FormInvalidOption,
        field: key.to_owned(),
        message,
    }
}

fn option(option: &FormOption) -> FieldOption {
    FieldOption {
        value: Value::String(option.value.clone()),
        label: option.label.clone(),
    }
}

/// Options out of an earlier answer: a list of `{ value, label }`, or of plain values. A template with statements gives
/// text, and that may be such a list written as JSON.
fn options_of(value: &Value, key: &str) -> Result<Vec<FieldOption>, EngineError> {
    let read = match value {
        Value::String(text) => serde_json::from_str(text).ok(),
        _ => None,
    };
    let Value::Array(items) = read.as_ref().unwrap_or(value) else {
        let message = format!("the options of `{key}` are no list of {{ value, label }}");
        return Err(refused(key, message));
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
        assert_eq!(
            options_of(&json!("[{\"value\": 7, \"label\": \"G\"}]"), "f").unwrap()[0].value,
            json!(7)
        );
        for none in [json!({}), json!("text"), json!("{}"), json!(null)] {
            assert!(options_of(&none, "f").is_err(), "{none}");
        }
    }
}
