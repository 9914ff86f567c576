//! The OAuth 2.0 step kinds, and the SSO token step.

mod authorization_code;
mod browser;
mod device_code;
mod outputs;
mod refresh;
mod tokens;

use latchwork_model::{Pkce, PkceMethod, Step, StepKind};
use serde_json::{Map, Value};

use crate::error::EngineError;
use crate::http::ExchangeLog;
use crate::run::Run;

pub(crate) use outputs::settle_expiry;
pub(crate) use refresh::refresh;
pub(crate) use tokens::sso_token;

/// What an OAuth step leaves, and what its own `outputs` may name beside that.
pub(crate) struct OauthOutcome {
    pub outputs: Map<String, Value>,
    /// The token answer by bare names: `body`, `headers`, `status`, `cookies`.
    pub at_hand: Map<String, Value>,
}

/// Runs an OAuth step; `log` keeps the last exchange.
pub(crate) async fn oauth(
    run: &mut Run<'_>,
    step: &Step,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    match &step.kind {
        StepKind::Oauth2AuthorizationCode(kind) => {
            let method = match kind.own.pkce {
                Pkce::S256 => Some(PkceMethod::S256),
                Pkce::Off => None,
            };
            authorization_code::run(run, step, &kind.oauth, method, log).await
        }
        StepKind::Oauth2Pkce(kind) => {
            let method = Some(kind.own.code_challenge_method);
            authorization_code::run(run, step, &kind.oauth, method, log).await
        }
        StepKind::Oauth2ClientCredentials(kind) => {
            tokens::client_credentials(run, step, &kind.oauth, log).await
        }
        StepKind::Oauth2JwtBearer(kind) => {
            tokens::jwt_bearer(run, step, &kind.oauth, &kind.own, log).await
        }
        StepKind::Oauth2DeviceCode(kind) => {
            device_code::run(run, step, &kind.oauth, &kind.own, log).await
        }
        // No other kind has a grant, so it leaves nothing.
        StepKind::Form(_)
        | StepKind::ApiRequest(_)
        | StepKind::Poll(_)
        | StepKind::BasicAuth(_)
        | StepKind::SsoToken(_)
        | StepKind::SetVariables(_) => Ok(OauthOutcome {
            outputs: Map::new(),
            at_hand: Map::new(),
        }),
    }
}
