//! `drafts`: unsaved work, kept so that a crash costs nothing.

use crate::error::StoreError;
use crate::store::{Durability, Store};

/// Unsaved work on a connector.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The connector.
    pub connector_id: String,
    /// The connector file's text, valid or not.
    pub document: String,
    /// The revision that the work started from.
    pub base_revision: i64,
    /// Unix seconds.
    pub saved_at: i64,
}

/// The table `drafts`.
pub struct Drafts<'a> {
    store: &'a Store,
}

impl Store {
    /// Unsaved work.
    pub fn drafts(&self) -> Drafts<'_> {
        Drafts { store: self }
    }
}

impl Drafts<'_> {
    /// The connector's draft, if there is one.
    pub async fn get(&self, connector_id: &str) -> Result<Option<Draft>, StoreError> {
        sqlx::query_as!(
            Draft,
            "SELECT connector_id, document, base_revision, saved_at FROM drafts WHERE connector_id = ?",
            connector_id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Keeps the draft in place of an older one. A new draft starts from the connector's revision of now.
    pub async fn save(&self, connector_id: &str, document: &str) -> Result<Draft, StoreError> {
        let now = self.store.now();
        let mut write = self.store.begin(Durability::Full).await?;
        let draft = sqlx::query_as!(
            Draft,
            "INSERT INTO drafts (connector_id, document, base_revision, saved_at)
             SELECT id, ?2, revision, ?3 FROM connectors WHERE id = ?1
             ON CONFLICT (connector_id) DO UPDATE SET document = excluded.document, saved_at = excluded.saved_at
             RETURNING connector_id, document, base_revision, saved_at",
            connector_id,
            document,
            now
        )
        .fetch_optional(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?
        .ok_or_else(|| StoreError::NotFound { what: "connector", id: connector_id.to_owned() })?;
        self.store.commit(write).await?;
        Ok(draft)
    }

    /// Drops the draft, if there is one.
    pub async fn discard(&self, connector_id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!("DELETE FROM drafts WHERE connector_id = ?", connector_id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
