//! Clients that register themselves (RFC 7591).

use serde_json::{Value, json};

use super::authorization::html;
use super::client::{ClientAuth, ExpectedClient};
use super::recorded::OauthRequest;
use super::state::{State, refusal};
use crate::server::Answer;

/// How a registration is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RegistrationAnswer {
    /// With a new id, and a secret unless the client wants none.
    #[default]
    Good,
    /// Refused for its redirect address (RFC 7591 section 3.2.2).
    Refused,
    /// A page with status 403: not without an account.
    Forbidden,
    /// Taken, but the answer has no id.
    NoId,
}

pub(super) fn answer(state: &State, request: &OauthRequest) -> Answer {
    let redirects = request
        .json
        .as_ref()
        .and_then(|json| json["redirect_uris"].as_array());
    if request.seen.method != "POST" || redirects.is_none_or(Vec::is_empty) {
        return state.refuse(
            400,
            "invalid_client_metadata",
            "no JSON with redirect_uris was posted",
        );
    }
    match state.script.registration {
        RegistrationAnswer::Good => register(state, request),
        RegistrationAnswer::Refused => refusal(
            400,
            "invalid_redirect_uri",
            "Not with this redirect address",
        ),
        RegistrationAnswer::Forbidden => html(403, "Ask your administrator"),
        RegistrationAnswer::NoId => created(json!({ "client_name": "Nameless" })),
    }
}

fn register(state: &State, request: &OauthRequest) -> Answer {
    let mut members = request.json.clone().unwrap_or_default();
    let auth = match request.parameter("token_endpoint_auth_method") {
        // Section 2: the default is Basic.
        None | Some("client_secret_basic") => ClientAuth::Basic,
        Some("client_secret_post") => ClientAuth::Post,
        Some("none") => ClientAuth::None,
        Some(_) => ClientAuth::Any,
    };
    let mut issued = state.issued();
    let number = issued.registered.len() + 1;
    let client = ExpectedClient {
        id: format!("registered-client-{number}"),
        secret: format!("registered-secret-{number}"),
        auth,
    };
    members["client_id"] = json!(client.id);
    if auth != ClientAuth::None {
        members["client_secret"] = json!(client.secret);
        // Never.
        members["client_secret_expires_at"] = json!(0);
    }
    issued.registered.insert(client.id.clone(), client);
    created(members)
}

fn created(members: Value) -> Answer {
    Answer {
        status: Some(201),
        ..Answer::json(members)
    }
}
