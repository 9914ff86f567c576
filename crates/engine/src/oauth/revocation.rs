//! Revocation at sign-out (RFC 7009; SAFETY Z23): asked of the provider where it can be, and told which.

use latchwork_model::Step;
use serde_json::Value;

use super::client::TokenUse;
use super::requests::Endpoint;
use crate::error::Fault;
use crate::http::ExchangeLog;
use crate::run::Run;

/// What became of one step's tokens at the provider.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revocation {
    /// The step that had them.
    pub step: String,
    /// What the provider said.
    pub outcome: Revoked,
}

/// How a revocation ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Revoked {
    /// The provider revoked them.
    Yes,
    /// The provider has no revocation endpoint that is known.
    NotOffered,
    /// It was tried and did not work.
    Failed(Box<Fault>),
}

impl Run<'_> {
    /// Revokes the tokens of every OAuth step whose outputs are here: the refresh token where there is one, else the
    /// access token. Nothing local is changed.
    pub async fn revoke(&mut self) -> Vec<Revocation> {
        let plan = self.plan();
        let mut revocations = Vec::new();
        for step in plan.steps.iter().filter(|step| !step.disabled) {
            let Some((token, hint)) = self.token_to_revoke(step) else {
                continue;
            };
            let outcome = self.revoke_token(step, &token, hint).await;
            revocations.push(Revocation {
                step: step.id.clone(),
                outcome,
            });
        }
        revocations
    }

    fn token_to_revoke(&self, step: &Step) -> Option<(String, &'static str)> {
        step.kind.oauth()?;
        let outputs = self.step_outputs(&step.id)?;
        ["refresh_token", "access_token"]
            .into_iter()
            .find_map(|name| {
                outputs
                    .get(name)
                    .and_then(Value::as_str)
                    .filter(|token| !token.is_empty())
                    .map(|token| (token.to_owned(), name))
            })
    }

    async fn revoke_token(&mut self, step: &Step, token: &str, hint: &'static str) -> Revoked {
        let mut log = ExchangeLog::default();
        match self.try_revoke(step, token, hint, &mut log).await {
            Ok(true) => Revoked::Yes,
            Ok(false) => Revoked::NotOffered,
            Err(error) => Revoked::Failed(Box::new(self.masked_fault(&error, Some(&step.id)))),
        }
    }

    async fn try_revoke(
        &mut self,
        step: &Step,
        token: &str,
        hint: &'static str,
        log: &mut ExchangeLog,
    ) -> Result<bool, crate::error::EngineError> {
        let Some(fields) = step.kind.oauth() else {
            return Ok(false);
        };
        let mut client = self.oauth_client(fields, log).await?;
        // A client that was registered for this sign-in is in its outputs.
        if let Some(id) = self
            .step_outputs(&step.id)
            .and_then(|outputs| outputs.get("client_id"))
            && let Some(id) = id.as_str()
        {
            id.clone_into(&mut client.id);
        }
        let discovered = client
            .metadata
            .as_ref()
            .and_then(|metadata| metadata.revocation_endpoint.clone());
        let endpoint = Endpoint {
            field: "revocation_url",
            template: fields.revocation_url.as_ref(),
            discovered: discovered.as_ref(),
        };
        if endpoint
            .template
            .is_none_or(latchwork_model::Template::is_empty)
            && discovered.is_none()
        {
            return Ok(false);
        }
        let scope = self.scope().clone();
        let url = self.oauth_endpoint(&client, endpoint, &scope)?;
        let pairs = vec![
            ("token", token.to_owned()),
            ("token_type_hint", hint.to_owned()),
        ];
        let answer = self
            .send_to_provider(
                &client,
                (&url, "revocation"),
                pairs,
                TokenUse::Other,
                &scope,
                log,
            )
            .await?;
        if answer.status == 200 {
            return Ok(true);
        }
        Err(crate::error::EngineError::UnexpectedStatus {
            method: "POST".to_owned(),
            url: crate::error::shown(&answer.url),
            status: answer.status,
            expected: "200".to_owned(),
        })
    }
}
