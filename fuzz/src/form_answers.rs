//! Answers to a form and inputs of an endpoint, as typed or as JSON: outputs of the fields' own types, or a refusal
//! that names the field and never says a secret again.
//!
//! Each line is `KEY=VALUE`; a value that is JSON counts as that too.

use latchwork_engine::{FieldOption, FieldRequest, check_answers, check_inputs};
use latchwork_model::{FieldType, Input, InputType};
use serde_json::{Map, Value, json};

use crate::input::text;

/// Answers, one a line.
pub fn run(data: &[u8]) {
    let text = text(data);
    let typed: Map<String, Value> = text
        .split('\n')
        .filter_map(|line| line.split_once('='))
        .map(|(key, value)| (key.to_owned(), Value::String(value.to_owned())))
        .collect();
    let as_json = typed.iter().map(|(key, value)| {
        let text = value.as_str().unwrap_or_default();
        let read = serde_json::from_str(text).unwrap_or_else(|_| value.clone());
        (key.clone(), read)
    });
    let as_json: Map<String, Value> = as_json.collect();
    for answers in [&typed, &as_json] {
        answered(answers);
        given(answers);
    }
}

fn answered(answers: &Map<String, Value>) {
    let fields = fields();
    match check_answers(&fields, answers) {
        Ok(outputs) => {
            assert_eq!(outputs.len(), fields.len(), "one output for each field");
            for field in &fields {
                let output = &outputs[&field.key];
                let fits = match field.field_type {
                    FieldType::Number => output.is_number() || output.is_null(),
                    FieldType::Select => {
                        output.is_null()
                            || field.options.iter().any(|option| option.value == *output)
                    }
                    _ => output.is_string(),
                };
                assert!(fits, "{}: {output}", field.key);
            }
        }
        Err(refused) => {
            let field = fields.iter().find(|field| field.key == refused.field);
            let field = field.expect("a field of the form");
            if field.is_secret() {
                // Another answer that is refused is refused in the same words.
                let other = [(field.key.clone(), json!("none of the choices"))];
                let same = check_answers(std::slice::from_ref(field), &other.into_iter().collect());
                let empty = answers.get(&field.key).is_none_or(|answer| answer == "");
                assert!(empty || same.is_err_and(|same| same == refused));
            }
        }
    }
}

fn given(inputs: &Map<String, Value>) {
    let types = [
        ("text", InputType::Text),
        ("number", InputType::Number),
        ("boolean", InputType::Boolean),
        ("json", InputType::Json),
    ];
    let declared = types.map(|(name, input_type)| Input {
        name: name.to_owned(),
        input_type,
        required: false,
        default: None,
    });
    let Ok(values) = check_inputs(&declared, inputs) else {
        return;
    };
    for input in &declared {
        let value = &values[&input.name];
        let fits = match input.input_type {
            _ if value.is_null() => true,
            InputType::Text => value.is_string(),
            InputType::Number => value.is_number(),
            InputType::Boolean => value.is_boolean(),
            InputType::Json => true,
        };
        assert!(fits, "{}: {value}", input.name);
    }
}

fn fields() -> Vec<FieldRequest> {
    let field = |key: &str, field_type| FieldRequest {
        key: key.to_owned(),
        label: key.to_owned(),
        field_type,
        required: false,
        default: None,
        placeholder: None,
        help: None,
        options: Vec::new(),
        one_time: false,
    };
    let options = [json!("a"), json!(1), json!(null), json!({ "x": [1] })];
    vec![
        field("text", FieldType::Text),
        field("password", FieldType::Password),
        field("multiline", FieldType::Multiline),
        FieldRequest {
            options: options
                .map(|value| FieldOption {
                    label: value.to_string(),
                    value,
                })
                .to_vec(),
            ..field("select", FieldType::Select)
        },
        FieldRequest {
            one_time: true,
            ..field("code", FieldType::Number)
        },
        field("number", FieldType::Number),
        field("email", FieldType::Email),
    ]
}
