//! What a refused request gets: a status, a stable word and a sentence that a person can act on.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;

/// A refusal, sent as `{ "error", "message", "field"? }`.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    status: StatusCode,
    error: &'static str,
    message: String,
    field: Option<&'static str>,
    challenge: Option<String>,
}

impl Problem {
    pub fn new(status: StatusCode, error: &'static str, message: impl Into<String>) -> Self {
        Self {
            status,
            error,
            message: message.into(),
            field: None,
            challenge: None,
        }
    }

    /// 401 with the `WWW-Authenticate` header that RFC 9110 section 11.6.1 asks for.
    pub fn unauthorized(
        error: &'static str,
        message: impl Into<String>,
        challenge: impl Into<String>,
    ) -> Self {
        Self {
            challenge: Some(challenge.into()),
            ..Self::new(StatusCode::UNAUTHORIZED, error, message)
        }
    }

    /// Which field of the request it is about.
    pub fn at(self, field: &'static str) -> Self {
        Self {
            field: Some(field),
            ..self
        }
    }

    /// The wrong e-mail address or password, the same words for both.
    pub fn wrong_credentials() -> Self {
        Self::new(
            StatusCode::UNAUTHORIZED,
            "wrong_credentials",
            WRONG_CREDENTIALS,
        )
    }
}

/// What a wrong e-mail address or password is told. This is a practice API, so it says the right ones.
pub(crate) const WRONG_CREDENTIALS: &str = "The e-mail address or the password is wrong. \
     This is a practice API: try demo@latchwork.example with the password practice.";

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let mut body = json!({ "error": self.error, "message": self.message });
        if let Some(field) = self.field {
            body["field"] = json!(field);
        }
        let mut response = (self.status, Json(body)).into_response();
        if let Some(challenge) = self
            .challenge
            .and_then(|text| HeaderValue::from_str(&text).ok())
        {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, challenge);
        }
        response
    }
}
