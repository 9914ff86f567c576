//! What is kept of single sign-on: the client and its state open, its secret and the session sealed.

use std::sync::Arc;

use latchwork_engine::{CachedOutputs, RunInput};
use latchwork_model::fingerprint;
use latchwork_store::Scope;
use serde::{Deserialize, Serialize};
use serde_json::Map;

use super::client::{SECRET, SSO_CONNECTOR, SSO_STEP, SsoClient};
use crate::accounts::Account;
use crate::error::StudioError;
use crate::renewal::Whose;
use crate::sessions::{DEFAULT_ACCOUNT, SessionScope};
use crate::studio::Studio;

/// The setting that it stands under.
const KEY: &str = "sso";

/// What lies open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct SsoRecord {
    pub client: SsoClient,
    /// Why only the person can renew the session; nothing while it can be renewed without them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub needs_you: Option<String>,
}

impl Studio {
    /// Who has signed in, whether or not the session is still there.
    pub(super) async fn sso_record(&self) -> Result<Option<SsoRecord>, StudioError> {
        let text = self.store().settings().get(KEY).await?;
        Ok(text.and_then(|text| serde_json::from_str(&text).ok()))
    }

    pub(super) async fn set_sso_record(&self, record: &SsoRecord) -> Result<(), StudioError> {
        let text = serde_json::to_string(record).unwrap_or_default();
        Ok(self.store().settings().set(KEY, &text).await?)
    }

    /// The session as it was kept, expired or not.
    pub(super) async fn sso_outputs(
        &self,
        client: &SsoClient,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        let scope = Scope::Account(DEFAULT_ACCOUNT);
        let cached = self
            .session(SSO_CONNECTOR, &client.connector(), scope)
            .await?;
        Ok(cached.filter(|cached| cached.outputs.contains_key(SSO_STEP)))
    }

    /// Keeps a session, unless the person signed out since `generation` was read.
    pub(super) async fn keep_sso(
        &self,
        client: &SsoClient,
        outputs: &CachedOutputs,
        generation: i64,
    ) -> Result<bool, StudioError> {
        let connector = Arc::new(client.connector());
        let whose = Whose::new(SSO_CONNECTOR, &connector, Account::default_one());
        let scope = Scope::Account(DEFAULT_ACCOUNT);
        self.keep(&whose, scope, outputs, generation).await
    }

    /// What a run of the client is given: its secret, where it has one.
    pub(super) async fn sso_input(&self, client: &SsoClient) -> Result<RunInput, StudioError> {
        Ok(RunInput {
            variables: self
                .variables(SSO_CONNECTOR, &client.connector(), Map::new())
                .await?,
            ..RunInput::default()
        })
    }

    /// Keeps or forgets the client's secret.
    pub(super) async fn keep_sso_secret(
        &self,
        client: &SsoClient,
        secret: Option<&str>,
    ) -> Result<(), StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(());
        };
        let secrets = self.store().secret_variables();
        match secret {
            Some(secret) => {
                let bound_to = fingerprint(&client.connector());
                secrets
                    .set(SSO_CONNECTOR, SECRET, &bound_to, secret, &vault)
                    .await?;
            }
            None => secrets.clear(SSO_CONNECTOR, SECRET, &vault).await?,
        }
        Ok(())
    }

    /// Forgets session and secret; issuer and client stay, for the next sign-in. What cannot be forgotten is said,
    /// after the rest is.
    pub(super) async fn forget_sso(&self, client: &SsoClient) -> Result<(), StudioError> {
        let session = self
            .clear_sessions(SSO_CONNECTOR, SessionScope::Everything)
            .await;
        let secret = self.keep_sso_secret(client, None).await;
        let record = SsoRecord {
            client: client.clone(),
            needs_you: None,
        };
        self.set_sso_record(&record).await?;
        secret?;
        session.map(drop)
    }
}
