//! The login as a browser meets it: a page with a hidden token, a form, a redirect and a session cookie.

use axum::extract::{RawQuery, State};
use axum::http::header::{CACHE_CONTROL, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use cookie::time::Duration;
use cookie::{Cookie, SameSite};

use crate::demo::{USER, accepts};
use crate::identity::{SESSION_COOKIE, cookie, identify};
use crate::problem::{Problem, WRONG_CREDENTIALS};
use crate::query::ttl;
use crate::raw_body::RawBody;
use crate::session::Session;
use crate::state::{Harbour, Shared};

/// The name of the cookie that belongs to the hidden token.
const CSRF_COOKIE: &str = "harbour_csrf";

pub(crate) async fn show(State(harbour): State<Shared>) -> Response {
    page(&harbour, StatusCode::OK, None)
}

pub(crate) async fn submit(
    State(harbour): State<Shared>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, Problem> {
    let ttl = ttl(query.as_deref())?;
    let fields = body.form(&headers)?;
    let now = harbour.now();
    let token = fields.get("csrf").unwrap_or_default();
    let pair_cookie = cookie(&headers, CSRF_COOKIE).unwrap_or_default();
    if !harbour.csrf_pairs().redeem(token, &pair_cookie, now) {
        let notice = "This form was already sent, is too old, or came without its cookie. Here is a new one.";
        return Ok(page(&harbour, StatusCode::FORBIDDEN, Some(notice)));
    }
    if !accepts(
        fields.get("email").unwrap_or_default(),
        fields.get("password").unwrap_or_default(),
    ) {
        return Ok(page(
            &harbour,
            StatusCode::UNAUTHORIZED,
            Some(WRONG_CREDENTIALS),
        ));
    }
    let session = harbour.sessions().open(ttl, now);
    let headers = [
        (LOCATION, "/account".to_owned()),
        (SET_COOKIE, session_cookie(&session)),
    ];
    Ok((StatusCode::FOUND, headers).into_response())
}

pub(crate) async fn account(State(harbour): State<Shared>, headers: HeaderMap) -> Response {
    let Ok(Some(session)) = identify(&headers, &harbour) else {
        return to_login();
    };
    let seconds = session.expires_at.saturating_sub(harbour.now());
    let page = include_str!("../pages/account.html")
        .replace("{name}", USER.name)
        .replace("{email}", USER.email)
        .replace("{seconds}", &seconds.to_string());
    ([(CACHE_CONTROL, "no-store")], Html(page)).into_response()
}

pub(crate) async fn log_out(State(harbour): State<Shared>, headers: HeaderMap) -> Response {
    if let Ok(Some(session)) = identify(&headers, &harbour) {
        harbour.sessions().close(&session.token);
    }
    to_login()
}

fn to_login() -> Response {
    (StatusCode::FOUND, [(LOCATION, "/login")]).into_response()
}

/// The login page with a hidden token of its own.
fn page(harbour: &Harbour, status: StatusCode, notice: Option<&str>) -> Response {
    let pair = harbour.csrf_pairs().issue(harbour.now());
    let notice = notice
        .map(|text| format!("<p role=\"alert\">{text}</p>\n"))
        .unwrap_or_default();
    let page = include_str!("../pages/login.html")
        .replace("{csrf}", &pair.token)
        .replace("{notice}", &notice);
    let headers = [
        (SET_COOKIE, http_only(CSRF_COOKIE, pair.cookie).to_string()),
        (CACHE_CONTROL, "no-store".to_owned()),
    ];
    (status, headers, Html(page)).into_response()
}

/// The `Set-Cookie` value of a session.
pub(crate) fn session_cookie(session: &Session) -> String {
    let mut cookie = http_only(SESSION_COOKIE, session.cookie.clone());
    cookie.set_max_age(Duration::seconds(
        i64::try_from(session.ttl).unwrap_or(i64::MAX),
    ));
    cookie.to_string()
}

/// Not `Secure`: the sandbox is plain HTTP on loopback.
fn http_only(name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value))
        .path("/")
        .http_only(true)
        .same_site(SameSite::Lax)
        .build()
}
