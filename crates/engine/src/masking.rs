//! What is secret in a run, and how it is hidden before anyone hears of it (CONTRACT section 3, *Secret*).
//!
//! Values become secret by where they come from (a password field, a secret variable, a cookie), by their name
//! (`token`, `apiKey`), or because they feed a request parameter. A secret of six characters or more is hidden
//! wherever else it turns up, also percent-encoded and in base64.

use std::collections::{BTreeSet, HashSet};
use std::sync::LazyLock;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use regex::{Captures, Regex};
use serde_json::{Map, Value};

use crate::needles::Needles;
use crate::secret_name::{is_fact_name, is_secret_header, is_secret_name, is_secret_parameter};

/// What stands where a secret was.
pub const MASK: &str = "•••";

/// Secrets shorter than this are hidden in their own place only: a short text turns up by chance everywhere.
const SHORTEST: usize = 6;

/// The secrets of one run.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    reveal: bool,
    known: HashSet<String>,
    /// What is looked for in texts.
    needles: Needles,
    /// Dotted output paths that feed a request parameter.
    paths: BTreeSet<Vec<String>>,
}

impl Secrets {
    /// No secrets yet; with `reveal` nothing is ever hidden.
    pub fn new(reveal: bool) -> Self {
        Self {
            reveal,
            ..Self::default()
        }
    }

    /// Marks an output path, such as `login.body.token`, as secret with all that is below it.
    pub fn add_path(&mut self, path: Vec<String>) {
        if !path.is_empty() {
            self.paths.insert(path);
        }
    }

    /// Makes a text secret wherever it turns up.
    pub fn add(&mut self, secret: &str) {
        let secret = secret.trim();
        if self.reveal || secret.chars().count() < SHORTEST || !self.known.insert(secret.to_owned())
        {
            return;
        }
        self.needles.add(secret);
    }

    /// Whether a variable or an output feeds a request parameter.
    pub fn feeds_parameter(&self, path: &[&str]) -> bool {
        self.paths
            .iter()
            .any(|known| known.iter().zip(path).all(|(part, other)| part == other))
    }

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
    pub fn learn_body(&mut self, content_type: &str, body: &str) {
        if self.reveal {
            return;
        }
        if content_type.starts_with("application/x-www-form-urlencoded") {
            return self.learn_pairs(body);
        }
        if !body.trim_start().starts_with(['{', '[']) {
            return;
        }
        if let Ok(value) = serde_json::from_str::<Value>(body) {
            return self.learn_value(&mut Vec::new(), "", &value);
        }
        // Cut in the middle, or no JSON after all.
        for member in MEMBER
            .captures_iter(body)
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
        let mut path = vec![step.to_owned()];
        for (name, value) in outputs {
            path.push(name.clone());
            self.learn_value(&mut path, name, value);
            path.pop();
        }
    }

