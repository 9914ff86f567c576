//! Who sends a request: a bearer token (RFC 6750) or the session cookie.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};

use crate::problem::Problem;
use crate::session::{Presented, Session};
use crate::state::{Harbour, Shared};

/// The name of the session cookie.
pub(crate) const SESSION_COOKIE: &str = "harbour_session";

/// A request of somebody who is signed in.
pub(crate) struct SignedIn(pub Session);

impl FromRequestParts<Shared> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, harbour: &Shared) -> Result<Self, Problem> {
        identify(&parts.headers, harbour)?
            .map(Self)
            .ok_or_else(not_signed_in)
    }
}

/// The session of a request; none where it presents nothing, a refusal where what it presents is no good.
pub(crate) fn identify(headers: &HeaderMap, harbour: &Harbour) -> Result<Option<Session>, Problem> {
    let now = harbour.now();
    let presented = if let Some(token) = authorization(headers, "bearer") {
        harbour.sessions().by_token(token, now)
    } else if headers.contains_key(header::AUTHORIZATION) {
        return Err(Problem::unauthorized(
            "wrong_scheme",
            "This address takes `Authorization: Bearer TOKEN`. Basic auth is for /basic/me.",
            "Bearer realm=\"Harbour CRM\"",
        ));
    } else if let Some(cookie) = cookie(headers, SESSION_COOKIE) {
        harbour.sessions().by_cookie(&cookie, now)
    } else {
        return Ok(None);
    };
    match presented {
        Presented::Valid(session) => Ok(Some(session)),
        Presented::Expired { seconds_ago } => Err(invalid_token(
            "token_expired",
            format!(
                "The session expired {seconds_ago} seconds ago: renew it at POST /session/renew, or sign in again."
            ),
        )),
        Presented::Unknown => Err(invalid_token(
            "token_unknown",
            "There is no such session: sign in again. (Restarting the sandbox ends all sessions.)"
                .to_owned(),
        )),
    }
}

/// What somebody who presents nothing is told.
pub(crate) fn not_signed_in() -> Problem {
    Problem::unauthorized(
        "not_signed_in",
        "Sign in first, then send `Authorization: Bearer TOKEN` or the session cookie.",
        "Bearer realm=\"Harbour CRM\"",
    )
}

fn invalid_token(error: &'static str, message: String) -> Problem {
    let challenge = format!(
        "Bearer realm=\"Harbour CRM\", error=\"invalid_token\", error_description=\"{message}\""
    );
    Problem::unauthorized(error, message, challenge)
}

/// The credentials of an `Authorization` header of this scheme, which counts in any case (RFC 9110 section 11.1).
pub(crate) fn authorization<'a>(headers: &'a HeaderMap, scheme: &str) -> Option<&'a str> {
    let (given, credentials) = headers
        .get(header::AUTHORIZATION)?
        .to_str()
        .ok()?
        .split_once(' ')?;
    given
        .eq_ignore_ascii_case(scheme)
        .then(|| credentials.trim())
}

/// The value of a cookie.
pub(crate) fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(cookie::Cookie::split_parse)
        .filter_map(Result::ok)
        .find(|cookie| cookie.name() == name)
        .map(|cookie| cookie.value().to_owned())
}
