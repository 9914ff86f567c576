//! What an OAuth step leaves: the tokens, the whole answer, and the client's parameters.

use latchwork_model::Step;
use serde_json::{Map, Value};
use url::Url;

use super::OauthOutcome;
use crate::answer;
use crate::error::EngineError;
use crate::oauth::{OauthClient, OauthReply, Reading, TokenAnswer};
use crate::run::Run;
use crate::session::seconds;

/// What a step's outputs hold beside the token answer.
pub(super) struct Facts<'a> {
    pub client: &'a OauthClient<'a>,
    pub authorization_url: Option<&'a Url>,
    pub token_url: &'a Url,
    pub redirect_uri: Option<&'a str>,
    pub scopes: &'a [String],
    pub callback: Option<&'a Map<String, Value>>,
}

/// Reads the token answer and puts a step's outputs together.
pub(super) fn outcome(
    run: &Run<'_>,
    step: &Step,
    reply: &OauthReply,
    facts: &Facts<'_>,
) -> Result<OauthOutcome, EngineError> {
    let fields = facts.client.fields;
    let answer = TokenAnswer::read(
        reply,
        Reading {
            token_path: fields.token_path.as_deref(),
            names: fields.param_names.as_ref(),
            own_access_token: step
                .outputs
                .iter()
                .any(|output| output.name == "access_token"),
            now: run.clock().unix_seconds(),
        },
    )?;
    let mut outputs = answer.tokens;
    outputs.insert("raw".to_owned(), answer.raw.clone());
    if let Some(callback) = facts.callback {
        outputs.insert("callback".to_owned(), Value::Object(callback.clone()));
    }
    let mut put = |name: &str, value: Option<String>| {
        if let Some(value) = value {
            outputs.insert(name.to_owned(), Value::String(value));
        }
    };
    put("client_id", Some(facts.client.id.clone()));
    put(
        "client_secret",
        facts
            .client
            .secret
            .as_ref()
            .map(|secret| secret.to_string()),
    );
    put(
        "authorization_url",
        facts.authorization_url.map(Url::to_string),
    );
    put("token_url", Some(facts.token_url.to_string()));
    put("redirect_uri", facts.redirect_uri.map(str::to_owned));
    outputs.insert(
        "scopes".to_owned(),
        facts.scopes.iter().cloned().map(Value::String).collect(),
    );
    let mut at_hand = answer::outputs(reply, None);
    at_hand.insert("body".to_owned(), answer.raw);
    Ok(OauthOutcome { outputs, at_hand })
}

/// Makes the expiry go by what a step's own outputs replaced.
pub(crate) fn settle_expiry(step: &Step, outputs: &mut Map<String, Value>, now: i64) {
    let own = |name: &str| step.outputs.iter().any(|output| output.name == name);
    if own("expires_in") && !own("expires_at") {
        match outputs.get("expires_in").and_then(seconds) {
            Some(lifetime) => {
                outputs.insert("expires_at".to_owned(), now.saturating_add(lifetime).into());
            }
            None => {
                outputs.remove("expires_at");
            }
        }
    }
}
