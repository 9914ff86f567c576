//! Compares what came of an imitation with what was expected.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchwork_testkit::{Exactness, mismatch};
use serde_json::{Value, json};
use url::form_urlencoded;

use super::Outcome;
use super::file::Imitation;
use super::person::{Person, fits};

pub fn judge(imitation: &Imitation, person: &Person<'_>, outcome: &Outcome) -> Result<(), String> {
    let expect = &imitation.expect;
    match (&expect.error, &outcome.error) {
        (None, Some(error)) => return Err(format!("it failed: {error}")),
        (Some(_), None) => return Err("it did not fail".to_owned()),
        (Some(expected), Some(actual)) => subset("the error", expected, actual)?,
        (None, None) => {}
    }
    if !outcome.unknown_hosts.is_empty() {
        return Err(format!("went elsewhere: {:?}", outcome.unknown_hosts));
    }
    browser(imitation, person, outcome)?;
    for (host, expected) in &expect.requests {
        let actual = outcome
            .requests
            .get(host)
            .ok_or_else(|| format!("no host {host}"))?;
        for (index, (expected, actual)) in expected.iter().zip(actual).enumerate() {
            request(&format!("{host}, request {index}"), expected, actual)?;
        }
        if expected.len() != actual.len() {
            return Err(format!(
                "{host} saw {} requests, expected {}",
                actual.len(),
                expected.len()
            ));
        }
    }
    for host in imitation.hosts.keys() {
        if !expect.requests.contains_key(host) {
            return Err(format!("nothing is said of the requests to {host}"));
        }
    }
    for (step, expected) in &expect.outputs {
        let actual = outcome.outputs.get(step).unwrap_or(&Value::Null);
        subset(&format!("the outputs of {step}"), expected, actual)?;
    }
    if let Some(expected) = &expect.answer {
        let actual = outcome.answer.as_ref().ok_or("there was no answer")?;
        subset("the answer", expected, actual)?;
    }
    if let Some(expected) = &expect.forms {
        subset("the forms", expected, &person.forms())?;
    }
    if expect.account_name.is_some() && expect.account_name != outcome.account_name {
        return Err(format!("the account is {:?}", outcome.account_name));
    }
    match &expect.assertion {
        Some(expected) => subset("the assertion", expected, &assertion(outcome)?),
        None => Ok(()),
    }
}

fn subset(what: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    mismatch(expected, actual, Exactness::Subset)
        .map_or(Ok(()), |wrong| Err(format!("{what}: {wrong}")))
}

/// A request's body is compared whole where it is given, the rest as a subset; a form's body by its fields.
fn request(what: &str, expected: &Value, actual: &Value) -> Result<(), String> {
    let mut actual = actual.clone();
    let is_form = actual["headers"]["content-type"] == "application/x-www-form-urlencoded";
    if let Some(text) = actual["body"].as_str().filter(|_| is_form) {
        actual["body"] = form(text);
    }
    if let Some(body) = expected.get("body") {
        mismatch(body, &actual["body"], Exactness::Exact)
            .map_or(Ok(()), |wrong| Err(format!("{what}, body: {wrong}")))?;
    }
    subset(what, expected, &actual)
}

fn form(text: &str) -> Value {
    form_urlencoded::parse(text.as_bytes())
        .map(|(name, value)| (name.into_owned(), Value::String(value.into_owned())))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// Where the browser was sent; and the verifier of PKCE, which has to fit the challenge that went along.
fn browser(imitation: &Imitation, person: &Person<'_>, outcome: &Outcome) -> Result<(), String> {
    let (browser, visit) = match (&imitation.browser, person.visit()) {
        (None, None) => return Ok(()),
        (Some(browser), Some(visit)) => (browser, visit),
        (None, Some((address, _))) => return Err(format!("a browser was sent to {address}")),
        (Some(_), None) => return Err("no browser was sent anywhere".to_owned()),
    };
    let (address, parameters) = visit;
    if address != browser.address {
        return Err(format!("the browser was sent to {address}"));
    }
    let challenge = parameters.get("code_challenge").cloned();
    subset(
        "the authorization request",
        &browser.parameters,
        &Value::Object(parameters),
    )?;
    let challenge = challenge.ok_or("it was sent without a challenge")?;
    let verifier = token_parameters(outcome)
        .find_map(|parameters| parameters["code_verifier"].as_str().map(str::to_owned));
    let Some(verifier) = verifier else {
        // Refused before anything was sent.
        let refused = outcome.error.is_some() && outcome.requests.values().all(Vec::is_empty);
        return refused
            .then_some(())
            .ok_or_else(|| "no token request has a verifier".to_owned());
    };
    if fits(&verifier, challenge.as_str().unwrap_or_default()) {
        Ok(())
    } else {
        Err("the verifier does not fit the challenge".to_owned())
    }
}

/// The bodies of all requests, by their fields.
fn token_parameters(outcome: &Outcome) -> impl Iterator<Item = Value> {
    outcome.requests.values().flatten().map(|request| {
        request["body"]
            .as_str()
            .map_or_else(|| request["body"].clone(), form)
    })
}

/// The assertion of a token request (RFC 7523), unpacked. Whether its signature is good is the engine's own tests'.
fn assertion(outcome: &Outcome) -> Result<Value, String> {
    let assertion = token_parameters(outcome)
        .find_map(|parameters| parameters["assertion"].as_str().map(str::to_owned))
        .ok_or("no token request has an assertion")?;
    let mut parts = assertion.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).unwrap_or_default();
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    let (header, claims) = (parts.next(), parts.next());
    let signed = assertion
        .split('.')
        .nth(2)
        .is_some_and(|part| part.len() > 100);
    Ok(json!({ "header": header, "claims": claims, "signed": signed }))
}
