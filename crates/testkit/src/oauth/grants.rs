//! The token endpoint's rules: which grants hold, and what has been handed out.

use std::collections::{BTreeMap, BTreeSet};

use super::client::ExpectedClient;
use super::device;
use super::proof::Challenge;
use super::recorded::OauthRequest;
use super::script::entry;
use super::state::State;
use super::token::{TokenAnswer, Tokens};
use crate::server::Answer;

/// What a code stands for.
#[derive(Clone, Debug)]
pub(super) struct Authorization {
    pub client_id: String,
    pub redirect_uri: String,
    pub challenge: Option<Challenge>,
    pub nonce: Option<String>,
    pub scope: Option<String>,
}

/// What has been handed out, and how often each list of the script was used.
#[derive(Debug, Default)]
pub(super) struct Issued {
    pub callbacks: usize,
    pub token_answers: usize,
    pub refresh_answers: usize,
    pub device_answers: usize,
    pub device_polls: usize,
    pub revocation_answers: usize,
    pub device_codes: BTreeSet<String>,
    pub access_tokens: BTreeSet<String>,
    /// Those that still work.
    pub refresh_tokens: BTreeSet<String>,
    /// Clients that registered themselves.
    pub registered: BTreeMap<String, ExpectedClient>,
    /// Each with whether it has been sent.
    codes: BTreeMap<String, (Authorization, bool)>,
    tokens: usize,
}

impl Issued {
    pub fn add_code(&mut self, authorization: Authorization) -> String {
        let code = format!("code-{}", self.codes.len() + 1);
        self.codes.insert(code.clone(), (authorization, false));
        code
    }
}

/// What tokens are for.
#[derive(Clone, Copy, Debug, Default)]
struct Grant<'request> {
    with_refresh_token: bool,
    nonce: Option<&'request str>,
    scope: Option<&'request str>,
    /// The refresh token that is used for it.
    used: Option<&'request str>,
}

/// Why a grant does not hold: status, error, and what is noted.
type Objection = (u16, &'static str, String);

pub(super) fn answer(state: &State, request: &OauthRequest) -> Answer {
    let registered = request
        .parameter("client_id")
        .map(str::to_owned)
        .or_else(|| request.basic().map(|(id, _)| id))
        .and_then(|id| state.issued().registered.get(&id).cloned());
    let client = registered.as_ref().unwrap_or(&state.script.client);
    if let Some(what) = client.objection(request) {
        return state.refuse(401, "invalid_client", &what);
    }
    let scope = request.parameter("scope");
    match request.parameter("grant_type") {
        Some("authorization_code") => match take_code(state, request) {
            Err((status, error, what)) => state.refuse(status, error, &what),
            Ok(authorization) => {
                let grant = Grant {
                    with_refresh_token: true,
                    nonce: authorization.nonce.as_deref(),
                    scope: authorization.scope.as_deref(),
                    used: None,
                };
                next(state, request, grant)
            }
        },
        Some("refresh_token") => refresh(state, request),
        Some("client_credentials") => {
            let grant = Grant {
                scope,
                ..Grant::default()
            };
            next(state, request, grant)
        }
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer") => {
            let parts = request.parameter("assertion").map(|text| text.split('.'));
            if parts.map(Iterator::count) != Some(3) {
                return state.refuse(400, "invalid_grant", "the assertion is no JWT");
            }
            let grant = Grant {
                scope,
                ..Grant::default()
            };
            next(state, request, grant)
        }
        Some("urn:ietf:params:oauth:grant-type:device_code") => device::poll(state, request),
        other => state.refuse(
            400,
            "unsupported_grant_type",
            &format!("the grant_type {other:?}"),
        ),
    }
}

/// The answer to a device whose person has agreed.
pub(super) fn device_granted(state: &State, request: &OauthRequest) -> Answer {
    let grant = Grant {
        with_refresh_token: true,
        ..Grant::default()
    };
    next(state, request, grant)
}

fn take_code(state: &State, request: &OauthRequest) -> Result<Authorization, Objection> {
    let invalid = |what: String| (400, "invalid_grant", what);
    let code = request.parameter("code").unwrap_or_default();
    let mut issued = state.issued();
    let Some((authorization, sent)) = issued.codes.get_mut(code) else {
        return Err(invalid(format!("the code {code:?} is unknown")));
    };
    if *sent {
        return Err(invalid(format!("the code {code:?} was sent again")));
    }
    *sent = true;
    let authorization = authorization.clone();
    drop(issued);
    let redirect_uri = request.parameter("redirect_uri");
    if redirect_uri != Some(&authorization.redirect_uri) {
        return Err(invalid(format!(
            "the redirect_uri {redirect_uri:?} is not {:?}",
            authorization.redirect_uri
        )));
    }
    if let Some(client_id) = request.parameter("client_id")
        && client_id != authorization.client_id
    {
        return Err(invalid(format!("the code is not {client_id:?}'s")));
    }
    let verifier = request.parameter("code_verifier");
    match (&authorization.challenge, verifier) {
        (None, None) => Ok(authorization),
        (Some(challenge), Some(verifier)) if challenge.is_met_by(verifier) => Ok(authorization),
        (challenge, _) => Err(invalid(format!(
            "the verifier {verifier:?} does not fit {challenge:?}"
        ))),
    }
}

fn refresh(state: &State, request: &OauthRequest) -> Answer {
    let token = request.parameter("refresh_token").unwrap_or_default();
    if !state.issued().refresh_tokens.contains(token) {
        let what = format!("the refresh token {token:?} does not work any longer");
        return state.refuse(400, "invalid_grant", &what);
    }
    let mut issued = state.issued();
    let answer = entry(&state.script.refresh, issued.refresh_answers);
    issued.refresh_answers += 1;
    drop(issued);
    let grant = Grant {
        with_refresh_token: true,
        used: Some(token),
        ..Grant::default()
    };
    give(state, request, &answer, grant)
}

fn next(state: &State, request: &OauthRequest, grant: Grant<'_>) -> Answer {
    let mut issued = state.issued();
    let answer = entry(&state.script.token, issued.token_answers);
    issued.token_answers += 1;
    drop(issued);
    give(state, request, &answer, grant)
}

fn give(state: &State, request: &OauthRequest, answer: &TokenAnswer, grant: Grant<'_>) -> Answer {
    if !answer.gives_tokens() {
        return answer.refusal(state);
    }
    let mut issued = state.issued();
    issued.tokens += 1;
    let number = issued.tokens;
    let access_token = match answer {
        TokenAnswer::JwtWithoutExpiresIn { exp } => state.signer.access_token(number, *exp),
        _ => format!("access-token-{number}"),
    };
    issued.access_tokens.insert(access_token.clone());
    let rotates = grant.with_refresh_token && !matches!(answer, TokenAnswer::NoRefreshToken);
    let refresh_token = rotates.then(|| format!("refresh-token-{number}"));
    if let Some(token) = &refresh_token {
        issued.refresh_tokens.insert(token.clone());
        if let Some(used) = grant.used {
            issued.refresh_tokens.remove(used);
        }
    }
    drop(issued);
    let client_id = request.parameter("client_id");
    let tokens = Tokens {
        access_token,
        refresh_token,
        id_token: state.script.id_token.map(|kind| {
            let client_id = client_id.unwrap_or(&state.script.client.id);
            state
                .signer
                .id_token(kind, &state.issuer, client_id, grant.nonce, state.now())
        }),
        scope: grant.scope.map(str::to_owned),
    };
    answer.with_tokens(&tokens)
}
