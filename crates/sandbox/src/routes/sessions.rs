//! Sessions over the API: opened by form or JSON, renewed, ended.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::demo::{USER, User, accepts};
use crate::identity::SignedIn;
use crate::problem::Problem;
use crate::query::ttl;
use crate::raw_body::RawBody;
use crate::routes::login_page::session_cookie;
use crate::session::Session;
use crate::state::Shared;

/// A new session, as the API answers it.
#[derive(Serialize)]
struct Opened {
    token: String,
    token_type: &'static str,
    expires_in: u64,
    user: User,
    renewal_token: String,
}

impl From<Session> for Opened {
    fn from(session: Session) -> Self {
        Self {
            token: session.token,
            token_type: "bearer",
            expires_in: session.ttl,
            user: USER,
            renewal_token: session.renewal_token,
        }
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Credentials {
    email: String,
    password: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Renewal {
    renewal_token: String,
}

pub(crate) async fn create(
    State(harbour): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, Problem> {
    let ttl = ttl(query.as_deref())?;
    let Credentials { email, password } = body.json(&headers)?;
    if !accepts(&email, &password) {
        return Err(Problem::wrong_credentials());
    }
    let session = harbour.sessions().open(ttl, harbour.now());
    Ok((
        StatusCode::CREATED,
        [(CACHE_CONTROL, "no-store")],
        Json(Opened::from(session)),
    )
        .into_response())
}

pub(crate) async fn log_in_by_form(
    State(harbour): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, Problem> {
    let ttl = ttl(query.as_deref())?;
    let fields = body.form(&headers)?;
    for name in ["email", "password"] {
        if fields.get(name).is_none_or(str::is_empty) {
            return Err(Problem::new(
                StatusCode::BAD_REQUEST,
                "missing_field",
                format!("The form has no `{name}`: send the fields `email` and `password`."),
            )
            .at(name));
        }
    }
    if !accepts(
        fields.get("email").unwrap_or_default(),
        fields.get("password").unwrap_or_default(),
    ) {
        return Err(Problem::wrong_credentials());
    }
    let session = harbour.sessions().open(ttl, harbour.now());
    let headers = [
        (SET_COOKIE, session_cookie(&session)),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, Json(Opened::from(session))).into_response())
}

pub(crate) async fn renew(
    State(harbour): State<Shared>,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, Problem> {
    let Renewal { renewal_token } = body.json(&headers)?;
    let now = harbour.now();
    let renewed = harbour.sessions().renew(&renewal_token, now);
    let session = renewed.ok_or_else(|| {
        Problem::new(
            StatusCode::UNAUTHORIZED,
            "invalid_renewal_token",
            "This renewal token was used before or never given out: sign in again.",
        )
    })?;
    Ok(([(CACHE_CONTROL, "no-store")], Json(Opened::from(session))).into_response())
}

pub(crate) async fn delete(
    State(harbour): State<Shared>,
    SignedIn(session): SignedIn,
) -> StatusCode {
    harbour.sessions().close(&session.token);
    StatusCode::NO_CONTENT
}
