//! Requests as the server understood them.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use url::form_urlencoded;

use super::endpoint::Endpoint;
use crate::server::SeenRequest;

/// A request to one of the endpoints.
#[derive(Clone, Debug)]
pub struct OauthRequest {
    /// What it was for.
    pub endpoint: Endpoint,
    /// As it came over the wire.
    pub seen: SeenRequest,
    /// The parameters in the query, decoded, in their order.
    pub query: Vec<(String, String)>,
    /// The parameters in the body, form or JSON, decoded, in their order. Values in JSON that are no text are as
    /// JSON writes them.
    pub body: Vec<(String, String)>,
    /// The body, where it is JSON.
    pub json: Option<Value>,
    /// From a parameter's standard name to the one that this server knows it by.
    names: BTreeMap<String, String>,
}

impl OauthRequest {
    pub(super) fn read(
        seen: &SeenRequest,
        issuer_path: &str,
        names: &BTreeMap<String, String>,
    ) -> Self {
        let (path, query) = seen.target.split_once('?').unwrap_or((&seen.target, ""));
        let is_json = seen
            .header("content-type")
            .is_some_and(|kind| kind.starts_with("application/json"));
        let json: Option<Value> = is_json
            .then(|| serde_json::from_slice(&seen.body).ok())
            .flatten();
        let body = match &json {
            Some(Value::Object(members)) => members
                .iter()
                .map(|(name, value)| {
                    let text = value.as_str().map(str::to_owned);
                    (name.clone(), text.unwrap_or_else(|| value.to_string()))
                })
                .collect(),
            Some(_) => Vec::new(),
            None => pairs(&seen.body),
        };
        Self {
            endpoint: Endpoint::at(path, issuer_path),
            query: pairs(query.as_bytes()),
            body,
            json,
            seen: seen.clone(),
            names: names.clone(),
        }
    }

    /// A parameter by its standard name, from the body or else the query; the first where it is doubled.
    pub fn parameter(&self, standard_name: &str) -> Option<&str> {
        let name = self.names.get(standard_name);
        let name = name.map_or(standard_name, String::as_str);
        let mut all = self.body.iter().chain(&self.query);
        all.find(|(other, _)| other == name)
            .map(|(_, value)| value.as_str())
    }

    /// A header's value, where it was sent; the name in small letters.
    pub fn header(&self, name: &str) -> Option<String> {
        self.seen.header(name)
    }

    /// Id and secret out of HTTP Basic, as they were sent: still form-encoded, where they were.
    pub fn basic(&self) -> Option<(String, String)> {
        let header = self.header("authorization")?;
        let encoded = header.strip_prefix("Basic ")?;
        let text = String::from_utf8(STANDARD.decode(encoded).ok()?).ok()?;
        let (id, secret) = text.split_once(':')?;
        Some((id.to_owned(), secret.to_owned()))
    }

    /// A bearer token, where one was sent.
    pub fn bearer(&self) -> Option<String> {
        let header = self.header("authorization")?;
        let (scheme, token) = header.split_once(' ')?;
        scheme
            .eq_ignore_ascii_case("bearer")
            .then(|| token.to_owned())
    }
}

fn pairs(encoded: &[u8]) -> Vec<(String, String)> {
    form_urlencoded::parse(encoded).into_owned().collect()
}
