//! A new data key, and every row sealed again under it.
//!
//! Each step leaves a state that works: first the new key is there and active, with old rows still under the old
//! key; then rows move over in small transactions; last the old key goes, once nothing is under it. Whoever is
//! killed between continues with [`Vault::finish_rotation`].

use crate::error::StoreError;
use crate::store::{Durability, Store, Write};
use crate::vault::key::Key;
use crate::vault::sealed::{Place, key_id};
use crate::vault::wrapped::wrap_data_key;
use crate::vault::{Vault, VaultError, records};

/// Rows that move over in one transaction: few enough that other writers hardly wait.
const BATCH: i64 = 64;

/// What a rotation did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rotation {
    /// Rows that are now under the active key.
    pub resealed: u64,
    /// Rows that could not be opened. They stay as they are, and so does their key.
    pub unreadable: u64,
}

/// A sealed row of either table, with what its place is made of.
struct SealedRow {
    row_id: i64,
    parts: [String; 3],
    ciphertext: Vec<u8>,
}

impl Vault {
    /// Makes a new data key and moves everything over to it.
    pub async fn rotate(&self, store: &Store) -> Result<Rotation, StoreError> {
        self.start_rotation(store).await?;
        self.finish_rotation(store).await
    }

    /// Whether rows are still under an older data key.
    pub async fn is_rotation_pending(&self, store: &Store) -> Result<bool, StoreError> {
        sqlx::query_scalar!(r#"SELECT count(*) > 1 AS "pending!: bool" FROM vault_keys"#)
            .fetch_one(store.readers())
            .await
            .map_err(|error| store.fault(error))
    }

    /// The first step alone: a new key that seals from now on.
    pub(crate) async fn start_rotation(&self, store: &Store) -> Result<(), StoreError> {
        self.must_be_kept()?;
        let fault = |error| store.fault(error);
        let mut write = store.begin(Durability::Full).await?;
        self.must_be_current(store, &mut write).await?;
        let last = sqlx::query_scalar!(r#"SELECT max(key_id) AS "last!: i64" FROM vault_keys"#)
            .fetch_one(&mut *write)
            .await
            .map_err(fault)?;
        let next = u32::try_from(last + 1).map_err(|_| VaultError::Broken {
            what: "the data keys' numbers",
        })?;
        let record = wrap_data_key(&self.id, &self.master, next, &Key::random()?)?;
        records::insert_key(&mut write, &record, store.now())
            .await
            .map_err(fault)?;
        sqlx::query!("UPDATE vault SET active_key_id = ?", record.key_id)
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        self.fetch_keys(store, &mut write).await?;
        store.commit(write).await
    }

    /// Moves the rows that are still under an older key, and drops the keys that nothing is under any more.
    pub async fn finish_rotation(&self, store: &Store) -> Result<Rotation, StoreError> {
        self.must_be_kept()?;
        let mut rotation = Rotation::default();
        for table in [Table::Outputs, Table::SecretVariables] {
            let mut after = i64::MIN;
            while let Some(last) = self.move_batch(store, table, after, &mut rotation).await? {
                after = last;
            }
        }
        let mut write = store.begin(Durability::Full).await?;
        self.must_be_current(store, &mut write).await?;
        sqlx::query!(
            "DELETE FROM vault_keys WHERE key_id <> (SELECT active_key_id FROM vault)
             AND key_id NOT IN (SELECT key_id FROM outputs) AND key_id NOT IN (SELECT key_id FROM secret_variables)"
        )
        .execute(&mut *write)
        .await
        .map_err(|error| store.fault(error))?;
        self.fetch_keys(store, &mut write).await?;
        store.commit(write).await?;
        Ok(rotation)
    }

    /// One batch of one table; the last row's id, or nothing if there was none left.
    pub(crate) async fn move_batch(
        &self,
        store: &Store,
        table: Table,
        after: i64,
        rotation: &mut Rotation,
    ) -> Result<Option<i64>, StoreError> {
        let mut write = store.begin(Durability::Full).await?;
        let active = self.must_be_current(store, &mut write).await?;
        let rows = table
            .rows_under_others(store, &mut write, active, after)
            .await?;
        let last = rows.last().map(|row| row.row_id);
        for row in rows {
            let parts = [
                row.parts[0].as_str(),
                row.parts[1].as_str(),
                row.parts[2].as_str(),
            ];
            let place = Place {
                table: table.name(),
                row: &parts,
                column: "ciphertext",
            };
            let Ok(plain) = self.open_sealed(place, &row.ciphertext) else {
                rotation.unreadable += 1;
                continue;
            };
            let (sealed, active) = self.seal_row(store, &mut write, place, &plain).await?;
            debug_assert_eq!(key_id(&sealed).map(i64::from), Ok(active));
            table
                .put_back(store, &mut write, row.row_id, &sealed, active)
                .await?;
            rotation.resealed += 1;
        }
        store.commit(write).await?;
        Ok(last)
    }
}

/// A table with sealed rows.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Table {
    Outputs,
    SecretVariables,
}

impl Table {
    fn name(self) -> &'static str {
        match self {
            Self::Outputs => "outputs",
            Self::SecretVariables => "secret_variables",
        }
    }

    async fn rows_under_others(
        self,
        store: &Store,
        write: &mut Write,
        active: i64,
        after: i64,
    ) -> Result<Vec<SealedRow>, StoreError> {
        let rows = match self {
            Self::Outputs => {
                sqlx::query!(
                    r#"SELECT rowid AS "row_id!: i64", connector_id, scope, fingerprint, ciphertext FROM outputs
                       WHERE key_id <> ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3"#,
                    active,
                    after,
                    BATCH
                )
                .map(|row| SealedRow { row_id: row.row_id, parts: [row.connector_id, row.scope, row.fingerprint], ciphertext: row.ciphertext })
                .fetch_all(&mut **write)
                .await
            }
            Self::SecretVariables => {
                sqlx::query!(
                    r#"SELECT rowid AS "row_id!: i64", connector_id, name, fingerprint, ciphertext FROM secret_variables
                       WHERE key_id <> ?1 AND rowid > ?2 ORDER BY rowid LIMIT ?3"#,
                    active,
                    after,
                    BATCH
                )
                .map(|row| SealedRow { row_id: row.row_id, parts: [row.connector_id, row.name, row.fingerprint], ciphertext: row.ciphertext })
                .fetch_all(&mut **write)
                .await
            }
        };
        rows.map_err(|error| store.fault(error))
    }

    async fn put_back(
        self,
        store: &Store,
        write: &mut Write,
        row_id: i64,
        sealed: &[u8],
        active: i64,
    ) -> Result<(), StoreError> {
        let put = match self {
            Self::Outputs => {
                sqlx::query!(
                    "UPDATE outputs SET ciphertext = ?2, key_id = ?3 WHERE rowid = ?1",
                    row_id,
                    sealed,
                    active
                )
                .execute(&mut **write)
                .await
            }
            Self::SecretVariables => {
                sqlx::query!(
                    "UPDATE secret_variables SET ciphertext = ?2, key_id = ?3 WHERE rowid = ?1",
                    row_id,
                    sealed,
                    active
                )
                .execute(&mut **write)
                .await
            }
        };
        put.map(drop).map_err(|error| store.fault(error))
    }
}
