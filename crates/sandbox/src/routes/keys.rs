//! Credentials sent with each request: basic auth (RFC 7617) and an API key.

use axum::Json;
use axum::extract::{FromRequestParts, RawQuery};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::demo::{API_KEY, USER, accepts};
use crate::identity::authorization;
use crate::problem::{Problem, WRONG_CREDENTIALS};
use crate::query::Fields;

const BASIC: &str = "Basic realm=\"Harbour CRM\", charset=\"UTF-8\"";

pub(crate) async fn basic_me(_: ByPassword) -> Json<Value> {
    Json(json!({ "user": USER, "via": "basic" }))
}

/// A request with the demo user's e-mail address and password.
pub(crate) struct ByPassword;

impl<S: Sync> FromRequestParts<S> for ByPassword {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        check_basic(&parts.headers).map(|()| Self)
    }
}

fn check_basic(headers: &HeaderMap) -> Result<(), Problem> {
    let Some(credentials) = authorization(headers, "basic") else {
        return Err(Problem::unauthorized(
            "not_signed_in",
            "Send `Authorization: Basic …`: the e-mail address and the password, joined by a colon, in base64.",
            BASIC,
        ));
    };
    let Some((email, password)) = decode(credentials) else {
        return Err(Problem::unauthorized(
            "malformed_credentials",
            "What follows `Basic` is not base64 of `username:password`.",
            BASIC,
        ));
    };
    if !accepts(&email, &password) {
        return Err(Problem::unauthorized(
            "wrong_credentials",
            WRONG_CREDENTIALS,
            BASIC,
        ));
    }
    Ok(())
}

fn decode(credentials: &str) -> Option<(String, String)> {
    let text = String::from_utf8(STANDARD.decode(credentials).ok()?).ok()?;
    let (email, password) = text.split_once(':')?;
    Some((email.to_owned(), password.to_owned()))
}

pub(crate) async fn key_me(
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Json<Value>, Problem> {
    let query = Fields::parse(query.unwrap_or_default().as_bytes());
    let header = headers
        .get("x-api-key")
        .map(|value| value.to_str().unwrap_or_default());
    let (key, via) = match (header, query.get("api_key")) {
        (Some(key), _) => (key, "header"),
        (None, Some(key)) => (key, "query"),
        (None, None) => {
            return Err(Problem::unauthorized(
                "no_api_key",
                "Send the API key as the header `X-Api-Key` or as `?api_key=`. It stands on the front page.",
                "ApiKey realm=\"Harbour CRM\"",
            ));
        }
    };
    if key != API_KEY {
        return Err(Problem::unauthorized(
            "wrong_api_key",
            "There is no such API key. The one to try stands on the front page.",
            "ApiKey realm=\"Harbour CRM\"",
        ));
    }
    Ok(Json(json!({ "user": USER, "via": via })))
}