    fn learn_value(&mut self, path: &mut Vec<String>, name: &str, value: &Value) {
        if self.is_secret_member(path, name) {
            return self.add_all(value);
        }
        match value {
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    path.push(index.to_string());
                    self.learn_value(path, name_of_item(name), item);
                    path.pop();
                }
            }
            Value::Object(members) => {
                for (name, member) in members {
                    path.push(name.clone());
                    self.learn_value(path, name, member);
                    path.pop();
                }
            }
            _ => {}
        }
    }

    fn is_secret_member(&self, path: &[String], name: &str) -> bool {
        is_secret_name(name) || self.paths.contains(path)
    }

    /// A step's outputs with every secret hidden.
    pub fn mask_outputs(&self, step: &str, outputs: &Map<String, Value>) -> Map<String, Value> {
        if self.reveal {
            return outputs.clone();
        }
        let mut path = vec![step.to_owned()];
        self.mask_members(&mut path, outputs)
    }

    fn mask_members(
        &self,
        path: &mut Vec<String>,
        members: &Map<String, Value>,
    ) -> Map<String, Value> {
        members
            .iter()
            .map(|(name, value)| {
                path.push(name.clone());
                let masked = if self.is_secret_member(path, name) {
                    hide(value)
                } else {
                    self.mask_value(path, value)
                };
                path.pop();
                (self.mask_text(name), masked)
            })
            .collect()
    }

    fn mask_value(&self, path: &mut Vec<String>, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.mask_text(text)),
            Value::Number(number) => {
                let text = number.to_string();
                if self.known.contains(&text) {
                    Value::String(MASK.to_owned())
                } else {
                    value.clone()
                }
            }
            Value::Array(items) => Value::Array(
                items
                    .iter()
                    .enumerate()
                    .map(|(index, item)| {
                        path.push(index.to_string());
                        let masked = if self.paths.contains(path.as_slice()) {
                            hide(item)
                        } else {
                            self.mask_value(path, item)
                        };
                        path.pop();
                        masked
                    })
                    .collect(),
            ),
            Value::Object(members) => Value::Object(self.mask_members(path, members)),
            Value::Null | Value::Bool(_) => value.clone(),
        }
    }

    /// What an output may become, by the output's path.
    pub fn mask_member(&self, path: &[&str], value: &Value) -> Value {
        let path: Vec<String> = path.iter().map(|part| (*part).to_owned()).collect();
        if self.reveal {
            value.clone()
        } else if path
            .last()
            .is_some_and(|name| self.is_secret_member(&path, name))
        {
            hide(value)
        } else {
            self.mask_json(value)
        }
    }

    /// A JSON value that is no step's output, such as a test request's answer, with every secret hidden.
    pub fn mask_json(&self, value: &Value) -> Value {
        if self.reveal {
            value.clone()
        } else {
            self.mask_value(&mut Vec::new(), value)
        }
    }

    /// A text with every known secret in it hidden.
    pub fn mask_text(&self, text: &str) -> String {
        let mut masked = String::with_capacity(text.len());
        let mut at = 0;
        for range in self.needles.find(text) {
            masked.push_str(&text[at..range.start]);
            masked.push_str(MASK);
            at = range.end;
        }
        masked.push_str(&text[at..]);
        masked
    }

    /// A header's value: hidden whole where its name says that it is a secret.
    pub fn mask_header(&self, name: &str, value: &str) -> String {
        if self.reveal {
            return value.to_owned();
        }
        if is_secret_header(name) {
            return mask_credential(value);
        }
        if matches!(
            name.to_ascii_lowercase().as_str(),
            "location" | "content-location"
        ) {
            return self.mask_address(value);
        }
        self.mask_text(value)
    }

    /// An address: secrets in its text, and query parameters whose name says that they are secrets.
    pub fn mask_url(&self, url: &url::Url) -> String {
        self.mask_address(url.as_str())
    }

    /// An address that need not be whole, such as a `Location`.
    fn mask_address(&self, text: &str) -> String {
        if self.reveal {
            return text.to_owned();
        }
        let mut masked = String::with_capacity(text.len());
        let mut rest = text;
        let mut in_path = true;
        loop {
            let end = rest.find(['?', '#']).unwrap_or(rest.len());
            let part = &rest[..end];
            masked.push_str(&if in_path {
                self.mask_text(part)
            } else {
                self.mask_pairs(part)
            });
            let Some(separator) = rest[end..].chars().next() else {
                return masked;
            };
            masked.push(separator);
            rest = &rest[end + 1..];
            in_path = false;
        }
    }

    /// `a=1&token=2` with secrets hidden, each pair by its name and by its value.
    fn mask_pairs(&self, pairs: &str) -> String {
        let masked = pairs.split('&').map(|pair| match pair.split_once('=') {
            Some((name, value)) if !value.is_empty() && is_secret_parameter(name) => {
                format!("{name}={MASK}")
            }
            _ => self.mask_text(pair),
        });
        masked.collect::<Vec<_>>().join("&")
    }

    /// A body's text: JSON and forms member by member, anything else by the secrets that are known.
    pub fn mask_body(&self, content_type: &str, body: &str) -> String {
        if self.reveal {
            return body.to_owned();
        }
        if content_type.starts_with("application/x-www-form-urlencoded") {
            return self.mask_pairs(body);
        }
        if !body.trim_start().starts_with(['{', '[']) {
            return self.mask_text(body);
        }
        if let Ok(value) = serde_json::from_str::<Value>(body) {
            let masked = self.mask_value(&mut Vec::new(), &value);
            // Untouched where nothing was hidden, so that the person sees what was really sent.
            return if masked == value {
                body.to_owned()
            } else {
                masked.to_string()
            };
        }
        // Cut in the middle, or no JSON after all.
        let masked = MEMBER.replace_all(body, |member: &Captures<'_>| {
            if is_secret_name(&member["name"]) {
                format!("{}\"{MASK}\"", &member["start"])
            } else {
                member[0].to_owned()
            }
        });
        self.mask_text(&masked)
    }
}

/// A list's items are named like the list: `tokens: ["a", "b"]`.
fn name_of_item(name: &str) -> &str {
    name
}

/// A number about a secret, such as `expires_in` inside a `session`. A text may be the secret itself, whatever its
/// name: cookies are called anything.
fn is_fact(name: &str, member: &Value) -> bool {
    member.is_number() && is_fact_name(name)
}

fn hide(value: &Value) -> Value {
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

/// A member of JSON that may be broken: its name and its text or number, which may have no end.
static MEMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?<start>"(?<name>(?:[^"\\]|\\.)*)"\s*:\s*)(?<value>"(?:[^"\\]|\\.)*"?|-?[0-9][0-9.eE+-]*)"#)
        .expect("the pattern is a valid one")
});

fn is_scheme(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// `Bearer abc` is shown as `Bearer •••`: the scheme is no secret and helps to see what went wrong.
fn mask_credential(value: &str) -> String {
    match value.split_once(' ') {
        Some((scheme, _)) if is_scheme(scheme) => format!("{scheme} {MASK}"),
        _ => MASK.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

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

    #[test]
    fn headers_addresses_and_bodies_are_masked_by_their_own_rules() {
        let secrets = Secrets::new(false);
        assert_eq!(
            secrets.mask_header("Authorization", "Bearer abc"),
            "Bearer •••"
        );
        assert_eq!(secrets.mask_header("Cookie", "sid=1; a=b"), MASK);
        assert_eq!(secrets.mask_header("Accept", "text/html"), "text/html");
        let url = url::Url::parse("https://x.example/a?token=abc&page=2").unwrap();
        assert_eq!(
            secrets.mask_url(&url),
            "https://x.example/a?token=•••&page=2"
        );
        assert_eq!(
            secrets.mask_body("application/json", r#"{"password":"abc","a":1}"#),
            r#"{"password":"•••","a":1}"#
        );
        assert_eq!(
            secrets.mask_body("application/x-www-form-urlencoded", "password=a&b=c"),
            "password=•••&b=c"
        );
    }

    #[test]
    fn nothing_is_hidden_where_all_is_to_be_shown() {
        let mut secrets = Secrets::new(true);
        secrets.add("s3cr3t-value");
        assert_eq!(secrets.mask_text("s3cr3t-value"), "s3cr3t-value");
        assert_eq!(
            secrets.mask_header("Authorization", "Bearer abc"),
            "Bearer abc"
        );
    }
}
