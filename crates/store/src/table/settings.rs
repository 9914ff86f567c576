//! `settings`: the studio's own settings, each a text under a key. None of them is a secret.

use crate::error::StoreError;
use crate::store::{Durability, Store};

/// The table `settings`.
pub struct Settings<'a> {
    store: &'a Store,
}

impl Store {
    /// The studio's settings.
    pub fn settings(&self) -> Settings<'_> {
        Settings { store: self }
    }
}

impl Settings<'_> {
    /// The value under the key, if it was ever set.
    pub async fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        sqlx::query_scalar!("SELECT value FROM settings WHERE key = ?", key)
            .fetch_optional(self.store.readers())
            .await
            .map_err(|error| self.store.fault(error))
    }

    /// Sets the value under the key.
    pub async fn set(&self, key: &str, value: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Relaxed).await?;
        sqlx::query!(
            "INSERT INTO settings (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            key,
            value
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }

    /// Takes the key away.
    pub async fn remove(&self, key: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Relaxed).await?;
        sqlx::query!("DELETE FROM settings WHERE key = ?", key)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
