//! A contact's picture: initials on a colour, as SVG made here. Nothing of a contact but two letters gets into it.

use axum::extract::{Path, State};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

use super::contacts::no_such_contact;
use crate::identity::SignedIn;
use crate::problem::Problem;
use crate::state::Shared;

/// Dark enough for white letters (WCAG 2.2, 1.4.3).
const COLOURS: [&str; 5] = ["#1d4ed8", "#0f766e", "#9a3412", "#6d28d9", "#9d174d"];

pub(crate) async fn show(
    State(harbour): State<Shared>,
    Path(id): Path<String>,
    _: SignedIn,
) -> Result<Response, Problem> {
    let found = id.parse().ok().and_then(|id| harbour.contacts().get(id));
    let contact = found.ok_or_else(|| no_such_contact(&id))?;
    let colour = COLOURS[contact.id as usize % COLOURS.len()];
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"96\" height=\"96\" viewBox=\"0 0 96 96\">\
         <rect width=\"96\" height=\"96\" rx=\"48\" fill=\"{colour}\"/>\
         <text x=\"48\" y=\"60\" font-family=\"sans-serif\" font-size=\"34\" text-anchor=\"middle\" fill=\"#fff\">{}</text></svg>",
        initials(&contact.name)
    );
    Ok(([(CONTENT_TYPE, "image/svg+xml")], svg).into_response())
}

/// The first letters of the first two words; what is no letter or digit is left out, markup with it.
fn initials(name: &str) -> String {
    name.split_whitespace()
        .filter_map(|word| word.chars().find(|character| character.is_alphanumeric()))
        .take(2)
        .flat_map(char::to_uppercase)
        .collect()
}
