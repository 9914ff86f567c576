//! A body as what hides secrets sees it: a form, JSON, or any other text. Read once, however often it is looked at.

use serde_json::Value;

use crate::answer::decode_text;

/// A body's text, and what it is.
#[derive(Clone, Debug)]
pub struct BodyText {
    pub(super) text: String,
    pub(super) form: BodyForm,
}

#[derive(Clone, Debug)]
pub(super) enum BodyForm {
    /// Form fields.
    Fields,
    /// A JSON object or list.
    Json(Value),
    /// It begins like JSON, and is cut in the middle or no JSON after all.
    BrokenJson,
    /// Anything else.
    Text,
}

impl BodyText {
    /// Reads a body by its content type.
    pub fn read(content_type: &str, bytes: &[u8]) -> Self {
        let text = decode_text(content_type, bytes);
        let form = if content_type.starts_with("application/x-www-form-urlencoded") {
            BodyForm::Fields
        } else if text.trim_start().starts_with(['{', '[']) {
            serde_json::from_str(&text).map_or(BodyForm::BrokenJson, BodyForm::Json)
        } else {
            BodyForm::Text
        };
        Self { text, form }
    }

    /// The JSON object or list that it is.
    pub fn json(&self) -> Option<&Value> {
        match &self.form {
            BodyForm::Json(value) => Some(value),
            BodyForm::Fields | BodyForm::BrokenJson | BodyForm::Text => None,
        }
    }
}
