//! Saving what was read: the connector into the library, its secrets into the vault; both, or neither.

use latchwork_exchange::Imported;

use crate::error::StudioError;
use crate::studio::Studio;
use crate::wire::{ConnectorOpened, GivenSecret};

impl Studio {
    /// Adds what was read to the library. A value that is given goes before one that stood in the file; an empty one is
    /// none.
    pub async fn import_save(
        &self,
        imported: &Imported,
        name: &str,
        given: &[GivenSecret],
    ) -> Result<ConnectorOpened, StudioError> {
        let mut connector = imported.connector.clone();
        let name = name.trim();
        if !name.is_empty() {
            name.clone_into(&mut connector.name);
        }
        let values: Vec<(&str, &str)> = imported
            .secrets
            .iter()
            .filter_map(|secret| {
                let given = given.iter().find(|given| given.name == secret.name);
                let given = given
                    .map(|given| given.value.as_str())
                    .filter(|value| !value.is_empty());
                Some((secret.name.as_str(), given.or(secret.exposed_value())?))
            })
            .collect();
        if !values.is_empty() {
            // A vault that cannot be opened is told before anything is saved.
            self.vault().await?;
        }
        let opened = self.connector_add(connector).await?;
        for (name, value) in values {
            if let Err(error) = self.secret_set(&opened.id, name, value).await {
                // Half an import would look like a whole one.
                self.connector_delete(&opened.id).await?;
                return Err(error);
            }
        }
        Ok(opened)
    }
}
