//! A place in a JSON file: a value and the path that leads there, so that every fault can name it.
//!
//! Values are not repeated in messages: any of them may be a secret.

use std::borrow::Cow;

use serde_json::Value;

use crate::foreign::{ForeignError, ForeignKind};

const REMEDY: &str = "Export the collection again from Postman, as Collection v2.1.";

/// A value and its path.
#[derive(Clone, Debug)]
pub(super) struct Node<'a> {
    pub value: &'a Value,
    pub path: String,
}

impl<'a> Node<'a> {
    pub const fn root(value: &'a Value) -> Self {
        Self {
            value,
            path: String::new(),
        }
    }

    fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// A member that is there and not null.
    pub fn member(&self, name: &str) -> Option<Self> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        Some(Self {
            value,
            path: self.path_of(name),
        })
    }

    /// A member as text; numbers and truth values are written out.
    pub fn text(&self, name: &str) -> Result<Option<Cow<'a, str>>, ForeignError> {
        self.member(name).map(|member| member.as_text()).transpose()
    }

    /// The value as text; numbers and truth values are written out.
    pub fn as_text(&self) -> Result<Cow<'a, str>, ForeignError> {
        match self.value {
            Value::String(text) => Ok(Cow::Borrowed(text)),
            Value::Number(_) | Value::Bool(_) => Ok(Cow::Owned(self.value.to_string())),
            _ => Err(self.expected("text")),
        }
    }

    /// Whether a member says yes.
    pub fn flag(&self, name: &str) -> Result<bool, ForeignError> {
        match self.member(name) {
            None => Ok(false),
            Some(member) => match member.value {
                Value::Bool(flag) => Ok(*flag),
                _ => Err(member.expected("true or false")),
            },
        }
    }

    /// The items of a list member; none where it is left out.
    pub fn items(&self, name: &str) -> Result<Vec<Self>, ForeignError> {
        self.member(name)
            .map_or_else(|| Ok(Vec::new()), |member| member.as_items())
    }

    /// The items of a list.
    pub fn as_items(&self) -> Result<Vec<Self>, ForeignError> {
        let Value::Array(values) = self.value else {
            return Err(self.expected("a list"));
        };
        Ok(values
            .iter()
            .enumerate()
            .map(|(index, value)| Self {
                value,
                path: format!("{}[{index}]", self.path),
            })
            .collect())
    }

    /// An object member.
    pub fn object(&self, name: &str) -> Result<Option<Self>, ForeignError> {
        match self.member(name) {
            Some(member) if !member.value.is_object() => Err(member.expected("an object")),
            other => Ok(other),
        }
    }

    /// A fault of the wrong type here.
    pub fn expected(&self, what: &str) -> ForeignError {
        let found = match self.value {
            Value::Null => "null",
            Value::Bool(_) => "true or false",
            Value::Number(_) => "a number",
            Value::String(_) => "text",
            Value::Array(_) => "a list",
            Value::Object(_) => "an object",
        };
        self.fault(format!("expected {what}, found {found}"), REMEDY)
    }

    /// A fault here.
    pub fn fault(&self, message: impl Into<String>, remedy: &str) -> ForeignError {
        ForeignError::new(ForeignKind::Postman, self.path.clone(), message, remedy)
    }

    /// A fault at a member, which may be missing.
    pub fn fault_at(&self, name: &str, message: impl Into<String>, remedy: &str) -> ForeignError {
        ForeignError::new(ForeignKind::Postman, self.path_of(name), message, remedy)
    }
}
