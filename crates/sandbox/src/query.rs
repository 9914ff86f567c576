//! Query strings and form bodies: names and values, decoded.

use axum::http::StatusCode;

use crate::problem::Problem;
use crate::session::{DEFAULT_TTL, MAX_TTL};

/// Decoded names and values, in their order.
pub(crate) struct Fields(pub Vec<(String, String)>);

impl Fields {
    /// Reads `application/x-www-form-urlencoded`, which query strings are too.
    pub fn parse(encoded: &[u8]) -> Self {
        Self(url::form_urlencoded::parse(encoded).into_owned().collect())
    }

    /// The first value of this name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(given, _)| given == name)
            .map(|(_, value)| value.as_str())
    }
}

/// How long the session should last: the query's `ttl`.
pub(crate) fn ttl(query: Option<&str>) -> Result<u64, Problem> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let Some(text) = fields.get("ttl") else {
        return Ok(DEFAULT_TTL);
    };
    check_ttl(text.parse().ok())
}

/// A lifetime that a session may have.
pub(crate) fn check_ttl(seconds: Option<u64>) -> Result<u64, Problem> {
    match seconds {
        Some(seconds @ 1..=MAX_TTL) => Ok(seconds),
        _ => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "invalid_ttl",
            format!("`ttl` is how long the token lasts: whole seconds from 1 to {MAX_TTL}."),
        )
        .at("ttl")),
    }
}
