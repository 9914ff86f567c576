//! Request bodies: read within a limit, refused in words.

use axum::body::Bytes;
use axum::extract::rejection::BytesRejection;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde::de::DeserializeOwned;

use crate::problem::Problem;
use crate::query::Fields;

/// How large a body may be, in bytes.
pub(crate) const LIMIT: usize = 1024 * 1024;

/// A body as it came.
pub(crate) struct RawBody(pub Bytes);

impl<S: Send + Sync> FromRequest<S> for RawBody {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        Bytes::from_request(request, state)
            .await
            .map(Self)
            .map_err(|rejection| match rejection {
                BytesRejection::FailedToBufferBody(reason)
                    if reason.status() == StatusCode::PAYLOAD_TOO_LARGE =>
                {
                    Problem::new(
                        StatusCode::PAYLOAD_TOO_LARGE,
                        "body_too_large",
                        format!("The body is larger than {LIMIT} bytes."),
                    )
                }
                _ => Problem::new(
                    StatusCode::BAD_REQUEST,
                    "body_cut",
                    "The body ended before it was whole.",
                ),
            })
    }
}

impl RawBody {
    /// Reads JSON; anything else is refused with what was expected.
    pub fn json<T: DeserializeOwned>(&self, headers: &HeaderMap) -> Result<T, Problem> {
        expect_media_type(headers, "application/json")?;
        serde_json::from_slice(&self.0).map_err(|error| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "invalid_json",
                format!("The body cannot be read: {error}."),
            )
        })
    }

    /// Reads form fields; anything else is refused with what was expected.
    pub fn form(&self, headers: &HeaderMap) -> Result<Fields, Problem> {
        expect_media_type(headers, "application/x-www-form-urlencoded")?;
        Ok(Fields::parse(&self.0))
    }
}

/// The media type of a body, lower case, without parameters.
pub(crate) fn media_type(headers: &HeaderMap) -> Option<String> {
    let value = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(
        value
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
    )
}

fn expect_media_type(headers: &HeaderMap, expected: &str) -> Result<(), Problem> {
    match media_type(headers) {
        Some(given) if given == expected => Ok(()),
        given => Err(Problem::new(
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "wrong_content_type",
            format!(
                "Send the body as {expected}; it came as {}.",
                given.as_deref().unwrap_or("nothing at all")
            ),
        )),
    }
}
