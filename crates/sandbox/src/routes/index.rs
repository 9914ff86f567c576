//! The front page: what there is, and what to sign in with.

use axum::extract::State;
use axum::response::Html;

use crate::demo::{API_KEY, EMAIL, PASSWORD};
use crate::state::Shared;

pub(crate) async fn show(State(harbour): State<Shared>) -> Html<String> {
    Html(
        include_str!("../pages/index.html")
            .replace("{base_url}", &harbour.base_url)
            .replace("{email}", EMAIL)
            .replace("{password}", PASSWORD)
            .replace("{api_key}", API_KEY),
    )
}
