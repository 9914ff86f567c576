//! A token endpoint's answer (RFC 6749 sections 5.1 and 5.2), and the answers that servers give in its place.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::error::OauthError;
use super::words::plain_words;
use crate::answer;
use crate::error::shown;
use crate::http::Answer;
use crate::session::seconds;
use crate::template::jwt_claims;

/// The standard members of a token answer that are outputs as they are.
const TEXTS: &[&str] = &[
    "access_token",
    "refresh_token",
    "token_type",
    "scope",
    "id_token",
];

/// A token answer, read.
#[derive(Debug)]
pub(crate) struct TokenAnswer {
    /// The whole answer.
    pub raw: Value,
    /// The standard outputs that it has.
    pub tokens: Map<String, Value>,
}

/// How a step reads its answer.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reading<'a> {
    /// Where in the answer the token object is.
    pub token_path: Option<&'a str>,
    /// Standard members under other names.
    pub names: Option<&'a BTreeMap<String, String>>,
    /// Whether the step may do without an access token, since it makes its own of the answer.
    pub own_access_token: bool,
    /// Unix seconds.
    pub now: i64,
}

impl TokenAnswer {
    /// Reads an answer; one that holds an error, or no token, is an error, whatever its status.
    pub(crate) fn read(answer: &Answer, reading: Reading<'_>) -> Result<Self, OauthError> {
        let endpoint = shown(&answer.url);
        let raw = whole(answer);
        let fail = |words: String, error: Option<String>| OauthError::Token {
            endpoint: endpoint.clone(),
            words,
            status: answer.status,
            error,
        };
        if let Some((error, words)) = error_of(&raw) {
            return Err(fail(words, error));
        }
        if answer.status >= 400 || answer.status < 200 {
            return Err(fail(odd_answer(&raw, answer.status), None));
        }
        let object = match reading.token_path {
            None => &raw,
            Some(path) => at_path(&raw, path).ok_or_else(|| {
                fail(
                    format!("its answer has nothing at `{path}`; {}", members(&raw)),
                    None,
                )
            })?,
        };
        if let Some((error, words)) = error_of(object) {
            return Err(fail(words, error));
        }
        let mut tokens = Map::new();
        for name in TEXTS {
            let renamed = reading.names.and_then(|names| names.get(*name));
            let found = object
                .get(*name)
                .or_else(|| renamed.and_then(|renamed| object.get(renamed)));
            if let Some(text) = found.and_then(text_of) {
                tokens.insert((*name).to_owned(), Value::String(text));
            }
        }
        if !tokens.contains_key("access_token") && !reading.own_access_token {
            return Err(fail(
                format!("its answer has no `access_token`; {}", members(object)),
                None,
            ));
        }
        // No type means bearer; an unknown one stays as it is (RFC 6749 section 7.1).
        tokens
            .entry("token_type".to_owned())
            .or_insert_with(|| Value::from("Bearer"));
        let lifetime = reading
            .names
            .and_then(|names| names.get("expires_in"))
            .and_then(|renamed| object.get(renamed))
            .or_else(|| object.get("expires_in"))
            .and_then(seconds);
        set_expiry(&mut tokens, lifetime, reading.now);
        Ok(Self { raw, tokens })
    }
}

/// Sets `expires_in` and `expires_at`, from the answer's own word, else from the access token where it is a JWT.
fn set_expiry(tokens: &mut Map<String, Value>, lifetime: Option<i64>, now: i64) {
    let expires_at = match lifetime {
        Some(lifetime) => Some(now.saturating_add(lifetime)),
        None => tokens
            .get("access_token")
            .and_then(Value::as_str)
            .and_then(jwt_claims)
            .and_then(|claims| seconds(claims.get("exp")?)),
    };
    if let Some(expires_at) = expires_at {
        let lifetime = lifetime.unwrap_or_else(|| expires_at.saturating_sub(now));
        tokens.insert("expires_in".to_owned(), lifetime.into());
        tokens.insert("expires_at".to_owned(), expires_at.into());
    }
}

/// The body: JSON, or a form also where the type says otherwise.
fn whole(answer: &Answer) -> Value {
    match answer::body(&answer.headers, &answer.body) {
        Value::String(text) if looks_like_a_form(&text) => answer::form(&text),
        other => other,
    }
}

