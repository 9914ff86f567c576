//! `connectors`: the library. A change names the revision it was made on, so that two editors never overwrite
//! each other in silence.

mod file;

use crate::error::{SqliteFault, StoreError};
use crate::store::{Durability, Store, Write};
use crate::table::{app_accounts, outputs};

pub use file::ConnectorFile;
use file::columns;

/// A connector as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Connector {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The connector file's text.
    pub document: String,
    /// The caller's own summary, for lists.
    pub summary: String,
    /// The file it was opened from and is saved to.
    pub file_path: Option<String>,
    /// What the caller calls that file's text as it was when the two were the same last.
    pub file_hash: Option<String>,
    /// The id in that file, where it is another than this one; empty where it has none.
    pub file_own_id: Option<String>,
    /// Counts its saves, from 1.
    pub revision: i64,
    /// Unix seconds.
    pub created_at: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// What the caller calls the state that was tested last.
    pub tested_hash: Option<String>,
    /// Whether that test passed.
    pub tested_ok: Option<bool>,
}

/// A connector as a list shows it, without its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorEntry {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The caller's own summary.
    pub summary: String,
    /// The file it was opened from and is saved to.
    pub file_path: Option<String>,
    /// Counts its saves, from 1.
    pub revision: i64,
    /// Unix seconds.
    pub updated_at: i64,
    /// What the caller calls the state that was tested last.
    pub tested_hash: Option<String>,
    /// Whether that test passed.
    pub tested_ok: Option<bool>,
    /// Whether there is unsaved work.
    pub has_draft: bool,
    /// Whether any outputs are cached for it.
    pub has_outputs: bool,
}

/// A part of what a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConnectorPage {
    /// How many were found in all.
    pub total: u32,
    /// Those of this part, by name.
    pub entries: Vec<ConnectorEntry>,
}

/// A connector's texts alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConnectorDocuments {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The connector file's text.
    pub document: String,
    /// Unsaved work, valid or not.
    pub draft: Option<String>,
}

/// What a save stores.
#[derive(Clone, Copy, Debug)]
pub struct ConnectorContent<'a> {
    /// Its name.
    pub name: &'a str,
    /// The connector file's text.
    pub document: &'a str,
    /// What a list should show; any text.
    pub summary: &'a str,
    /// The file it is saved to as well.
    pub file: Option<ConnectorFile<'a>>,
}

/// The table `connectors`.
pub struct Connectors<'a> {
    store: &'a Store,
}

impl Store {
    /// The library.
    pub fn connectors(&self) -> Connectors<'_> {
        Connectors { store: self }
    }
}

