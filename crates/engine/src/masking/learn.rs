//! How a run learns what is secret: from headers, addresses, bodies and outputs, by names and by paths.
//!
//! Nothing is hidden here.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use serde_json::{Map, Value};

use super::body::{BodyForm, BodyText};
use super::paths::Paths;
use super::syntax::{MEMBER, is_scheme};
use super::{Secrets, is_fact, is_secret_member};
use crate::secret_name::{is_secret_header, is_secret_name, is_secret_parameter};

impl Secrets {
    /// Learns what a header holds, where its name says that it is a secret.
    pub fn learn_header(&mut self, name: &str, value: &str) {
        if self.reveal || !is_secret_header(name) {
            return;
        }
        match name.to_ascii_lowercase().as_str() {
            "cookie" => value
                .split(';')
                .filter_map(|pair| pair.split_once('='))
                .for_each(|(_, value)| self.add(value)),
            "set-cookie" => {
                let pair = value.split(';').next().unwrap_or_default();
                self.add(pair.split_once('=').map_or(pair, |(_, value)| value));
            }
            _ => self.learn_credential(value),
        }
    }

    /// Learns `abc` of `Bearer abc`, and the password of `Basic …`.
    pub fn learn_credential(&mut self, value: &str) {
        match value.split_once(' ') {
            Some((scheme, credential)) if is_scheme(scheme) => {
                self.add(credential);
                let basic = scheme
                    .eq_ignore_ascii_case("basic")
                    .then(|| STANDARD.decode(credential.trim()).ok())
                    .flatten();
                if let Some(pair) = basic.and_then(|bytes| String::from_utf8(bytes).ok())
                    && let Some((_, password)) = pair.split_once(':')
                {
                    self.add(password);
                }
            }
            _ => self.add(value),
        }
    }

    /// Learns the secrets of an address's query and fragment by their names.
    pub fn learn_address(&mut self, address: &str) {
        for pairs in address.split(['?', '#']).skip(1) {
            self.learn_pairs(pairs);
        }
    }

    fn learn_pairs(&mut self, pairs: &str) {
        if self.reveal {
            return;
        }
        for (name, value) in pairs.split('&').filter_map(|pair| pair.split_once('=')) {
            if is_secret_parameter(name) {
                let value = value.replace('+', " ");
                self.add(&percent_decode_str(&value).decode_utf8_lossy());
            }
        }
    }

    /// Learns the secrets of a body by their names.
    pub fn learn_body(&mut self, body: &BodyText) {
        if self.reveal {
            return;
        }
        match &body.form {
            BodyForm::Fields => self.learn_pairs(&body.text),
            BodyForm::Json(value) => {
                self.with_paths(|secrets, paths| secrets.learn_value(Some(paths), "", value));
            }
            BodyForm::BrokenJson => self.learn_members(&body.text),
            BodyForm::Text => {}
        }
    }

    /// Learns the secrets of JSON that may be broken.
    fn learn_members(&mut self, text: &str) {
        for member in MEMBER
            .captures_iter(text)
            .filter(|member| is_secret_name(&member["name"]))
        {
            self.add(
                member
                    .name("value")
                    .map_or("", |value| value.as_str())
                    .trim_matches('"'),
            );
        }
    }

    /// Makes every text and number in a value secret.
    pub fn add_all(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.add(text),
            Value::Number(number) => self.add(&number.to_string()),
            Value::Array(items) => items.iter().for_each(|item| self.add_all(item)),
            Value::Object(members) => members
                .iter()
                .filter(|(name, member)| !is_fact(name, member))
                .for_each(|(_, member)| self.add_all(member)),
            Value::Null | Value::Bool(_) => {}
        }
    }

    /// Learns the secrets of a step's outputs: by their names, and by the paths that feed request parameters.
    pub fn learn(&mut self, step: &str, outputs: &Map<String, Value>) {
        if self.reveal {
            return;
        }
        self.with_paths(|secrets, paths| {
            let at = paths.member(step);
            for (name, value) in outputs {
                secrets.learn_member(at, name, value);
            }
        });
    }

    /// The paths stay what they are while something is learnt by them.
    fn with_paths(&mut self, learn: impl FnOnce(&mut Self, &Paths)) {
        let paths = std::mem::take(&mut self.paths);
        learn(self, &paths);
        self.paths = paths;
    }

    fn learn_member(&mut self, parent: Option<&Paths>, name: &str, value: &Value) {
        let at = parent.and_then(|at| at.member(name));
        self.learn_value(at, name, value);
    }

    /// `at` is where the value stands among the paths, `name` what it is called.
    fn learn_value(&mut self, at: Option<&Paths>, name: &str, value: &Value) {
        if is_secret_member(name, at) {
            return self.add_all(value);
        }
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    let at = at.and_then(|at| at.item(index));
                    self.learn_value(at, name_of_item(name), item);
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    self.learn_member(at, name, member);
                }
            }
            _ => {}
        }
    }
}

/// A list's items are named like the list: `tokens: ["a", "b"]`.
fn name_of_item(name: &str) -> &str {
    name
}
