//! `regex` and `regex_all`. Patterns take time linear in the text, whatever they are.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use ::regex::{Captures, Regex, RegexBuilder};
use minijinja::{Error, State, Value};

use super::super::environment::nothing;
use super::arguments::{failed, text};

/// How many compiled patterns are kept.
const KEPT: usize = 128;
/// How large a compiled pattern may be.
const LARGEST: usize = 1 << 20;

/// The first group of the first match; the whole match where the pattern has no group.
pub(super) fn regex(state: &State<'_, '_>, input: &Value, pattern: &Value) -> Result<Value, Error> {
    let (text, pattern) = (text(input)?, compiled("regex", pattern)?);
    let found = pattern
        .captures(&text)
        .and_then(|captures| found(&captures));
    Ok(found.map_or_else(|| nothing(state, "regex"), Value::from))
}

/// The same of every match; one that its group has no part in is null.
pub(super) fn regex_all(input: &Value, pattern: &Value) -> Result<Value, Error> {
    let (text, pattern) = (text(input)?, compiled("regex_all", pattern)?);
    Ok(Value::from(
        pattern
            .captures_iter(&text)
            .map(|captures| Value::from(found(&captures)))
            .collect::<Vec<_>>(),
    ))
}

fn found(captures: &Captures<'_>) -> Option<String> {
    let group = usize::from(captures.len() > 1);
    captures.get(group).map(|found| found.as_str().to_owned())
}

fn compiled(filter: &str, pattern: &Value) -> Result<Arc<Regex>, Error> {
    static COMPILED: OnceLock<Mutex<HashMap<String, Arc<Regex>>>> = OnceLock::new();
    let pattern = text(pattern)?;
    let mut compiled = COMPILED
        .get_or_init(Mutex::default)
        .lock()
        .unwrap_or_else(PoisonError::into_inner);
    if let Some(regex) = compiled.get(pattern.as_ref()) {
        return Ok(Arc::clone(regex));
    }
    let regex = RegexBuilder::new(&pattern)
        .size_limit(LARGEST)
        .dfa_size_limit(LARGEST)
        .nest_limit(60)
        .build();
    let regex = Arc::new(regex.map_err(|error| {
        let reason = error.to_string();
        let reason = reason
            .lines()
            .last()
            .unwrap_or_default()
            .trim_start_matches("error: ")
            .to_owned();
        failed(format!("`{filter}`: the pattern cannot be read: {reason}"))
    })?);
    if compiled.len() >= KEPT {
        compiled.clear();
    }
    compiled.insert(pattern.into_owned(), Arc::clone(&regex));
    Ok(regex)
}
