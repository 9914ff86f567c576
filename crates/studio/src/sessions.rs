//! Sessions: cached outputs and secret variables, sealed, and bound to the connector's fingerprint (SAFETY Z32).

use latchwork_engine::CachedOutputs;
use latchwork_model::{Connector, fingerprint, read_shape};
use latchwork_store::{Cleared, NewOutputs, Scope, Stored};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{AuthStatus, SecretStatus};

/// The account that is used where none is named.
pub const DEFAULT_ACCOUNT: &str = "default";

/// Someone who is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SignedIn {
    /// The connector's name, or its id where it is not in the library.
    pub connector: String,
    /// The account.
    pub account: String,
    /// When the outputs expire, in Unix seconds.
    pub expires_at: Option<i64>,
}

impl Studio {
    /// The connector's generation: what a run reads at its start, so that a clear during the run wins (F16).
    pub(crate) async fn session_generation(&self, connector_id: &str) -> Result<i64, StudioError> {
        Ok(self.store().outputs().generation(connector_id).await?)
    }

    /// The cached outputs of an account, where there are any for this connector as it is.
    pub(crate) async fn session(
        &self,
        connector_id: &str,
        connector: &Connector,
        account: &str,
    ) -> Result<Option<CachedOutputs>, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(None);
        };
        let scope = Scope::Account(account);
        let cached = self
            .store()
            .outputs()
            .read(connector_id, scope, &fingerprint(connector), &vault)
            .await?;
        // What another version wrote and this one cannot read is as good as nothing: the flow runs again.
        Ok(cached.and_then(|cached| serde_json::from_slice(cached.json()).ok()))
    }

    /// Caches the outputs of a run, unless the cache was cleared since it began.
    pub(crate) async fn keep_session(
        &self,
        connector_id: &str,
        connector: &Connector,
        account: &str,
        outputs: CachedOutputs,
        generation: i64,
    ) -> Result<bool, StudioError> {
        let Some(vault) = self.vault_if_open().await else {
            return Ok(false);
        };
        let json = serde_json::to_vec(&outputs).unwrap_or_default();
        let new = NewOutputs {
            fingerprint: &fingerprint(connector),
            json: &json,
            expires_at: outputs.expires_at,
        };
        let scope = Scope::Account(account);
        let stored = self
            .store()
            .outputs()
            .write(connector_id, scope, new, generation, &vault)
            .await?;
        Ok(stored == Stored::Yes)
    }

    /// *Clear cached auth*: the next use runs the flow again. What was answered before is forgotten too.
    pub async fn auth_clear(&self, connector_id: &str) -> Result<(), StudioError> {
        self.clear_sessions(connector_id, None).await.map(drop)
    }

    /// Clears one account's cached outputs, or all accounts'; whether there were any.
    pub async fn clear_sessions(
        &self,
        connector_id: &str,
        account: Option<&str>,
    ) -> Result<bool, StudioError> {
        self.runs().forget(connector_id);
        let what = account.map_or(Cleared::Accounts, Cleared::Account);
        let cleared = self.store().outputs().clear(connector_id, what).await?;
        Ok(cleared > 0)
    }

    /// Who is signed in to a connector.
    pub async fn auth_status(&self, connector_id: &str) -> Result<AuthStatus, StudioError> {
        let stored = self.store().connectors().get(connector_id).await?;
        let draft = self.store().drafts().get(connector_id).await?;
        let document = draft.map_or(stored.document, |draft| draft.document);
        let Ok(connector) = read_shape(&document) else {
            return Ok(AuthStatus::default());
        };
        let Some(vault) = self.vault_if_open().await else {
            return Ok(AuthStatus::default());
        };
        let scope = Scope::Account(DEFAULT_ACCOUNT);
        let cached = self
            .store()
            .outputs()
            .read(connector_id, scope, &fingerprint(&connector), &vault)
            .await?;
        Ok(
            cached.map_or_else(AuthStatus::default, |cached| AuthStatus {
                signed_in: true,
                step_ids: serde_json::from_slice::<CachedOutputs>(cached.json())
                    .map(|outputs| outputs.outputs.into_keys().collect())
                    .unwrap_or_default(),
                expires_at: cached.expires_at,
                stored_at: Some(cached.stored_at),
            }),
        )
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
                if let Some(account) = status.account.filter(|_| fits) {
                    accounts.push(SignedIn {
                        connector: name.clone(),
                        account,
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
            .map(|id| {
                let entry = entries.iter().find(|entry| entry.id == id);
                let name = entry.map_or_else(|| id.clone(), |entry| entry.name.clone());
                (id, name)
            })
            .collect();
        connectors.sort_by(|one, other| one.1.cmp(&other.1));
        Ok(connectors)
    }

    /// A connector's variables: given ones, else what the vault has for secret ones.
    pub async fn variables(
        &self,
        connector_id: &str,
        connector: &Connector,
        given: Map<String, Value>,
    ) -> Result<Map<String, Value>, StudioError> {
        let mut variables = given;
        let secrets = connector
            .variables
            .iter()
            .filter(|variable| variable.secret);
        let wanted: Vec<&str> = secrets
            .map(|variable| variable.name.as_str())
            .filter(|name| !variables.contains_key(*name))
            .collect();
        if wanted.is_empty() {
            return Ok(variables);
        }
        let Some(vault) = self.vault_if_open().await else {
            return Ok(variables);
        };
        let bound_to = fingerprint(connector);
        for name in wanted {
            if let Some(value) = self
                .store()
                .secret_variables()
                .get(connector_id, name, &bound_to, &vault)
                .await?
            {
                variables.insert(name.to_owned(), Value::String(value.to_string()));
            }
        }
        Ok(variables)
    }

    /// A connector's secret variables, and which have a value. The values never leave the core.
    pub async fn secret_list(&self, id: &str) -> Result<Vec<SecretStatus>, StudioError> {
        let connector = self.connector_in_editor(id).await?;
        let set = match self.vault_if_open().await {
            Some(vault) => {
                self.store()
                    .secret_variables()
                    .names(id, &fingerprint(&connector), &vault)
                    .await?
            }
            None => Vec::new(),
        };
        let secrets = connector
            .variables
            .into_iter()
            .filter(|variable| variable.secret);
        Ok(secrets
            .map(|variable| SecretStatus {
                is_set: set.contains(&variable.name),
                name: variable.name,
            })
            .collect())
    }

    /// Keeps a secret variable's value in the vault, bound to the connector as it stands in the editor.
    pub async fn secret_set(&self, id: &str, name: &str, value: &str) -> Result<(), StudioError> {
        let connector = self.connector_in_editor(id).await?;
        let vault = self.vault().await?;
        let bound_to = fingerprint(&connector);
        Ok(self
            .store()
            .secret_variables()
            .set(id, name, &bound_to, value, &vault)
            .await?)
    }

    /// Forgets a secret variable's value.
    pub async fn secret_clear(&self, id: &str, name: &str) -> Result<(), StudioError> {
        let vault = self.vault().await?;
        Ok(self
            .store()
            .secret_variables()
            .clear(id, name, &vault)
            .await?)
    }

    /// The connector as it stands in the editor: its draft where that has a shape, else what is saved.
    async fn connector_in_editor(&self, id: &str) -> Result<Connector, StudioError> {
        let stored = self.store().connectors().get(id).await?;
        let draft = self.store().drafts().get(id).await?;
        match draft.and_then(|draft| read_shape(&draft.document).ok()) {
            Some(connector) => Ok(connector),
            None => Ok(read_shape(&stored.document)?),
        }
    }

    /// Binds a connector's secrets to what it is now: the person who edits it here is the one who set them. A file
    /// from elsewhere never comes this way.
    pub(crate) async fn rebind_secrets(
        &self,
        id: &str,
        before: &[&str],
        after: &Connector,
    ) -> Result<(), StudioError> {
        let names = after
            .variables
            .iter()
            .filter(|variable| variable.secret)
            .map(|variable| variable.name.as_str());
        let names: Vec<&str> = names.collect();
        if names.is_empty() {
            return Ok(());
        }
        let Some(vault) = self.vault_if_open().await else {
            return Ok(());
        };
        let bound_to = fingerprint(after);
        for name in names {
            if self
                .store()
                .secret_variables()
                .get(id, name, &bound_to, &vault)
                .await?
                .is_some()
            {
                continue;
            }
            for document in before {
                let Ok(connector) = read_shape(document) else {
                    continue;
                };
                let old = fingerprint(&connector);
                if let Some(value) = self
                    .store()
                    .secret_variables()
                    .get(id, name, &old, &vault)
                    .await?
                {
                    self.store()
                        .secret_variables()
                        .set(id, name, &bound_to, &value, &vault)
                        .await?;
                    break;
                }
            }
        }
        Ok(())
    }
}
