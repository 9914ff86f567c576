//! A form's fields for a window, with what was answered before. A secret answer never crosses, only that there is one.

use latchwork_engine::FieldRequest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// One field of a form, for a window.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormField {
    /// The output's name.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// What may be typed.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Whether an empty answer is refused.
    pub required: bool,
    /// What is filled in.
    pub default: Option<String>,
    /// Shown in the empty field.
    pub placeholder: Option<String>,
    /// Shown below the field.
    pub help: Option<String>,
    /// What a select offers.
    pub options: Vec<FormOption>,
    /// A code that is never kept.
    pub one_time: bool,
    /// The last answer, filled in; never for a secret field.
    pub value: Option<String>,
    /// A secret kept from the last answer: leaving the field empty uses it.
    pub remembered: bool,
}

impl FormField {
    /// A field for a window, with what was answered before.
    pub(crate) fn of(field: &FieldRequest, remembered: Option<&Value>) -> Self {
        let text = |value: &Value| match value {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        };
        let secret = field.is_secret();
        Self {
            key: field.key.clone(),
            label: field.label.clone(),
            field_type: field.field_type.into(),
            required: field.required,
            default: field.default.clone(),
            placeholder: field.placeholder.clone(),
            help: field.help.clone(),
            options: field
                .options
                .iter()
                .map(|option| FormOption {
                    value: text(&option.value),
                    label: option.label.clone(),
                })
                .collect(),
            one_time: field.one_time,
            value: if secret { None } else { remembered.map(text) },
            remembered: secret && remembered.is_some(),
        }
    }
}

/// One choice of a select.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct FormOption {
    /// What is given back when it is chosen.
    pub value: String,
    /// What the person reads.
    pub label: String,
}

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// One line.
    Text,
    /// A number.
    Number,
    /// An e-mail address.
    Email,
    /// A secret line.
    Password,
    /// One of the options.
    Select,
    /// Several lines.
    Multiline,
}

impl From<latchwork_model::FieldType> for FieldType {
    fn from(field_type: latchwork_model::FieldType) -> Self {
        use latchwork_model::FieldType as Model;
        match field_type {
            Model::Text => Self::Text,
            Model::Number => Self::Number,
            Model::Email => Self::Email,
            Model::Password => Self::Password,
            Model::Select => Self::Select,
            Model::Multiline => Self::Multiline,
        }
    }
}
