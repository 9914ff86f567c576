//! Who is signed in, and the workspaces to pick from.

use axum::Json;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::demo::{USER, WORKSPACES};
use crate::identity::SignedIn;
use crate::problem::Problem;
use crate::query::Fields;
use crate::state::Shared;

pub(crate) async fn me(State(harbour): State<Shared>, SignedIn(session): SignedIn) -> Json<Value> {
    Json(json!({
        "id": USER.id,
        "name": USER.name,
        "email": USER.email,
        "session": {
            "expires_at": session.expires_at,
            "expires_in": session.expires_at.saturating_sub(harbour.now()),
        },
    }))
}

/// `format=options` gives the list as a form's select takes it.
pub(crate) async fn workspaces(
    RawQuery(query): RawQuery,
    _: SignedIn,
) -> Result<Json<Value>, Problem> {
    match Fields::parse(query.unwrap_or_default().as_bytes()).get("format") {
        None | Some("full") => Ok(Json(json!({ "workspaces": WORKSPACES }))),
        Some("options") => {
            let options: Vec<Value> = WORKSPACES
                .iter()
                .map(|workspace| json!({ "value": workspace.id, "label": workspace.name }))
                .collect();
            Ok(Json(json!({ "workspaces": options })))
        }
        Some(_) => Err(Problem::new(
            StatusCode::BAD_REQUEST,
            "invalid_format",
            "`format` is `full` or `options`.",
        )
        .at("format")),
    }
}
