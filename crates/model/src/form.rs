//! The form step: what is asked of a person.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::defaults::{is_no, is_yes, yes};
use crate::scalar::Template;

/// A modal that asks for values; each field's key is an output.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormStep {
    /// The modal's title.
    pub title: String,
    /// The fields, in the order in which they are shown.
    pub fields: Vec<FormField>,
}

/// One field of a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormField {
    /// The output's name.
    pub key: String,
    /// What the person reads.
    pub label: String,
    /// What may be typed.
    #[serde(rename = "type")]
    pub field_type: FieldType,
    /// Whether an empty answer is refused.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub required: bool,
    /// What is filled in before the person types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Template>,
    /// Shown in the empty field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<String>,
    /// Shown below the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub help: Option<String>,
    /// What a `select` offers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<FormOptions>,
    /// A code that is never stored and never replayed.
    #[serde(default, skip_serializing_if = "is_no")]
    pub one_time: bool,
    /// The value names an origin, approved by being typed.
    #[serde(default, skip_serializing_if = "is_no")]
    pub origin: bool,
}

impl FormField {
    /// A required field with nothing filled in.
    pub fn new(key: &str, label: &str, field_type: FieldType) -> Self {
        Self {
            key: key.to_owned(),
            label: label.to_owned(),
            field_type,
            required: true,
            default: None,
            placeholder: None,
            help: None,
            options: None,
            one_time: false,
            origin: false,
        }
    }

    /// Whether what is typed is masked wherever it turns up.
    pub fn is_secret(&self) -> bool {
        self.field_type == FieldType::Password || self.one_time
    }
}

/// What may be typed into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum FieldType {
    /// One line.
    Text,
    /// A number; the output is a JSON number.
    Number,
    /// An e-mail address, checked as HTML's `input type=email` checks it.
    Email,
    /// A secret line.
    Password,
    /// One of the options.
    Select,
    /// Several lines.
    Multiline,
}

/// The choices of a `select`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(
    untagged,
    expecting = "a list of { value, label }, or a template that gives one"
)]
pub enum FormOptions {
    /// Written out.
    List(Vec<FormOption>),
    /// A template that gives a list of `{ value, label }`, from an earlier answer.
    Template(Template),
}

/// One choice.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct FormOption {
    /// The output when it is chosen.
    pub value: String,
    /// What the person reads.
    pub label: String,
}
