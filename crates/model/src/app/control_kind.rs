//! The kinds of control, with what each has of its own.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::defaults::{is_default, is_no};
use crate::form::FormOptions;
use crate::scalar::Template;

/// Words.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TextControl {
    /// What it says.
    #[serde(default)]
    pub text: Template,
    /// How it looks.
    #[serde(default, skip_serializing_if = "is_default")]
    pub style: TextStyle,
}

/// How words look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TextStyle {
    /// The screen's title.
    Title,
    /// A part's heading.
    Heading,
    /// Running text.
    #[default]
    Body,
    /// Less than that.
    Muted,
}

/// One value that a person types.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct InputControl {
    /// What may be typed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub input_type: AppInputType,
    /// What is filled in before the person types.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Template>,
    /// Shown in the empty field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Template>,
    /// Whether an empty value is said to be missing.
    #[serde(default, skip_serializing_if = "is_no")]
    pub required: bool,
}

/// What may be typed into an input.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum AppInputType {
    /// One line.
    #[default]
    Text,
    /// A number; the value is a JSON number.
    Number,
    /// An e-mail address.
    Email,
    /// Several lines.
    Multiline,
}

/// Something to click.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ButtonControl {
    /// What it says.
    #[serde(default)]
    pub text: Template,
    /// How it looks.
    #[serde(default, skip_serializing_if = "is_default")]
    pub style: ButtonStyle,
    /// Switches it off where it renders to a true value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub disabled: Option<Template>,
}

/// How a button looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ButtonStyle {
    /// What one comes for.
    Primary,
    /// Anything else.
    #[default]
    Secondary,
    /// What cannot be undone.
    Danger,
}

/// Rows, one of which can be selected: `{{ <id>.selected.name }}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableControl {
    /// A template that gives the list; where left out, the source's answer, or the one list in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rows: Option<Template>,
    /// The columns; where left out, the members of the first rows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub columns: Vec<TableColumn>,
    /// What is said where there are no rows.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub empty_text: Option<Template>,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TableColumn {
    /// What stands above it.
    pub label: String,
    /// A cell's value; the row is there as `row`.
    pub value: Template,
}

/// One value out of some: `{{ <id>.value }}`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SelectControl {
    /// The choices: a list of `{ value, label }`, or a template that gives a list; the source's answer, or the one list
    /// in it, where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub options: Option<FormOptions>,
    /// A choice's value, where the list is of something else than `{ value, label }`: the item is there as `row`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_value: Option<Template>,
    /// What people read of it; the value where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub option_label: Option<Template>,
    /// What is chosen before the person chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Template>,
    /// Shown where nothing is chosen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub placeholder: Option<Template>,
}

/// The members of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordControl {
    /// A template that gives the object; the source's answer where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Template>,
    /// What is shown of it; every member where left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<RecordField>,
}

/// A line of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RecordField {
    /// What stands before it.
    pub label: String,
    /// Its value; the object is there as `record`.
    pub value: Template,
}

/// A value as JSON.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JsonControl {
    /// A template that gives the value; the source's answer where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Template>,
}

/// A picture. It comes from the control's source, or as a `data:` address: an app's window loads nothing from the
/// network by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ImageControl {
    /// A template that gives `data:image/…;base64,…`; the source's answer where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Template>,
    /// What it shows, for those who do not see it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Template>,
}
