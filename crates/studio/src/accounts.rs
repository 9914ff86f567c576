//! Who is signed in: to a connector in the editor, and to everything there is. What they hold is not told.

use latchwork_engine::CachedOutputs;
use latchwork_model::{Connector, fingerprint};
use latchwork_store::{OutputsStatus, Scope};
use serde::Serialize;

use crate::error::StudioError;
use crate::sessions::{DEFAULT_ACCOUNT, Scopes};
use crate::sso::SSO_CONNECTOR;
use crate::studio::Studio;
use crate::wire::{AuthStatus, SharedStatus};

/// Someone who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn {
    /// The connector's name, or its id where it is not in the library.
    pub connector: String,
    /// Whose the outputs are.
    pub scope: SignedInScope,
    /// The account; nobody's where everyone shares them.
    pub account: Option<String>,
    /// When the outputs expire, in Unix seconds.
    pub expires_at: Option<i64>,
}

/// Whose outputs a sign-in left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum SignedInScope {
    /// One account's own.
    User,
    /// Everyone's: those of steps with shared credentials.
    Shared,
}

impl Studio {
    /// Who is signed in to a connector as it stands in the editor.
    pub async fn auth_status(&self, connector_id: &str) -> Result<AuthStatus, StudioError> {
        let Ok(connector) = self.connector_in_editor(connector_id).await else {
            // Whoever types sees the fault elsewhere.
            self.store().connectors().get(connector_id).await?;
            return Ok(AuthStatus::default());
        };
        let shared = SharedStatus {
            wanted: Scopes::of(&connector).shared,
            ..SharedStatus::default()
        };
        let nobody = AuthStatus {
            shared,
            ..AuthStatus::default()
        };
        let Some(vault) = self.vault_if_open().await else {
            return Ok(nobody);
        };
        let bound_to = fingerprint(&connector);
        let cached = self
            .store()
            .outputs()
            .read(
                connector_id,
                Scope::Account(DEFAULT_ACCOUNT),
                &bound_to,
                &vault,
            )
            .await?;
        let all = self.store().outputs().status(connector_id, &vault).await?;
        let is_shared =
            |status: &&OutputsStatus| status.account.is_none() && status.fingerprint == bound_to;
        let shared = all.iter().find(is_shared);
        let shared = SharedStatus {
            signed_in: nobody.shared.wanted && shared.is_some(),
            expires_at: shared.and_then(|shared| shared.expires_at),
            stored_at: shared.map(|shared| shared.stored_at),
            ..nobody.shared
        };
        Ok(match cached {
            None => AuthStatus { shared, ..nobody },
            Some(cached) => AuthStatus {
                signed_in: true,
                step_ids: serde_json::from_slice::<CachedOutputs>(cached.json())
                    .map(|outputs| outputs.outputs.into_keys().collect())
                    .unwrap_or_default(),
                expires_at: cached.expires_at,
                stored_at: Some(cached.stored_at),
                shared,
            },
        })
    }

    /// Who is signed in, to one connector as it is, or to all: those of the library, and those that are only files.
    pub async fn accounts(
        &self,
        connector: Option<&Connector>,
    ) -> Result<Vec<SignedIn>, StudioError> {
        let vault = self.vault().await?;
        let connectors: Vec<(String, String)> = match connector {
            Some(connector) => vec![(connector.key(), connector.name.clone())],
            None => self.connectors_with_outputs().await?,
        };
        let bound_to = connector.map(fingerprint);
        let mut accounts = Vec::new();
        for (id, name) in connectors {
            for status in self.store().outputs().status(&id, &vault).await? {
                let fits = bound_to
                    .as_ref()
                    .is_none_or(|bound_to| *bound_to == status.fingerprint);
                if fits {
                    accounts.push(SignedIn {
                        connector: name.clone(),
                        scope: if status.account.is_some() {
                            SignedInScope::User
                        } else {
                            SignedInScope::Shared
                        },
                        account: status.account,
                        expires_at: status.expires_at,
                    });
                }
            }
        }
        Ok(accounts)
    }

    /// The connectors that have cached outputs, with the names that the library has for them. A connector that is
    /// only a file goes by its key.
    async fn connectors_with_outputs(&self) -> Result<Vec<(String, String)>, StudioError> {
        let entries = self.store().connectors().list("").await?;
        let ids = self.store().outputs().connector_ids().await?;
        let mut connectors: Vec<(String, String)> = ids
            .into_iter()
            .filter(|id| id != SSO_CONNECTOR)
            .map(|id| {
                let entry = entries.iter().find(|entry| entry.id == id);
                let name = entry.map_or_else(|| id.clone(), |entry| entry.name.clone());
                (id, name)
            })
            .collect();
        connectors.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(connectors)
    }
}
