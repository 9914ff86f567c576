//! `outputs`: what sign-ins left behind, sealed, for one account or for all (shared).
//!
//! Bound to connector, scope and fingerprint: whoever asks with another fingerprint gets nothing. Clearing counts
//! up the connector's generation, and a run that began before the clear stores nothing after it.

mod cached;
mod clearing;

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::stamp::Stamp;
use crate::store::{Durability, Store};
use crate::vault::{Place, Vault};

pub use cached::{CachedOutputs, Cleared, NewOutputs, OutputsStatus, Scope, Stored};
use clearing::{change_stamp, clear};
pub(crate) use clearing::{forget_account, forget_all_outputs, forget_connector};

/// The table `outputs`.
pub struct Outputs<'a> {
    store: &'a Store,
}

impl Store {
    /// Cached outputs.
    pub fn outputs(&self) -> Outputs<'_> {
        Outputs { store: self }
    }
}

struct OutputsRow {
    fingerprint: String,
    ciphertext: Vec<u8>,
    expires_at: Option<i64>,
    stored_at: i64,
    generation: i64,
    stamp: Vec<u8>,
}

impl Outputs<'_> {
    /// The connector's generation. A run reads it when it starts, and gives it to [`Outputs::write`].
    pub async fn generation(&self, connector_id: &str) -> Result<i64, StoreError> {
        let generation = sqlx::query_scalar!(
            "SELECT generation FROM output_generations WHERE connector_id = ?",
            connector_id
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(generation.unwrap_or_default())
    }

    /// The outputs, if there are any and they are bound to this fingerprint. Expired ones too: what a time means is
    /// for the caller.
    ///
    /// The first read of a row opens it; later ones cost a look at the stamp file, until anything changes.
    pub async fn read(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        fingerprint: &str,
        vault: &Vault,
    ) -> Result<Option<Arc<CachedOutputs>>, StoreError> {
        let scope = scope.text();
        let stamp = self.store.stamp().read();
        if let Some(copy) = stamp.and_then(|stamp| vault.opened().get(connector_id, &scope, &stamp))
        {
            return Ok(Some(copy).filter(|copy| copy.fingerprint == fingerprint));
        }
        if vault.is_session_only() {
            return self
                .read_session(connector_id, &scope, fingerprint, vault)
                .await;
        }
        let row = sqlx::query_as!(
            OutputsRow,
            "SELECT fingerprint, ciphertext, expires_at, stored_at, generation, stamp FROM outputs, output_stamp
             WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        let Some(row) = row.filter(|row| row.fingerprint == fingerprint) else {
            vault.opened().drop_copy(connector_id, &scope);
            return Ok(None);
        };
        let place_row = [connector_id, &scope, &row.fingerprint];
        let json = vault
            .open_row(self.store, place(&place_row), &row.ciphertext)
            .await?;
        let outputs = Arc::new(CachedOutputs {
            json,
            expires_at: row.expires_at,
            stored_at: row.stored_at,
            generation: row.generation,
            fingerprint: row.fingerprint,
        });
        if let Ok(snapshot) = Stamp::try_from(row.stamp) {
            vault
                .opened()
                .put(connector_id, &scope, snapshot, Arc::clone(&outputs));
            if stamp != Some(snapshot) {
                self.align_stamp().await;
            }
        }
        Ok(Some(outputs))
    }

    async fn read_session(
        &self,
        connector_id: &str,
        scope: &str,
        fingerprint: &str,
        vault: &Vault,
    ) -> Result<Option<Arc<CachedOutputs>>, StoreError> {
        let Some(outputs) = vault.session().outputs(connector_id, scope) else {
            return Ok(None);
        };
        if outputs.generation != self.generation(connector_id).await? {
            vault.session().drop_outputs(connector_id, scope);
            return Ok(None);
        }
        Ok(Some(outputs).filter(|outputs| outputs.fingerprint == fingerprint))
    }

    /// Stores outputs, on the disk before it returns, unless the cache was cleared since `generation` was read.
    pub async fn write(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        outputs: NewOutputs<'_>,
        generation: i64,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let (scope, now) = (scope.text(), self.store.now());
        let NewOutputs {
            fingerprint,
            json,
            expires_at,
        } = outputs;
        if vault.is_session_only() {
            if self.generation(connector_id).await? != generation {
                return Ok(Stored::ClearedMeanwhile);
            }
            let json = Zeroizing::new(json.to_vec());
            let cached = CachedOutputs {
                json,
                fingerprint: fingerprint.to_owned(),
                expires_at,
                stored_at: now,
                generation,
            };
            vault
                .session()
                .put_outputs(connector_id, &scope, Arc::new(cached));
            return Ok(Stored::Yes);
        }
        let mut write = self.store.begin(Durability::Full).await?;
        let current = sqlx::query_scalar!(
            "SELECT generation FROM output_generations WHERE connector_id = ?",
            connector_id
        )
        .fetch_optional(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        if current.unwrap_or_default() != generation {
            return Ok(Stored::ClearedMeanwhile);
        }
        let row = [connector_id, &scope, fingerprint];
        let (ciphertext, key_id) = vault
            .seal_row(self.store, &mut write, place(&row), json)
            .await?;
        sqlx::query!(
            "INSERT OR REPLACE INTO outputs
             (connector_id, scope, fingerprint, ciphertext, key_id, expires_at, stored_at, generation)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            connector_id,
            scope,
            fingerprint,
            ciphertext,
            key_id,
            expires_at,
            now,
            generation
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await?;
        vault.opened().drop_copy(connector_id, &scope);
        Ok(Stored::Yes)
    }

    /// Clears cached outputs, also against runs that are under way in any process. Gives the number cleared from
    /// the disk.
    pub async fn clear(&self, connector_id: &str, what: Cleared<'_>) -> Result<u64, StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let cleared = clear(self.store, &mut write, connector_id, what).await?;
        self.store.commit(write).await?;
        Ok(cleared)
    }

    /// What is cached for the connector. With a vault of this session only, what that holds.
    pub async fn status(
        &self,
        connector_id: &str,
        vault: &Vault,
    ) -> Result<Vec<OutputsStatus>, StoreError> {
        if vault.is_session_only() {
            let generation = self.generation(connector_id).await?;
            let held = vault.session().all_outputs(connector_id).into_iter();
            let current = held.filter(|(_, outputs)| outputs.generation == generation);
            return Ok(current
                .map(|(scope, outputs)| {
                    status(
                        &scope,
                        outputs.fingerprint.clone(),
                        outputs.expires_at,
                        outputs.stored_at,
                    )
                })
                .collect());
        }
        let rows = sqlx::query!(
            "SELECT scope, fingerprint, expires_at, stored_at FROM outputs WHERE connector_id = ? ORDER BY scope",
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(rows
            .into_iter()
            .map(|row| status(&row.scope, row.fingerprint, row.expires_at, row.stored_at))
            .collect())
    }

    /// The connectors that have outputs on the disk, in the library or only files.
    pub async fn connector_ids(&self) -> Result<Vec<String>, StoreError> {
        sqlx::query_scalar!("SELECT DISTINCT connector_id FROM outputs ORDER BY connector_id")
            .fetch_all(self.store.readers())
            .await
            .map_err(|error| self.store.fault(error))
    }

    /// The file's stamp may be one that a killed writer left, or be missing. A new one, once, makes copies in
    /// memory usable again. Where it cannot be written, reads go to the database as before.
    async fn align_stamp(&self) {
        if !self.store.stamp().take_alignment() {
            return;
        }
        let aligned = async {
            let mut write = self.store.begin(Durability::Full).await?;
            change_stamp(self.store, &mut write).await?;
            self.store.commit(write).await
        };
        if let Err(error) = aligned.await {
            tracing::debug!(%error, "the stamp file was not aligned");
        }
    }
}

fn status(
    scope: &str,
    fingerprint: String,
    expires_at: Option<i64>,
    stored_at: i64,
) -> OutputsStatus {
    OutputsStatus {
        account: scope.strip_prefix("account:").map(str::to_owned),
        fingerprint,
        expires_at,
        stored_at,
    }
}

fn place<'a>(row: &'a [&'a str]) -> Place<'a> {
    Place {
        table: "outputs",
        row,
        column: "ciphertext",
    }
}

#[cfg(test)]
mod tests;
