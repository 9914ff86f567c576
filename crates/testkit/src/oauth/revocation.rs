//! Tokens that are given back (RFC 7009).

use super::recorded::OauthRequest;
use super::script::entry;
use super::state::{State, refusal};
use super::token::redirect;
use crate::server::{Answer, Fault};

/// How a token that is given back is answered.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RevocationAnswer {
    /// Status 200, whether the token was known or not; it no longer works.
    #[default]
    Good,
    /// `unsupported_token_type`.
    Unsupported,
    /// Status 503.
    Unavailable,
    /// A redirect that keeps the method, to [`Endpoint::Elsewhere`](super::Endpoint::Elsewhere).
    Redirects,
    /// Never.
    Hangs,
}

pub(super) fn answer(state: &State, request: &OauthRequest) -> Answer {
    if let Some(what) = state.script.client.objection(request) {
        return state.refuse(401, "invalid_client", &what);
    }
    let Some(token) = request.parameter("token") else {
        return state.refuse(400, "invalid_request", "no token is given back");
    };
    let mut issued = state.issued();
    let answer = entry(&state.script.revocation, issued.revocation_answers);
    issued.revocation_answers += 1;
    match answer {
        RevocationAnswer::Good => {
            issued.access_tokens.remove(token);
            issued.refresh_tokens.remove(token);
            Answer::status(200)
        }
        RevocationAnswer::Unsupported => refusal(400, "unsupported_token_type", "Not this one"),
        RevocationAnswer::Unavailable => Answer::status(503),
        RevocationAnswer::Redirects => redirect(state),
        RevocationAnswer::Hangs => Answer::fault(Fault::Hang),
    }
}
