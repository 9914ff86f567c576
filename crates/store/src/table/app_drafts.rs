//! `app_drafts`: unsaved work on apps, kept so that a crash costs nothing.

use crate::error::StoreError;
use crate::store::{Durability, Store};

/// Unsaved work on an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppDraft {
    /// The app.
    pub app_id: String,
    /// The app file's text, valid or not.
    pub document: String,
    /// The revision that the work started from.
    pub base_revision: i64,
    /// Unix seconds.
    pub saved_at: i64,
}

/// The table `app_drafts`.
pub struct AppDrafts<'a> {
    store: &'a Store,
}

impl Store {
    /// Unsaved work on apps.
    pub fn app_drafts(&self) -> AppDrafts<'_> {
        AppDrafts { store: self }
    }
}

impl AppDrafts<'_> {
    /// The app's draft, if there is one.
    pub async fn get(&self, app_id: &str) -> Result<Option<AppDraft>, StoreError> {
        sqlx::query_as!(
            AppDraft,
            "SELECT app_id, document, base_revision, saved_at FROM app_drafts WHERE app_id = ?",
            app_id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Keeps the draft in place of an older one. A new draft starts from the app's revision of now.
    pub async fn save(&self, app_id: &str, document: &str) -> Result<AppDraft, StoreError> {
        let now = self.store.now();
        let mut write = self.store.begin(Durability::Full).await?;
        let draft = sqlx::query_as!(
            AppDraft,
            "INSERT INTO app_drafts (app_id, document, base_revision, saved_at)
             SELECT id, ?2, revision, ?3 FROM apps WHERE id = ?1
             ON CONFLICT (app_id) DO UPDATE SET document = excluded.document, saved_at = excluded.saved_at
             RETURNING app_id, document, base_revision, saved_at",
            app_id,
            document,
            now
        )
        .fetch_optional(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?
        .ok_or_else(|| StoreError::NotFound {
            what: "app",
            id: app_id.to_owned(),
        })?;
        self.store.commit(write).await?;
        Ok(draft)
    }

    /// Drops the draft, if there is one.
    pub async fn discard(&self, app_id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!("DELETE FROM app_drafts WHERE app_id = ?", app_id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
