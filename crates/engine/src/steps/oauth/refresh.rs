//! The refresh grant (RFC 6749 section 6): a step that holds a refresh token renews itself.

use latchwork_model::{ClientRegistration, Step};
use serde_json::Value;
use url::Url;
use zeroize::Zeroizing;

use super::OauthOutcome;
use super::outputs::{Facts, outcome};
use super::tokens::token_endpoint_with;
use crate::error::EngineError;
use crate::http::ExchangeLog;
use crate::oauth::{Endpoint, OauthError, TokenUse};
use crate::run::Run;

/// Sends the refresh grant. What the answer does not have stays as it was: the refresh token (SAFETY Z21), the ID
/// token, the scope and the callback.
pub(crate) async fn refresh(
    run: &mut Run<'_>,
    step: &Step,
    log: &mut ExchangeLog,
) -> Result<OauthOutcome, EngineError> {
    let before = run.step_outputs(&step.id).cloned().unwrap_or_default();
    let text = |name: &str| {
        before
            .get(name)
            .and_then(Value::as_str)
            .filter(|text| !text.is_empty())
            .map(str::to_owned)
    };
    let (Some(fields), Some(refresh_token)) = (step.kind.oauth(), text("refresh_token")) else {
        return Err(OauthError::NoRefreshToken {
            step: step.id.clone(),
        }
        .into());
    };
    let mut client = run.oauth_client(fields, log).await?;
    if fields.client_registration == ClientRegistration::Dynamic {
        client.id = text("client_id").unwrap_or_default();
        client.secret = text("client_secret").map(Zeroizing::new);
    }
    let mut scope = run.scope().clone();
    if let Some(callback) = before.get("callback") {
        scope.set("callback", callback.clone());
    }
    let token_url = match &fields.refresh_url {
        Some(template) if !template.is_empty() => run.oauth_endpoint(
            &client,
            Endpoint {
                field: "refresh_url",
                template: Some(template),
                discovered: None,
            },
            &scope,
        )?,
        _ => token_endpoint_with(run, &client, &scope)?,
    };
    let grant = vec![
        ("grant_type", "refresh_token".to_owned()),
        ("refresh_token", refresh_token),
    ];
    let reply = run
        .send_to_provider(
            &client,
            (&token_url, "token"),
            grant,
            TokenUse::Refresh,
            &scope,
            log,
        )
        .await?;
    let scopes = run.oauth_scopes(fields)?;
    let authorization_url = text("authorization_url").and_then(|url| Url::parse(&url).ok());
    let redirect_uri = text("redirect_uri");
    let callback = before.get("callback").and_then(Value::as_object);
    let mut outcome = outcome(
        run,
        step,
        &reply,
        &Facts {
            client: &client,
            authorization_url: authorization_url.as_ref(),
            token_url: &token_url,
            redirect_uri: redirect_uri.as_deref(),
            scopes: &scopes,
            callback,
        },
    )?;
    if let Some(id_token) = outcome.outputs.get("id_token").and_then(Value::as_str)
        && client.metadata.is_some()
    {
        let id_token = id_token.to_owned();
        // A renewed ID token has no nonce to compare (OpenID Connect Core 1.0 section 12.2).
        run.check_step_id_token(&client, &id_token, None).await?;
    }
    let says_its_type = reply_names(&outcome, "token_type");
    if let Some(kept) = before.get("token_type").filter(|_| !says_its_type) {
        outcome
            .outputs
            .insert("token_type".to_owned(), kept.clone());
    }
    for name in ["refresh_token", "id_token", "scope"] {
        if let Some(kept) = before.get(name) {
            outcome
                .outputs
                .entry(name.to_owned())
                .or_insert_with(|| kept.clone());
        }
    }
    if let Some(first) = before.get("token_url") {
        outcome
            .outputs
            .insert("token_url".to_owned(), first.clone());
    }
    Ok(outcome)
}

/// Whether the answer itself has a member of this name.
fn reply_names(outcome: &OauthOutcome, name: &str) -> bool {
    outcome
        .at_hand
        .get("body")
        .is_some_and(|body| body.get(name).is_some())
}
