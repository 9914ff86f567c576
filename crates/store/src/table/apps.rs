//! `apps`: the library's apps. As with connectors, a change names the revision it was made on.

use crate::error::{SqliteFault, StoreError};
use crate::store::{Durability, Store, Write};
use crate::table::app_accounts::forget_app;

/// An app as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct App {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The app file's text.
    pub document: String,
    /// The caller's own summary, for lists.
    pub summary: String,
    /// Counts its saves, from 1.
    pub revision: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
}

/// An app as a list shows it, without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The caller's own summary.
    pub summary: String,
    /// Counts its saves, from 1.
    pub revision: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// Whether there is unsaved work.
    pub has_draft: bool,
}

/// What a save stores.
#[derive(Clone, Copy, Debug)]
pub struct AppContent<'a> {
    /// Its name.
    pub name: &'a str,
    /// The app file's text.
    pub document: &'a str,
    /// What a list should show; any text.
    pub summary: &'a str,
}

/// The table `apps`.
pub struct Apps<'a> {
    store: &'a Store,
}

impl Store {
    /// The library's apps.
    pub fn apps(&self) -> Apps<'_> {
        Apps { store: self }
    }
}

impl Apps<'_> {
    /// Those whose name contains the text, in any case; all for an empty text. By name.
    pub async fn list(&self, name_contains: &str) -> Result<Vec<AppEntry>, StoreError> {
        let wanted = name_contains.trim().to_lowercase();
        sqlx::query_as!(
            AppEntry,
            r#"SELECT id, name, summary, revision, updated_at,
               EXISTS (SELECT 1 FROM app_drafts WHERE app_drafts.app_id = apps.id) AS "has_draft!: bool"
               FROM apps WHERE ?1 = '' OR instr(folded_name, ?1) > 0 ORDER BY folded_name, id"#,
            wanted
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// The app with this id.
    pub async fn get(&self, id: &str) -> Result<App, StoreError> {
        self.find(id).await?.ok_or_else(|| not_found(id))
    }

    /// The app with this id, if there is one.
    pub async fn find(&self, id: &str) -> Result<Option<App>, StoreError> {
        sqlx::query_as!(
            App,
            "SELECT id, name, document, summary, revision, created_at, updated_at FROM apps WHERE id = ?",
            id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Those with exactly this name, in any case. Names need not be unique.
    pub async fn named(&self, name: &str) -> Result<Vec<App>, StoreError> {
        let folded = name.trim().to_lowercase();
        sqlx::query_as!(
            App,
            "SELECT id, name, document, summary, revision, created_at, updated_at FROM apps
             WHERE folded_name = ? ORDER BY id",
            folded
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Adds an app, at revision 1.
    pub async fn create(&self, id: &str, content: AppContent<'_>) -> Result<App, StoreError> {
        let (now, folded) = (self.store.now(), content.name.trim().to_lowercase());
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "INSERT INTO apps (id, name, folded_name, document, summary, revision, created_at, updated_at)
             VALUES (?1, ?2, ?3, ?4, ?5, 1, ?6, ?6)",
            id,
            content.name,
            folded,
            content.document,
            content.summary,
            now
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.taken(error, id))?;
        self.store.commit(write).await?;
        Ok(App {
            id: id.to_owned(),
            name: content.name.to_owned(),
            document: content.document.to_owned(),
            summary: content.summary.to_owned(),
            revision: 1,
            created_at: now,
            updated_at: now,
        })
    }

    /// Saves a change that was made on `expected_revision`, and drops the draft. [`StoreError::Conflict`] if it is
    /// at another revision now; nothing is changed then.
    pub async fn save(
        &self,
        id: &str,
        content: AppContent<'_>,
        expected_revision: i64,
    ) -> Result<App, StoreError> {
        let (now, folded) = (self.store.now(), content.name.trim().to_lowercase());
        let mut write = self.store.begin(Durability::Full).await?;
        let stored = self.revision(&mut write, id).await?;
        if stored != expected_revision {
            return Err(StoreError::Conflict {
                what: "app",
                id: id.to_owned(),
                expected: expected_revision,
                stored,
            });
        }
        let saved = sqlx::query_as!(
            App,
            "UPDATE apps SET name = ?2, folded_name = ?3, document = ?4, summary = ?5, revision = revision + 1,
             updated_at = ?6 WHERE id = ?1
             RETURNING id, name, document, summary, revision, created_at, updated_at",
            id,
            content.name,
            folded,
            content.document,
            content.summary,
            now
        )
        .fetch_one(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        sqlx::query!("DELETE FROM app_drafts WHERE app_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await?;
        Ok(saved)
    }

    /// Removes it with its draft and its choice of accounts. Connectors and their sign-ins stay.
    pub async fn delete(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        self.revision(&mut write, id).await?;
        sqlx::query!("DELETE FROM apps WHERE id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        forget_app(self.store, &mut write, id).await?;
        self.store.commit(write).await
    }

    async fn revision(&self, write: &mut Write, id: &str) -> Result<i64, StoreError> {
        sqlx::query_scalar!("SELECT revision FROM apps WHERE id = ?", id)
            .fetch_optional(&mut **write)
            .await
            .map_err(|error| self.store.fault(error))?
            .ok_or_else(|| not_found(id))
    }

    fn taken(&self, error: sqlx::Error, id: &str) -> StoreError {
        match SqliteFault::of(&error) {
            SqliteFault::Unique => StoreError::Taken {
                what: "an app with the id",
                name: id.to_owned(),
            },
            _ => self.store.fault(error),
        }
    }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "app",
        id: id.to_owned(),
    }
}

#[cfg(test)]
mod tests;
