//! Hides secrets in JSON values, member by member: by names, by paths, and by what is known.

use serde_json::{Map, Number, Value};

use super::paths::Paths;
use super::{MASK, Secrets, is_fact, is_secret_member};
use crate::needles::SHORTEST;

impl Secrets {
    /// A step's outputs with every secret hidden.
    pub fn mask_outputs(&self, step: &str, outputs: &Map<String, Value>) -> Map<String, Value> {
        let mut masked = outputs.clone();
        if !self.reveal {
            self.mask_members(self.paths.member(step), &mut masked);
        }
        masked
    }

    fn mask_members(&self, at: Option<&Paths>, members: &mut Map<String, Value>) {
        let mut secret_names = false;
        for (name, value) in members.iter_mut() {
            let at = at.and_then(|at| at.member(name));
            if is_secret_member(name, at) {
                *value = hide(value);
            } else {
                self.mask_value(at, value);
            }
            secret_names |= self.holds_secret(name);
        }
        if secret_names {
            let named = std::mem::take(members).into_iter();
            *members = named
                .map(|(name, value)| (self.mask_text(&name), value))
                .collect();
        }
    }

    /// Hides the secrets in a copy of a value. `at` is where the value stands among the paths.
    fn mask_value(&self, at: Option<&Paths>, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(masked) = self.mask_found(text) {
                    *text = masked;
                }
            }
            Value::Number(number) if self.is_known_number(number) => {
                *value = Value::String(MASK.to_owned());
            }
            Value::Array(items) => {
                for (index, item) in items.iter_mut().enumerate() {
                    let at = at.and_then(|at| at.item(index));
                    if at.is_some_and(Paths::ends_here) {
                        *item = hide(item);
                    } else {
                        self.mask_value(at, item);
                    }
                }
            }
            Value::Object(members) => self.mask_members(at, members),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    pub(super) fn is_known_number(&self, number: &Number) -> bool {
        !is_short(number) && self.known.contains(&number.to_string())
    }

    /// What an output may become, by the output's path.
    pub fn mask_member(&self, path: &[&str], value: &Value) -> Value {
        if self.reveal {
            value.clone()
        } else if path
            .last()
            .is_some_and(|name| is_secret_member(name, self.paths.at(path)))
        {
            hide(value)
        } else {
            self.mask_json(value)
        }
    }

    /// Hides what is known to be secret, wherever it turns up in a value, and nothing for its name alone: what an API
    /// calls a key or a token may be what an app is there to show.
    pub fn hide_known(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(masked) = self.mask_found(text) {
                    *text = masked;
                }
            }
            Value::Number(number) if self.is_known_number(number) => {
                *value = Value::String(MASK.to_owned());
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.hide_known(item)),
            Value::Object(members) => {
                members
                    .values_mut()
                    .for_each(|member| self.hide_known(member));
                if members.keys().any(|name| self.holds_secret(name)) {
                    let named = std::mem::take(members).into_iter();
                    *members = named
                        .map(|(name, member)| (self.mask_text(&name), member))
                        .collect();
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    /// A JSON value that is no step's output, such as a test request's answer, with every secret hidden.
    pub fn mask_json(&self, value: &Value) -> Value {
        let mut masked = value.clone();
        if !self.reveal {
            self.mask_value(Some(&self.paths), &mut masked);
        }
        masked
    }
}

/// A number with too few digits to be known.
fn is_short(number: &Number) -> bool {
    let number = number.as_u64();
    number.is_some_and(|number| (number.checked_ilog10().unwrap_or(0) as usize) + 1 < SHORTEST)
}

pub(super) fn hide(value: &Value) -> Value {
    match value {
        Value::Null | Value::Bool(_) => value.clone(),
        Value::String(text) if text.is_empty() => value.clone(),
        Value::String(_) | Value::Number(_) => Value::String(MASK.to_owned()),
        Value::Array(items) => Value::Array(items.iter().map(hide).collect()),
        Value::Object(members) => Value::Object(
            members
                .iter()
                .map(|(name, member)| {
                    let shown = if is_fact(name, member) {
                        member.clone()
                    } else {
                        hide(member)
                    };
                    (name.clone(), shown)
                })
                .collect(),
        ),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn z29_what_is_known_is_hidden_and_nothing_for_its_name_alone() {
        let mut secrets = Secrets::new(false);
        secrets.add("s3cr3t-value");
        secrets.add("1234567");
        let mut value = json!({
            "key": "door", "token": [{ "echo": "Bearer s3cr3t-value" }], "s3cr3t-value": 1, "n": 1_234_567, "m": 12,
        });
        secrets.hide_known(&mut value);
        assert_eq!(
            value,
            json!({ "key": "door", "token": [{ "echo": "Bearer •••" }], "•••": 1, "n": "•••", "m": 12 })
        );
    }

    use super::*;

    fn object(value: Value) -> Map<String, Value> {
        match value {
            Value::Object(map) => map,
            _ => panic!("an object"),
        }
    }

    #[test]
    fn inside_a_hidden_object_numbers_about_the_secret_stay_to_be_seen() {
        let mut secrets = Secrets::new(false);
        let outputs = object(
            json!({ "body": { "session": { "id": "abcdefgh", "expires_in": 900, "type": "x" } } }),
        );
        secrets.learn("login", &outputs);
        assert_eq!(
            Value::Object(secrets.mask_outputs("login", &outputs)),
            json!({ "body": { "session": { "id": MASK, "expires_in": 900, "type": MASK } } })
        );
    }

    #[test]
    fn a_secret_output_is_hidden_wherever_it_turns_up_again() {
        let mut secrets = Secrets::new(false);
        let outputs = object(
            json!({ "body": { "token": "s3cr3t-value/1", "user": { "id": 4711 }, "otp": 1234 } }),
        );
        secrets.learn("login", &outputs);
        let masked = secrets.mask_outputs("login", &outputs);
        assert_eq!(
            Value::Object(masked),
            json!({ "body": { "token": MASK, "user": { "id": 4711 }, "otp": MASK } })
        );
        let text =
            "a s3cr3t-value/1 b s3cr3t-value%2F1 c czNjcjN0LXZhbHVlLzE= d s3cr3t%2Dvalue%2F1";
        assert_eq!(secrets.mask_text(text), "a ••• b ••• c •••= d •••");
        assert_eq!(
            secrets.mask_json(&json!(["x s3cr3t-value/1"])),
            json!(["x •••"])
        );
    }

    #[test]
    fn a_number_is_hidden_where_it_turns_up_again_from_six_digits_on() {
        let mut secrets = Secrets::new(false);
        secrets.learn(
            "login",
            &object(json!({ "pin": 1, "token": [99_999, 100_000] })),
        );
        assert_eq!(
            secrets.mask_json(&json!([0, 99_999, 100_000, 100_001, -100_000])),
            json!([0, 99_999, MASK, 100_001, -100_000])
        );
    }

    #[test]
    fn what_feeds_a_request_parameter_is_secret_whatever_its_name() {
        let mut secrets = Secrets::new(false);
        secrets.add_path(vec!["login".into(), "body".into(), "value".into()]);
        let outputs = object(json!({ "body": { "value": "abcdefgh", "other": "12345678" } }));
        secrets.learn("login", &outputs);
        assert_eq!(
            Value::Object(secrets.mask_outputs("login", &outputs)),
            json!({ "body": { "value": MASK, "other": "12345678" } })
        );
        assert_eq!(secrets.mask_text("x=abcdefgh"), "x=•••");
    }
}
