//! The answers of the token endpoint, right and odd ones (SAFETY F24 to F30, Z20, Z21).

use serde_json::{Map, Value, json};
use url::form_urlencoded::Serializer;

use super::authorization::html;
use super::endpoint::Endpoint;
use super::state::{State, refusal};
use crate::server::{Answer, Fault, HeaderValues};

/// How the token endpoint answers a request that is as it should be.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TokenAnswer {
    /// As RFC 6749 section 5.1 has it, with a new refresh token where the grant has any.
    #[default]
    Good,
    /// Rightly, with these members added or replaced, or with null taken away.
    With(Value),
    /// Rightly, without a refresh token; a refresh token that was used goes on working.
    NoRefreshToken,
    /// `error` and `error_description` with status 200.
    ErrorWithStatus200,
    /// `{"ok": false, "error": "invalid_code"}` with status 200.
    NotOkWithStatus200,
    /// Status 400 without a body.
    Empty400,
    /// Status 500.
    ServerError,
    /// Status 503.
    Unavailable,
    /// Status 429 with this `Retry-After`.
    TooManyRequests(String),
    /// `invalid_grant`, as RFC 6749 section 5.2 has it.
    InvalidGrant,
    /// Rightly, as `application/x-www-form-urlencoded`.
    FormEncoded,
    /// Rightly, with a byte-order mark before it.
    ByteOrderMark,
    /// Rightly, with a wrong `access_token` first and the right one after it.
    DuplicateKeys,
    /// Rightly, but everything is one level down, under `authed_user`.
    UnderAuthedUser,
    /// `expires_in` as text.
    ExpiresInText,
    /// No `expires_in`.
    ExpiresInMissing,
    /// `expires_in` is 0.
    ExpiresInZero,
    /// `expires_in` is negative.
    ExpiresInNegative,
    /// `expires_in` is the largest integer: added to the time it overflows.
    ExpiresInHuge,
    /// `expires_in` is more than any integer type holds.
    ExpiresInBeyond,
    /// No `expires_in`; the access token is a JWT that ends at this Unix time.
    JwtWithoutExpiresIn {
        /// Its `exp`.
        exp: i64,
    },
    /// No `token_type`.
    TokenTypeMissing,
    /// `token_type` is `mac`.
    TokenTypeUnknown,
    /// `token_type` is `bEARER`.
    TokenTypeOddCase,
    /// Rightly, once the test says so ([`release`](super::AuthorizationServer::release)).
    Slow,
    /// Never.
    Hangs,
    /// Rightly as far as the server is concerned, but the answer is lost on the way.
    Lost,
    /// A redirect that keeps the method, to [`Endpoint::Elsewhere`].
    Redirects,
    /// A page.
    Html,
    /// The body ends in the middle.
    Cut,
}

pub(super) struct Tokens {
    pub access_token: String,
    pub refresh_token: Option<String>,
    pub id_token: Option<String>,
    pub scope: Option<String>,
}

impl TokenAnswer {
    /// Whether the server hands out tokens with it, whether they arrive or not.
    pub(super) fn gives_tokens(&self) -> bool {
        !matches!(
            self,
            Self::ErrorWithStatus200
                | Self::NotOkWithStatus200
                | Self::Empty400
                | Self::ServerError
                | Self::Unavailable
                | Self::TooManyRequests(_)
                | Self::InvalidGrant
                | Self::Hangs
                | Self::Redirects
                | Self::Html
        )
    }

    /// An answer without tokens.
    pub(super) fn refusal(&self, state: &State) -> Answer {
        match self {
            Self::ErrorWithStatus200 => refusal(200, "invalid_request", "The code has a cold"),
            Self::NotOkWithStatus200 => {
                Answer::json(json!({ "ok": false, "error": "invalid_code" }))
            }
            Self::Empty400 => Answer::status(400),
            Self::Unavailable => Answer::status(503),
            Self::TooManyRequests(retry_after) => {
                let answer = refusal(429, "slow_down", "Too many requests");
                with_header(answer, "retry-after", retry_after)
            }
            Self::InvalidGrant => refusal(400, "invalid_grant", "It was revoked"),
            Self::Hangs => Answer::fault(Fault::Hang),
            Self::Redirects => redirect(state),
            Self::Html => html(200, "Please sign in"),
            // All others give tokens.
            _ => refusal(500, "server_error", "Something broke"),
        }
    }

