//! The discovery documents: OpenID Connect Discovery 1.0, and RFC 8414.

use serde_json::{Map, Value, json};

use super::authorization::{html, see_other};
use super::endpoint::Endpoint;
use super::state::State;
use super::token::merge;
use crate::server::{Answer, Fault};

/// What is found by discovery.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DiscoveryAnswer {
    /// The same document at both places.
    #[default]
    Good,
    /// Only the one of RFC 8414; the other is a 404.
    OnlyRfc8414,
    /// Only the one of OpenID Connect; the other is a 404.
    OnlyOpenId,
    /// Neither.
    Absent,
    /// Another issuer than the one that was asked.
    OtherIssuer,
    /// All endpoints are on another origin: `localhost` in place of 127.0.0.1, where they do answer.
    EndpointsElsewhere,
    /// A redirect to [`Endpoint::Elsewhere`].
    Redirects,
    /// A page.
    Html,
    /// Status 500.
    ServerError,
    /// Rightly, once the test says so ([`release`](super::AuthorizationServer::release)).
    Slow,
    /// Never.
    Hangs,
}

pub(super) fn answer(state: &State, endpoint: Endpoint) -> Option<Answer> {
    use DiscoveryAnswer as Is;
    let is_rfc8414 = endpoint == Endpoint::AuthorizationServerMetadata;
    let kind = state.script.discovery;
    let answer = match kind {
        Is::Absent => return None,
        Is::OnlyRfc8414 if !is_rfc8414 => return None,
        Is::OnlyOpenId if is_rfc8414 => return None,
        Is::Redirects => see_other(&state.url(Endpoint::Elsewhere)),
        Is::Html => html(200, "Welcome"),
        Is::ServerError => Answer::status(500),
        Is::Hangs => Answer::fault(Fault::Hang),
        Is::Slow => Answer {
            fault: Some(Fault::Held),
            ..Answer::json(document(state))
        },
        Is::Good | Is::OnlyRfc8414 | Is::OnlyOpenId | Is::OtherIssuer | Is::EndpointsElsewhere => {
            Answer::json(document(state))
        }
    };
    Some(answer)
}

fn document(state: &State) -> Value {
    let elsewhere = state.script.discovery == DiscoveryAnswer::EndpointsElsewhere;
    let url = |endpoint| {
        let url = state.url(endpoint);
        if elsewhere {
            url.replacen("127.0.0.1", "localhost", 1)
        } else {
            url
        }
    };
    let other = state.script.discovery == DiscoveryAnswer::OtherIssuer;
    let issuer = if other {
        "https://other.example"
    } else {
        &state.issuer
    };
    let mut members = Map::new();
    let usual = json!({
        "issuer": issuer,
        "authorization_endpoint": url(Endpoint::Authorization),
        "token_endpoint": url(Endpoint::Token),
        "device_authorization_endpoint": url(Endpoint::DeviceAuthorization),
        "registration_endpoint": url(Endpoint::Registration),
        "revocation_endpoint": url(Endpoint::Revocation),
        "jwks_uri": url(Endpoint::Keys),
        "scopes_supported": ["openid", "offline_access", "contacts.read"],
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "grant_types_supported": [
            "authorization_code", "client_credentials", "refresh_token",
            "urn:ietf:params:oauth:grant-type:device_code", "urn:ietf:params:oauth:grant-type:jwt-bearer",
        ],
        "token_endpoint_auth_methods_supported": [
            "client_secret_basic", "client_secret_post", "private_key_jwt", "none",
        ],
        "code_challenge_methods_supported": ["plain", "S256"],
        "id_token_signing_alg_values_supported": ["ES256"],
        "authorization_response_iss_parameter_supported": true,
    });
    merge(&mut members, &usual);
    merge(&mut members, &state.script.metadata);
    Value::Object(members)
}
