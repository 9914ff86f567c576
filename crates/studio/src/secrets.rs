//! Secret variables: sealed in the vault, bound to the connector's fingerprint (SAFETY Z32), and never read back to a
//! window.

use latchwork_model::{Connector, fingerprint, read_shape};
use serde_json::{Map, Value};

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::SecretStatus;

impl Studio {
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

    /// The same for a document as it stands in a window, which may be ahead of the draft that its secrets are bound to.
    pub(crate) async fn variables_in_window(
        &self,
        connector_id: &str,
        connector: &Connector,
    ) -> Result<Map<String, Value>, StudioError> {
        let mut variables = Map::new();
        let draft = self.connector_in_editor(connector_id).await?;
        // Once more at the end: the draft may have come in between, and taken the secrets along.
        for bound in [connector, &draft, connector] {
            variables = self.variables(connector_id, bound, variables).await?;
        }
        // What is no secret any more stands in the document itself.
        let is_secret = |name: &str| {
            connector
                .variables
                .iter()
                .any(|one| one.secret && one.name == name)
        };
        variables.retain(|name, _| is_secret(name));
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
    pub(crate) async fn connector_in_editor(&self, id: &str) -> Result<Connector, StudioError> {
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
