//! `secret_variables`: the values of a connector's secret variables, sealed, and bound to the connector's
//! fingerprint: a foreign file with the same id or name gets nothing.

use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::vault::{Place, SessionSecret, Vault, VaultError};

/// The table `secret_variables`.
pub struct SecretVariables<'a> {
    store: &'a Store,
}

impl Store {
    /// The values of secret variables.
    pub fn secret_variables(&self) -> SecretVariables<'_> {
        SecretVariables { store: self }
    }
}

impl SecretVariables<'_> {
    /// Keeps the value, in place of an older one under whatever fingerprint.
    pub async fn set(
        &self,
        connector_id: &str,
        name: &str,
        fingerprint: &str,
        value: &str,
        vault: &Vault,
    ) -> Result<(), StoreError> {
        if vault.is_session_only() {
            let secret = SessionSecret {
                fingerprint: fingerprint.to_owned(),
                value: Zeroizing::new(value.to_owned()),
            };
            vault.session().put_secret(connector_id, name, secret);
            return Ok(());
        }
        let row = [connector_id, name, fingerprint];
        let now = self.store.now();
        let mut write = self.store.begin(Durability::Full).await?;
        let (ciphertext, key_id) = vault
            .seal_row(self.store, &mut write, place(&row), value.as_bytes())
            .await?;
        sqlx::query!(
            "INSERT OR REPLACE INTO secret_variables (connector_id, name, fingerprint, ciphertext, key_id, stored_at)
             VALUES (?, ?, ?, ?, ?, ?)",
            connector_id,
            name,
            fingerprint,
            ciphertext,
            key_id,
            now
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }

    /// The value, if there is one and it is bound to this fingerprint.
    pub async fn get(
        &self,
        connector_id: &str,
        name: &str,
        fingerprint: &str,
        vault: &Vault,
    ) -> Result<Option<Zeroizing<String>>, StoreError> {
        if vault.is_session_only() {
            return Ok(vault.session().secret(connector_id, name, fingerprint));
        }
        let ciphertext = sqlx::query_scalar!(
            "SELECT ciphertext FROM secret_variables WHERE connector_id = ? AND name = ? AND fingerprint = ?",
            connector_id,
            name,
            fingerprint
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        let Some(ciphertext) = ciphertext else {
            return Ok(None);
        };
        let row = [connector_id, name, fingerprint];
        let plain = vault.open_row(self.store, place(&row), &ciphertext).await?;
        let text = std::str::from_utf8(&plain).map_err(|_| VaultError::row(place(&row)))?;
        Ok(Some(Zeroizing::new(text.to_owned())))
    }

    /// The names that have a value bound to this fingerprint, in order.
    pub async fn names(
        &self,
        connector_id: &str,
        fingerprint: &str,
        vault: &Vault,
    ) -> Result<Vec<String>, StoreError> {
        if vault.is_session_only() {
            let mut names = vault.session().secret_names(connector_id, fingerprint);
            names.sort();
            return Ok(names);
        }
        sqlx::query_scalar!(
            "SELECT name FROM secret_variables WHERE connector_id = ? AND fingerprint = ? ORDER BY name",
            connector_id,
            fingerprint
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Forgets the value, if there is one.
    pub async fn clear(
        &self,
        connector_id: &str,
        name: &str,
        vault: &Vault,
    ) -> Result<(), StoreError> {
        vault.session().drop_secret(connector_id, name);
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "DELETE FROM secret_variables WHERE connector_id = ? AND name = ?",
            connector_id,
            name
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

fn place<'a>(row: &'a [&'a str]) -> Place<'a> {
    Place {
        table: "secret_variables",
        row,
        column: "ciphertext",
    }
}

#[cfg(test)]
mod tests;