    /// An answer with these tokens.
    pub(super) fn with_tokens(&self, tokens: &Tokens) -> Answer {
        let members = self.members(tokens);
        match self {
            Self::FormEncoded => {
                let pairs = members.iter().map(|(name, value)| {
                    let text = value.as_str().map(str::to_owned);
                    (name, text.unwrap_or_else(|| value.to_string()))
                });
                let body: String = Serializer::new(String::new()).extend_pairs(pairs).finish();
                let kind = "application/x-www-form-urlencoded; charset=utf-8";
                with_header(text(body), "content-type", kind)
            }
            Self::ByteOrderMark => json_text(format!("\u{feff}{}", Value::Object(members))),
            Self::DuplicateKeys => {
                let right = Value::Object(members).to_string();
                json_text(format!(
                    r#"{{"access_token":"the-wrong-one",{}"#,
                    &right[1..]
                ))
            }
            Self::UnderAuthedUser => {
                Answer::json(json!({ "ok": true, "app_id": "A1", "authed_user": members }))
            }
            Self::Slow => Answer {
                fault: Some(Fault::Held),
                ..Answer::json(Value::Object(members))
            },
            Self::Lost => Answer::fault(Fault::Close),
            Self::Cut => {
                let body = Value::Object(members).to_string();
                let announced = body.len() as u64;
                Answer {
                    fault: Some(Fault::Cut(announced)),
                    ..json_text(body[..body.len() / 2].to_owned())
                }
            }
            _ => Answer::json(Value::Object(members)),
        }
    }

    fn members(&self, tokens: &Tokens) -> Map<String, Value> {
        let mut members = Map::new();
        members.insert("access_token".into(), json!(tokens.access_token));
        members.insert("token_type".into(), json!("Bearer"));
        members.insert("expires_in".into(), json!(3_600));
        for (name, value) in [
            ("refresh_token", &tokens.refresh_token),
            ("id_token", &tokens.id_token),
            ("scope", &tokens.scope),
        ] {
            if let Some(value) = value {
                members.insert(name.into(), json!(value));
            }
        }
        merge(&mut members, &self.changes());
        members
    }

    /// What is other than usual.
    fn changes(&self) -> Value {
        match self {
            Self::With(changes) => changes.clone(),
            Self::ExpiresInText => json!({ "expires_in": "3600" }),
            Self::ExpiresInMissing | Self::JwtWithoutExpiresIn { .. } => {
                json!({ "expires_in": null })
            }
            Self::ExpiresInZero => json!({ "expires_in": 0 }),
            Self::ExpiresInNegative => json!({ "expires_in": -3_600 }),
            Self::ExpiresInHuge => json!({ "expires_in": i64::MAX }),
            Self::ExpiresInBeyond => json!({ "expires_in": 1e300 }),
            Self::TokenTypeMissing => json!({ "token_type": null }),
            Self::TokenTypeUnknown => json!({ "token_type": "mac" }),
            Self::TokenTypeOddCase => json!({ "token_type": "bEARER" }),
            _ => Value::Null,
        }
    }
}

/// Adds and replaces members; null takes them away.
pub(super) fn merge(members: &mut Map<String, Value>, changes: &Value) {
    for (name, value) in changes.as_object().into_iter().flatten() {
        if value.is_null() {
            members.remove(name);
        } else {
            members.insert(name.clone(), value.clone());
        }
    }
}

/// A redirect that keeps method and body.
pub(super) fn redirect(state: &State) -> Answer {
    let elsewhere = state.url(Endpoint::Elsewhere);
    with_header(Answer::status(307), "location", &elsewhere)
}

fn text(body: String) -> Answer {
    Answer::json(Value::String(body))
}

fn json_text(body: String) -> Answer {
    with_header(text(body), "content-type", "application/json")
}

fn with_header(mut answer: Answer, name: &str, value: &str) -> Answer {
    let value = HeaderValues::One(value.to_owned());
    answer.headers.insert(name.to_owned(), value);
    answer
}
