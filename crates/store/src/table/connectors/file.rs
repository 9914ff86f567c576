//! The file that a connector lives in, beside the library.

use super::{Connector, ConnectorContent, Connectors};
use crate::error::StoreError;
use crate::store::Durability;

/// The file that a connector was opened from and is saved to, as it was when the two were the same last.
#[derive(Clone, Copy, Debug)]
pub struct ConnectorFile<'a> {
    /// Where it is.
    pub path: &'a str,
    /// What the caller calls its text.
    pub hash: &'a str,
    /// The id in it, where it is another than the connector's here; empty where it has none.
    pub own_id: Option<&'a str>,
}

impl Connectors<'_> {
    /// The one that is saved to this file.
    pub async fn of_file(&self, file_path: &str) -> Result<Option<Connector>, StoreError> {
        sqlx::query_as!(
            Connector,
            r#"SELECT id, name, document, summary, file_path, file_hash, file_own_id, revision, created_at, updated_at, tested_hash,
               tested_ok AS "tested_ok: bool" FROM connectors WHERE file_path = ?"#,
            file_path
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Takes over what its file says by now, unless somebody works on it: nothing is changed, and `None` given, where
    /// there is a draft or it is at another revision.
    pub async fn follow_file(
        &self,
        id: &str,
        content: ConnectorContent<'_>,
        expected_revision: i64,
    ) -> Result<Option<Connector>, StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let drafts = sqlx::query_scalar!("SELECT count(*) FROM drafts WHERE connector_id = ?", id)
            .fetch_one(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        if drafts > 0 || self.revision(&mut write, id).await? != expected_revision {
            return Ok(None);
        }
        self.update(&mut write, id, content).await?;
        self.store.commit(write).await?;
        self.get(id).await.map(Some)
    }

    /// Says which file it is saved to from now on; none where it is the library's alone.
    pub async fn set_file(
        &self,
        id: &str,
        file: Option<ConnectorFile<'_>>,
    ) -> Result<(), StoreError> {
        let (file_path, file_hash, file_own_id) = columns(file);
        let mut write = self.store.begin(Durability::Full).await?;
        self.revision(&mut write, id).await?;
        sqlx::query!(
            "UPDATE connectors SET file_path = ?2, file_hash = ?3, file_own_id = ?4 WHERE id = ?1",
            id,
            file_path,
            file_hash,
            file_own_id
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.taken(error, id, file_path))?;
        self.store.commit(write).await
    }

    /// Notes that its file looks different by now and says the same; nothing where it is saved elsewhere by now, or at
    /// another revision.
    pub async fn note_file_hash(
        &self,
        id: &str,
        file: ConnectorFile<'_>,
        revision: i64,
    ) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "UPDATE connectors SET file_hash = ?4, file_own_id = ?5 WHERE id = ?1 AND file_path = ?2 AND revision = ?3",
            id,
            file.path,
            revision,
            file.hash,
            file.own_id
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

pub(super) type FileColumns<'a> = (Option<&'a str>, Option<&'a str>, Option<&'a str>);

/// A file's path, hash and own id.
pub(super) fn columns(file: Option<ConnectorFile<'_>>) -> FileColumns<'_> {
    (
        file.map(|file| file.path),
        file.map(|file| file.hash),
        file.and_then(|file| file.own_id),
    )
}
