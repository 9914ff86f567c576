//! The contacts API.

use axum::Json;
use axum::extract::{Path, RawQuery, State};
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use crate::contact::{Contact, ContactPage, ContactRefused, NewContact};
use crate::identity::SignedIn;
use crate::problem::Problem;
use crate::query::Fields;
use crate::raw_body::RawBody;
use crate::state::Shared;

pub(crate) async fn list(
    State(harbour): State<Shared>,
    RawQuery(query): RawQuery,
    _: SignedIn,
) -> Result<Json<ContactPage>, Problem> {
    let fields = Fields::parse(query.unwrap_or_default().as_bytes());
    let page = match fields.get("page") {
        None | Some("") => 1,
        Some(text) => text.parse().ok().filter(|page| *page > 0).ok_or_else(|| {
            Problem::new(
                StatusCode::BAD_REQUEST,
                "invalid_page",
                "`page` is a whole number, counted from 1.",
            )
            .at("page")
        })?,
    };
    Ok(Json(
        harbour
            .contacts()
            .page(fields.get("query").unwrap_or_default(), page),
    ))
}

pub(crate) async fn show(
    State(harbour): State<Shared>,
    Path(id): Path<String>,
    _: SignedIn,
) -> Result<Json<Contact>, Problem> {
    let found = id.parse().ok().and_then(|id| harbour.contacts().get(id));
    found.map(Json).ok_or_else(|| no_such_contact(&id))
}

pub(crate) async fn create(
    State(harbour): State<Shared>,
    _: SignedIn,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Response, Problem> {
    let new: NewContact = body.json(&headers)?;
    let contact = harbour
        .contacts()
        .add(new)
        .map_err(|refusal| refused(&refusal))?;
    let location = [(LOCATION, format!("/contacts/{}", contact.id))];
    Ok((StatusCode::CREATED, location, Json(contact)).into_response())
}

/// All of a contact anew, as RFC 9110 section 9.3.4 has it: a field that is left out is empty afterwards.
pub(crate) async fn replace(
    State(harbour): State<Shared>,
    Path(id): Path<String>,
    _: SignedIn,
    headers: HeaderMap,
    body: RawBody,
) -> Result<Json<Contact>, Problem> {
    let new: NewContact = body.json(&headers)?;
    let number = id.parse().map_err(|_| no_such_contact(&id))?;
    harbour
        .contacts()
        .replace(number, new)
        .map_err(|refusal| refused(&refusal))?
        .map(Json)
        .ok_or_else(|| no_such_contact(&id))
}

pub(crate) async fn delete(
    State(harbour): State<Shared>,
    Path(id): Path<String>,
    _: SignedIn,
) -> Result<StatusCode, Problem> {
    let deleted = id.parse().is_ok_and(|id| harbour.contacts().delete(id));
    if deleted {
        Ok(StatusCode::NO_CONTENT)
    } else {
        Err(no_such_contact(&id))
    }
}

pub(super) fn no_such_contact(id: &str) -> Problem {
    Problem::new(
        StatusCode::NOT_FOUND,
        "no_such_contact",
        format!("There is no contact with the id {id}."),
    )
}

fn refused(refusal: &ContactRefused) -> Problem {
    match refusal {
        ContactRefused::Invalid { field, reason } => Problem::new(
            StatusCode::UNPROCESSABLE_ENTITY,
            "invalid_field",
            format!("The contact's {field} {reason}."),
        )
        .at(field),
        ContactRefused::Full => Problem::new(
            StatusCode::CONFLICT,
            "address_book_full",
            format!("Sorry, {refusal}."),
        ),
    }
}
