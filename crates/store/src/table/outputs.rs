//! `outputs`: what sign-ins left behind, sealed, for one account or for all (shared).
//!
//! Bound to connector, scope and fingerprint: whoever asks with another fingerprint gets nothing. Clearing counts
//! up the connector's generation, and a run that began before the clear stores nothing after it. What may be stored
//! when is in `basis`, storing in `writing`, what the disk would not take in `holding`.

mod basis;
mod cached;
mod clearing;
mod holding;
mod writing;

use std::sync::Arc;

use crate::error::StoreError;
use crate::stamp::Stamp;
use crate::store::{Durability, Store};
use crate::vault::{Place, Vault};

pub use basis::Basis;
pub(crate) use basis::{Expected, State};
use cached::Form;
pub use cached::{CachedOutputs, Cleared, NewOutputs, OutputsStatus, Scope, Stored};
use clearing::clear;
pub(crate) use clearing::{change_stamp, forget_account, forget_all_outputs, forget_connector};
pub use holding::HeldOutputs;

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
    revision: i64,
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
        if let Some(held) = self.held_now(connector_id, &scope, vault).await? {
            return Ok(Some(held).filter(|held| held.fingerprint == fingerprint));
        }
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
            "SELECT fingerprint, ciphertext, expires_at, stored_at, generation, revision, stamp
             FROM outputs, output_stamp WHERE connector_id = ? AND scope = ?",
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
            revision: row.revision,
            fingerprint: row.fingerprint,
            form: Form::default(),
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
        let outputs = self.session_now(connector_id, scope, vault).await?;
        Ok(outputs.filter(|outputs| outputs.fingerprint == fingerprint))
    }

    /// What a vault of this session only holds, if nobody cleared it since.
    async fn session_now(
        &self,
        connector_id: &str,
        scope: &str,
        vault: &Vault,
    ) -> Result<Option<Arc<CachedOutputs>>, StoreError> {
        let Some(outputs) = vault.session().outputs(connector_id, scope) else {
            return Ok(None);
        };
        let state = State::read(self.store.readers(), connector_id, scope)
            .await
            .map_err(|error| self.store.fault(error))?;
        if state.was_cleared(outputs.generation) {
            vault
                .session()
                .drop_outputs(connector_id, scope, outputs.revision);
            return Ok(None);
        }
        Ok(Some(outputs))
    }

    /// Clears cached outputs, also against runs that are under way in any process. Gives the number cleared from
    /// the disk.
    pub async fn clear(&self, connector_id: &str, what: Cleared<'_>) -> Result<u64, StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let cleared = clear(self.store, &mut write, connector_id, what).await?;
        self.store.commit(write).await?;
        Ok(cleared)
    }

    /// What is cached for the connector, on the disk or held. With a vault of this session only, what that holds.
    pub async fn status(
        &self,
        connector_id: &str,
        vault: &Vault,
    ) -> Result<Vec<OutputsStatus>, StoreError> {
        if vault.is_session_only() {
            let mut current = Vec::new();
            for scope in vault.session().scopes(connector_id) {
                if let Some(outputs) = self.session_now(connector_id, &scope, vault).await? {
                    current.push(status_of(&scope, &outputs, false));
                }
            }
            return Ok(current);
        }
        let rows = sqlx::query!(
            "SELECT scope, fingerprint, expires_at, stored_at FROM outputs WHERE connector_id = ? ORDER BY scope",
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        let mut all: Vec<_> = rows
            .into_iter()
            .map(|row| OutputsStatus {
                account: Scope::of_text(&row.scope).account().map(str::to_owned),
                fingerprint: row.fingerprint,
                expires_at: row.expires_at,
                stored_at: row.stored_at,
                held: false,
            })
            .collect();
        for held in vault.held().all() {
            if held.connector_id == connector_id
                && let Some(outputs) = self.held_now(connector_id, &held.scope, vault).await?
            {
                let status = status_of(&held.scope, &outputs, true);
                all.retain(|other| other.account != status.account);
                all.push(status);
            }
        }
        Ok(all)
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

fn status_of(scope: &str, outputs: &CachedOutputs, held: bool) -> OutputsStatus {
    OutputsStatus {
        account: Scope::of_text(scope).account().map(str::to_owned),
        fingerprint: outputs.fingerprint.clone(),
        expires_at: outputs.expires_at,
        stored_at: outputs.stored_at,
        held,
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