impl Connectors<'_> {
    /// Those whose name contains the text, in any case; all for an empty text. By name.
    pub async fn list(&self, name_contains: &str) -> Result<Vec<ConnectorEntry>, StoreError> {
        let wanted = name_contains.trim().to_lowercase();
        sqlx::query_as!(
            ConnectorEntry,
            r#"SELECT id, name, summary, file_path, revision, updated_at, tested_hash, tested_ok AS "tested_ok: bool",
               EXISTS (SELECT 1 FROM drafts WHERE drafts.connector_id = connectors.id) AS "has_draft!: bool",
               EXISTS (SELECT 1 FROM outputs WHERE outputs.connector_id = connectors.id) AS "has_outputs!: bool"
               FROM connectors WHERE ?1 = '' OR instr(folded_name, ?1) > 0 ORDER BY folded_name, id"#,
            wanted
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Those whose name or address contains the text, in any case (of the address, ASCII letters in any case); all for
    /// an empty text. By name, at most `most` of them, those before `offset` left out.
    pub async fn page(
        &self,
        text: &str,
        offset: u32,
        most: u32,
    ) -> Result<ConnectorPage, StoreError> {
        let wanted = text.trim().to_lowercase();
        // By the index alone: the way SQLite would choose to count goes through all rows.
        let total = sqlx::query_scalar!(
            r#"SELECT count(*) AS "count!: u32" FROM connectors INDEXED BY connectors_by_name
               WHERE ?1 = '' OR instr(folded_name, ?1) > 0
               OR instr(CASE WHEN json_valid(summary) THEN lower(json_extract(summary, '$.base_url')) END, ?1) > 0"#,
            wanted
        )
        .fetch_one(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        let entries = sqlx::query_as!(
            ConnectorEntry,
            r#"SELECT id, name, summary, file_path, revision, updated_at, tested_hash, tested_ok AS "tested_ok: bool",
               EXISTS (SELECT 1 FROM drafts WHERE drafts.connector_id = connectors.id) AS "has_draft!: bool",
               EXISTS (SELECT 1 FROM outputs WHERE outputs.connector_id = connectors.id) AS "has_outputs!: bool"
               FROM connectors INDEXED BY connectors_by_name
               WHERE ?1 = '' OR instr(folded_name, ?1) > 0
               OR instr(CASE WHEN json_valid(summary) THEN lower(json_extract(summary, '$.base_url')) END, ?1) > 0
               ORDER BY folded_name, id LIMIT ?3 OFFSET ?2"#,
            wanted,
            offset,
            most
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(ConnectorPage { total, entries })
    }

    /// The texts of all connectors, by name: for whoever needs what is in each of them.
    pub async fn documents(&self) -> Result<Vec<ConnectorDocuments>, StoreError> {
        sqlx::query_as!(
            ConnectorDocuments,
            r#"SELECT id, name, connectors.document, drafts.document AS "draft?" FROM connectors
               LEFT JOIN drafts ON drafts.connector_id = connectors.id ORDER BY folded_name, id"#
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// The connector with this id.
    pub async fn get(&self, id: &str) -> Result<Connector, StoreError> {
        self.find(id).await?.ok_or_else(|| not_found(id))
    }

    /// The connector with this id, if there is one.
    pub async fn find(&self, id: &str) -> Result<Option<Connector>, StoreError> {
        sqlx::query_as!(
            Connector,
            r#"SELECT id, name, document, summary, file_path, file_hash, file_own_id, revision, created_at, updated_at, tested_hash,
               tested_ok AS "tested_ok: bool" FROM connectors WHERE id = ?"#,
            id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Those with exactly this name, in any case. Names need not be unique.
    pub async fn named(&self, name: &str) -> Result<Vec<Connector>, StoreError> {
        let folded = name.trim().to_lowercase();
        sqlx::query_as!(
            Connector,
            r#"SELECT id, name, document, summary, file_path, file_hash, file_own_id, revision, created_at, updated_at, tested_hash,
               tested_ok AS "tested_ok: bool" FROM connectors WHERE folded_name = ? ORDER BY id"#,
            folded
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Adds a connector, at revision 1.
    pub async fn create(
        &self,
        id: &str,
        content: ConnectorContent<'_>,
    ) -> Result<Connector, StoreError> {
        let (now, folded) = (self.store.now(), content.name.trim().to_lowercase());
        let (file_path, file_hash, file_own_id) = columns(content.file);
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "INSERT INTO connectors (id, name, folded_name, document, summary, file_path, revision, created_at, updated_at,
             file_hash, file_own_id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, 1, ?7, ?7, ?8, ?9)",
            id,
            content.name,
            folded,
            content.document,
            content.summary,
            file_path,
            now,
            file_hash,
            file_own_id
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.taken(error, id, file_path))?;
        self.store.commit(write).await?;
        Ok(Connector {
            id: id.to_owned(),
            name: content.name.to_owned(),
            document: content.document.to_owned(),
            summary: content.summary.to_owned(),
            file_path: file_path.map(str::to_owned),
            file_hash: file_hash.map(str::to_owned),
            file_own_id: file_own_id.map(str::to_owned),
            revision: 1,
            created_at: now,
            updated_at: now,
            tested_hash: None,
            tested_ok: None,
        })
    }

    /// Saves a change that was made on `expected_revision`, and drops the draft. [`StoreError::Conflict`] if it is
    /// at another revision now; nothing is changed then.
    pub async fn save(
        &self,
        id: &str,
        content: ConnectorContent<'_>,
        expected_revision: i64,
    ) -> Result<Connector, StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let stored = self.revision(&mut write, id).await?;
        if stored != expected_revision {
            return Err(StoreError::Conflict {
                what: "connector",
                id: id.to_owned(),
                expected: expected_revision,
                stored,
            });
        }
        self.update(&mut write, id, content).await?;
        sqlx::query!("DELETE FROM drafts WHERE connector_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await?;
        self.get(id).await
    }

    async fn update(
        &self,
        write: &mut Write,
        id: &str,
        content: ConnectorContent<'_>,
    ) -> Result<(), StoreError> {
        let (now, folded) = (self.store.now(), content.name.trim().to_lowercase());
        let (file_path, file_hash, file_own_id) = columns(content.file);
        sqlx::query!(
            "UPDATE connectors SET name = ?2, folded_name = ?3, document = ?4, summary = ?5, file_path = ?6,
             revision = revision + 1, updated_at = ?7, file_hash = ?8, file_own_id = ?9 WHERE id = ?1",
            id,
            content.name,
            folded,
            content.document,
            content.summary,
            file_path,
            now,
            file_hash,
            file_own_id
        )
        .execute(&mut **write)
        .await
        .map_err(|error| self.taken(error, id, file_path))?;
        Ok(())
    }

    /// Removes it with all that belongs to it: draft, secrets, accounts and the choice of them, cached outputs, activity, runs. A run under way
    /// stores nothing afterwards.
    pub async fn delete(&self, id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        self.revision(&mut write, id).await?;
        let fault = |error| self.store.fault(error);
        sqlx::query!("DELETE FROM connectors WHERE id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        sqlx::query!("DELETE FROM secret_variables WHERE connector_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        sqlx::query!("DELETE FROM accounts WHERE connector_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        sqlx::query!("DELETE FROM runs WHERE connector_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        sqlx::query!("DELETE FROM session_activity WHERE connector_id = ?", id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        app_accounts::forget_connector(self.store, &mut write, id).await?;
        outputs::forget_connector(self.store, &mut write, id).await?;
        self.store.commit(write).await
    }

    async fn revision(&self, write: &mut Write, id: &str) -> Result<i64, StoreError> {
        sqlx::query_scalar!("SELECT revision FROM connectors WHERE id = ?", id)
            .fetch_optional(&mut **write)
            .await
            .map_err(|error| self.store.fault(error))?
            .ok_or_else(|| not_found(id))
    }

    fn taken(&self, error: sqlx::Error, id: &str, file_path: Option<&str>) -> StoreError {
        if SqliteFault::of(&error) != SqliteFault::Unique {
            return self.store.fault(error);
        }
        let on_file = error
            .as_database_error()
            .is_some_and(|error| error.message().contains("file_path"));
        match file_path {
            Some(path) if on_file => StoreError::Taken {
                what: "a connector saved to",
                name: path.to_owned(),
            },
            _ => StoreError::Taken {
                what: "a connector with the id",
                name: id.to_owned(),
            },
        }
    }
}

fn not_found(id: &str) -> StoreError {
    StoreError::NotFound {
        what: "connector",
        id: id.to_owned(),
    }
}

#[cfg(test)]
mod tests;