fn looks_like_a_form(text: &str) -> bool {
    let text = text.trim();
    ["access_token=", "error=", "token="]
        .iter()
        .any(|start| text.starts_with(start) || text.contains(&format!("&{start}")))
        && !text.contains(['<', '{', '\n'])
}

/// The error that an answer holds, standard or not: its name, and its words made plain.
fn error_of(raw: &Value) -> Option<(Option<String>, String)> {
    let members = raw.as_object()?;
    // Slack answers `"ok": false`, and others keep an `error` that is null, false or empty.
    let refused = members.get("ok") == Some(&Value::Bool(false));
    let error = members.get("error").filter(|error| match error {
        Value::Null | Value::Bool(false) => false,
        Value::String(text) => !text.is_empty(),
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(true) => true,
    });
    if error.is_none() && !refused {
        return None;
    }
    let name = match error {
        Some(Value::String(name)) => Some(plain_words(name)),
        Some(Value::Object(inner)) => ["code", "type", "status"]
            .iter()
            .find_map(|key| text_of(inner.get(*key)?))
            .map(|name| plain_words(&name)),
        _ => None,
    };
    let inner_words = error.and_then(Value::as_object).and_then(words_of);
    let description = inner_words.or_else(|| words_of(members));
    let words = match (&name, description) {
        (Some(name), Some(description)) => format!("{name}: {description}"),
        (Some(name), None) => name.clone(),
        (None, Some(description)) => description,
        (None, None) => "it answered with an error that has no words".to_owned(),
    };
    Some((name, words))
}

/// The words for people that an error has under one of the usual names.
fn words_of(members: &Map<String, Value>) -> Option<String> {
    [
        "error_description",
        "message",
        "error_message",
        "detail",
        "description",
        "title",
    ]
    .iter()
    .find_map(|key| members.get(*key).and_then(Value::as_str))
    .map(plain_words)
    .filter(|words| !words.is_empty())
}

/// An error status without a standard error.
fn odd_answer(raw: &Value, status: u16) -> String {
    let words = match raw {
        Value::Object(members) => words_of(members).or_else(|| {
            let first = members.get("errors")?.as_array()?.first()?;
            match first {
                Value::String(text) => Some(plain_words(text)),
                Value::Object(inner) => words_of(inner),
                _ => None,
            }
        }),
        _ => None,
    };
    match (words, raw) {
        (Some(words), _) => format!("it answered {status}: {words}"),
        (None, Value::String(text)) if text.trim().is_empty() => {
            format!("it answered {status} with an empty body")
        }
        (None, Value::String(text)) if text.trim_start().starts_with('<') => {
            format!("it answered {status} with a page instead of JSON")
        }
        _ => format!("it answered {status}; {}", members(raw)),
    }
}

/// What an answer has, by names alone: values may be secret.
fn members(value: &Value) -> String {
    match value {
        Value::Object(members) if members.is_empty() => "it is an empty object".to_owned(),
        Value::Object(members) => {
            let names: Vec<String> = members
                .keys()
                .take(20)
                .map(|name| format!("`{}`", plain_words(name)))
                .collect();
            format!("it has {}", names.join(", "))
        }
        Value::Array(_) => "it is a list".to_owned(),
        Value::String(text) if text.trim().is_empty() => "it is empty".to_owned(),
        Value::String(text) if text.trim_start().starts_with('<') => {
            "it is a page, not JSON".to_owned()
        }
        _ => "it is no JSON object".to_owned(),
    }
}

fn text_of(value: &Value) -> Option<String> {
    match value {
        Value::String(text) if !text.is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => {
            let texts: Vec<String> = items.iter().filter_map(text_of).collect();
            (!texts.is_empty()).then(|| texts.join(" "))
        }
        _ => None,
    }
}

/// The value at a dotted path: `authed_user`, `data.tokens[0]`.
fn at_path<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    let mut here = value;
    for part in path
        .split(['.', '['])
        .map(|part| part.trim_end_matches(']'))
    {
        if part.is_empty() {
            continue;
        }
        here = match here {
            Value::Array(items) => items.get(part.parse::<usize>().ok()?)?,
            other => other.get(part.trim_matches(['\'', '"']))?,
        };
    }
    Some(here)
}
