//! The routes of the practice API, one file a subject.

mod account;
mod contacts;
mod echo;
pub(crate) mod graphql;
mod index;
mod keys;
mod login_page;
mod notices;
mod portrait;
mod sessions;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Method, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post};

use crate::problem::Problem;
use crate::raw_body;
use crate::state::Shared;

/// Every address there is.
pub(crate) fn router(harbour: Shared) -> Router {
    Router::new()
        .route("/", get(index::show))
        .route("/login", get(login_page::show).post(login_page::submit))
        .route("/login/form", post(sessions::log_in_by_form))
        .route("/account", get(login_page::account))
        .route("/logout", post(login_page::log_out))
        .route("/session", post(sessions::create).delete(sessions::delete))
        .route("/session/renew", post(sessions::renew))
        .route("/me", get(account::me))
        .route("/workspaces", get(account::workspaces))
        .route("/basic/me", get(keys::basic_me))
        .route("/basic/notices", get(notices::list))
        .route("/key/me", get(keys::key_me))
        .route("/contacts", get(contacts::list).post(contacts::create))
        .route(
            "/contacts/{id}",
            get(contacts::show)
                .put(contacts::replace)
                .delete(contacts::delete),
        )
        .route("/contacts/{id}/portrait", get(portrait::show))
        .route("/echo", any(echo::echo))
        .route("/echo/{*rest}", any(echo::echo))
        .route("/graphql", post(graphql::answer))
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(raw_body::LIMIT))
        .layer(middleware::from_fn(only_loopback_hosts))
        .with_state(harbour)
}

async fn not_found(method: Method, uri: Uri) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "not_found",
        format!(
            "There is no {method} {} here. GET / lists what there is.",
            uri.path()
        ),
    )
}

async fn method_not_allowed(method: Method, uri: Uri) -> Problem {
    Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method_not_allowed",
        format!(
            "{} does not take {method}. GET / lists what there is.",
            uri.path()
        ),
    )
}

/// Refuses hosts that are no loopback names: a web page elsewhere that had its name point here (DNS rebinding)
/// would otherwise be able to read the answers.
async fn only_loopback_hosts(request: Request, next: Next) -> Response {
    let host = request
        .headers()
        .get(header::HOST)
        .map(|host| host.to_str().unwrap_or_default());
    if host.is_none_or(is_loopback) {
        return next.run(request).await;
    }
    Problem::new(
        StatusCode::FORBIDDEN,
        "foreign_host",
        "The sandbox answers to 127.0.0.1 and localhost alone.",
    )
    .into_response()
}

fn is_loopback(host: &str) -> bool {
    let name = match host.rsplit_once(':') {
        Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => host,
    };
    name == "127.0.0.1" || name == "[::1]" || name.eq_ignore_ascii_case("localhost")
}
