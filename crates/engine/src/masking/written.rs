//! JSON written out with its secrets hidden, without a copy of it in between: most bodies hide little or nothing.
//!
//! What is hidden, and what stands in its place, is as in [`super::values`].

use std::cell::Cell;

use serde::ser::{Serialize, SerializeMap as _, SerializeSeq as _, Serializer};
use serde_json::Value;

use super::paths::Paths;
use super::values::hide;
use super::{MASK, Secrets, is_secret_member};

impl Secrets {
    /// A body's JSON as text; none where there is nothing to hide in it.
    pub(super) fn write_masked(&self, value: &Value) -> Option<String> {
        let hidden = Cell::new(false);
        let masked = Masked {
            secrets: self,
            at: Some(&self.paths),
            value,
            hidden: &hidden,
        };
        // JSON always has a text; should it ever have none, nothing of it is shown.
        let text = serde_json::to_string(&masked).unwrap_or_else(|_| MASK.to_owned());
        hidden.get().then_some(text)
    }
}

/// A value to be written, and where it stands among the secret paths.
struct Masked<'a> {
    secrets: &'a Secrets,
    at: Option<&'a Paths>,
    value: &'a Value,
    /// Whether anything was hidden.
    hidden: &'a Cell<bool>,
}

impl<'a> Masked<'a> {
    fn inner(&self, at: Option<&'a Paths>, value: &'a Value) -> Self {
        Self { at, value, ..*self }
    }

    /// What stands in place of a secret value.
    fn hide(&self, value: &Value) -> Value {
        let shown = hide(value);
        if shown != *value {
            self.hidden.set(true);
        }
        shown
    }

    /// A text, or what is shown of it.
    fn with_text<T>(&self, text: &str, write: impl FnOnce(&str) -> T) -> T {
        match self.secrets.mask_found(text) {
            None => write(text),
            Some(masked) => {
                self.hidden.set(true);
                write(&masked)
            }
        }
    }
}

impl Serialize for Masked<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.value {
            Value::String(text) => self.with_text(text, |text| serializer.serialize_str(text)),
            Value::Number(number) if self.secrets.is_known_number(number) => {
                self.hidden.set(true);
                serializer.serialize_str(MASK)
            }
            Value::Array(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for (index, item) in items.iter().enumerate() {
                    let at = self.at.and_then(|at| at.item(index));
                    if at.is_some_and(Paths::ends_here) {
                        list.serialize_element(&self.hide(item))?;
                    } else {
                        list.serialize_element(&self.inner(at, item))?;
                    }
                }
                list.end()
            }
            Value::Object(members) => {
                let mut object = serializer.serialize_map(Some(members.len()))?;
                for (name, member) in members {
                    let at = self.at.and_then(|at| at.member(name));
                    self.with_text(name, |name| object.serialize_key(name))?;
                    if is_secret_member(name, at) {
                        object.serialize_value(&self.hide(member))?;
                    } else {
                        object.serialize_value(&self.inner(at, member))?;
                    }
                }
                object.end()
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => self.value.serialize(serializer),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn secrets() -> Secrets {
        let mut secrets = Secrets::new(false);
        secrets.add("s3cr3t-value");
        secrets.add("123456");
        secrets.add_path(vec!["pick".into(), "0".into()]);
        secrets.add_path(vec!["pick".into(), "1".into(), "inside".into()]);
        secrets
    }

    #[test]
    fn what_is_written_is_what_is_shown_of_the_value() {
        let secrets = secrets();
        for value in [
            json!({ "a": "x s3cr3t-value y", "b": [1, 123_456, "123456"], "c": { "s3cr3t-value": null } }),
            json!({ "pick": ["first", { "inside": "second", "other": "third" }, "fourth"] }),
            json!({ "session": { "id": "abc", "expires_in": 9, "more": ["d", ""] }, "token": 1 }),
            json!(["s3cr3t-value", { "password": "a" }, -1.5, true]),
        ] {
            let masked = secrets.mask_json(&value);
            assert_ne!(masked, value);
            assert_eq!(secrets.write_masked(&value), Some(masked.to_string()));
        }
    }

    #[test]
    fn a_value_in_which_nothing_is_hidden_is_not_written_anew() {
        for value in [
            json!({ "a": "x", "b": [1, 2, { "c": "\u{e4}" }], "token": null, "password": "" }),
            json!([]),
            json!({ "pick": [""] }),
        ] {
            assert_eq!(secrets().mask_json(&value), value);
            assert_eq!(secrets().write_masked(&value), None);
        }
    }
}
