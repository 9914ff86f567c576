//! Compares what came of a scenario with what was expected.

use std::time::Duration;

use latchwork_testkit::{Exactness, find_leak, mismatch};
use serde_json::Value;

use super::Outcome;
use super::file::Expect;

/// The first thing that is not as expected.
pub fn judge(expect: &Expect, outcome: &Outcome) -> Result<(), String> {
    match (&expect.error, &outcome.error) {
        (None, Some(error)) => return Err(format!("it failed: {error}")),
        (Some(expected), None) => return Err(format!("it did not fail, expected {expected}")),
        (Some(expected), Some(error)) => same("error", expected, error, Exactness::Subset)?,
        (None, None) => {}
    }
    for (step, expected) in &expect.outputs {
        let actual = outcome.outputs.get(step).unwrap_or(&Value::Null);
        same(
            &format!("outputs of `{step}`"),
            expected,
            actual,
            Exactness::Exact,
        )?;
    }
    for (server, expected) in &expect.requests {
        let actual = outcome
            .requests
            .get(server)
            .ok_or_else(|| format!("there is no server `{server}`"))?;
        for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
            request(&format!("request {index} to `{server}`"), expected, actual)?;
        }
        if expected.len() != actual.len() {
            return Err(format!(
                "`{server}` saw {} requests, expected {}",
                actual.len(),
                expected.len()
            ));
        }
    }
    let events = Value::Array(outcome.events.clone());
    optional("events", expect.events.as_ref(), &events, Exactness::Subset)?;
    optional(
        "the forms",
        expect.forms.as_ref(),
        &outcome.forms,
        Exactness::Subset,
    )?;
    optional(
        "what is cached",
        expect.cached.as_ref(),
        &outcome.cached,
        Exactness::Exact,
    )?;
    if let Some(expected) = &expect.answer {
        let actual = outcome.answer.as_ref().ok_or("there was no answer")?;
        same("the answer", expected, actual, Exactness::Subset)?;
    }
    if let Some(seconds) = expect.waited_seconds
        && outcome.waited != Duration::from_secs(seconds)
    {
        return Err(format!(
            "{:?} were waited, expected {seconds} s",
            outcome.waited
        ));
    }
    let told = format!("{events}{}", outcome.error.clone().unwrap_or_default());
    for secret in &expect.never {
        if let Some(shape) = find_leak(&told, secret) {
            return Err(format!("`{secret}` was told, as `{shape}`"));
        }
    }
    match expect
        .shown
        .iter()
        .find(|text| !told.contains(text.as_str()))
    {
        Some(text) => Err(format!("`{text}` was not told")),
        None => Ok(()),
    }
}

fn optional(
    what: &str,
    expected: Option<&Value>,
    actual: &Value,
    exactness: Exactness,
) -> Result<(), String> {
    expected.map_or(Ok(()), |expected| same(what, expected, actual, exactness))
}

fn same(what: &str, expected: &Value, actual: &Value, exactness: Exactness) -> Result<(), String> {
    mismatch(expected, actual, exactness).map_or(Ok(()), |wrong| Err(format!("{what}: {wrong}")))
}

/// A request's body is compared exactly, the rest as a subset.
fn request(what: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    if let Some(body) = expected.get("body") {
        same(
            &format!("{what}, body"),
            body,
            &actual["body"],
            Exactness::Exact,
        )?;
    }
    same(what, expected, actual, Exactness::Subset)
}
