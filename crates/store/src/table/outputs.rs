//! `outputs`: what sign-ins left behind, sealed, for one account or for all (shared).
//!
//! Bound to connector, scope and fingerprint: whoever asks with another fingerprint gets nothing. Clearing counts
//! up the connector's generation, and a run that began before the clear stores nothing after it.

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::stamp::Stamp;
use crate::store::{Durability, Store, Write};
use crate::vault::{Place, Vault, VaultError};

/// Whose outputs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope<'a> {
    /// One account's own, by the account's id.
    Account(&'a str),
    /// Those of steps with shared credentials.
    Shared,
}

impl Scope<'_> {
    fn text(self) -> String {
        match self {
            Self::Account(id) => format!("account:{id}"),
            Self::Shared => "shared".to_owned(),
        }
    }
}

/// What is to be cleared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cleared<'a> {
    /// One account's own outputs.
    Account(&'a str),
    /// All accounts' own outputs, not the shared ones.
    Accounts,
    /// The shared ones.
    Shared,
    /// All.
    Everything,
}

/// Cached outputs, open. The text is wiped when it is dropped, and never shown by `Debug`.
pub struct CachedOutputs {
    json: Zeroizing<Vec<u8>>,
    fingerprint: String,
    /// Unix seconds; nothing if it is not known to expire.
    pub expires_at: Option<i64>,
    /// Unix seconds.
    pub stored_at: i64,
    /// The connector's generation that they belong to.
    pub generation: i64,
}

impl CachedOutputs {
    /// The outputs as they were given to [`Outputs::write`].
    pub fn json(&self) -> &[u8] {
        &self.json
    }
}

impl std::fmt::Debug for CachedOutputs {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("CachedOutputs")
            .field("expires_at", &self.expires_at)
            .field("stored_at", &self.stored_at)
            .field("generation", &self.generation)
            .finish_non_exhaustive()
    }
}

/// Outputs to be cached.
#[derive(Clone, Copy)]
pub struct NewOutputs<'a> {
    /// What they are bound to: the auth block and its origins.
    pub fingerprint: &'a str,
    /// The outputs, in the caller's form.
    pub json: &'a [u8],
    /// Unix seconds; nothing if they are not known to expire.
    pub expires_at: Option<i64>,
}

/// Whether outputs were stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stored {
    /// They are on the disk (or, for a session only, in memory).
    Yes,
    /// They are not: the cache was cleared since the generation was read.
    ClearedMeanwhile,
}

/// What is cached, without opening it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputsStatus {
    /// The account's id; nothing for the shared ones.
    pub account: Option<String>,
    /// What they are bound to.
    pub fingerprint: String,
    /// Unix seconds.
    pub expires_at: Option<i64>,
    /// Unix seconds.
    pub stored_at: i64,
}

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

async fn clear(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
    what: Cleared<'_>,
) -> Result<u64, StoreError> {
    let fault = |error| store.fault(error);
    let (one, all_accounts, shared) = match what {
        Cleared::Account(id) => (Scope::Account(id).text(), false, false),
        Cleared::Accounts => (String::new(), true, false),
        Cleared::Shared => (String::new(), false, true),
        Cleared::Everything => (String::new(), true, true),
    };
    let cleared = sqlx::query!(
        "DELETE FROM outputs WHERE connector_id = ?1 AND (scope = ?2 OR (?3 AND scope <> 'shared') OR (?4 AND scope = 'shared'))",
        connector_id,
        one,
        all_accounts,
        shared
    )
    .execute(&mut **write)
    .await
    .map_err(fault)?;
    sqlx::query!(
        "INSERT INTO output_generations (connector_id, generation) VALUES (?, 1)
         ON CONFLICT (connector_id) DO UPDATE SET generation = generation + 1",
        connector_id
    )
    .execute(&mut **write)
    .await
    .map_err(fault)?;
    change_stamp(store, write).await?;
    Ok(cleared.rows_affected())
}

/// For the deletion of a connector, in its transaction.
pub(crate) async fn forget_connector(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
) -> Result<(), StoreError> {
    clear(store, write, connector_id, Cleared::Everything)
        .await
        .map(drop)
}

/// For the deletion of an account, in its transaction.
pub(crate) async fn forget_account(
    store: &Store,
    write: &mut Write,
    connector_id: &str,
    account_id: &str,
) -> Result<(), StoreError> {
    clear(store, write, connector_id, Cleared::Account(account_id))
        .await
        .map(drop)
}

/// For giving up a vault, in its transaction.
pub(crate) async fn forget_all_outputs(store: &Store, write: &mut Write) -> Result<(), StoreError> {
    let fault = |error| store.fault(error);
    sqlx::query!(
        "INSERT INTO output_generations (connector_id, generation) SELECT DISTINCT connector_id, 0 FROM outputs WHERE true
         ON CONFLICT (connector_id) DO NOTHING"
    )
    .execute(&mut **write)
    .await
    .map_err(fault)?;
    sqlx::query!("UPDATE output_generations SET generation = generation + 1")
        .execute(&mut **write)
        .await
        .map_err(fault)?;
    sqlx::query!("DELETE FROM outputs")
        .execute(&mut **write)
        .await
        .map_err(fault)?;
    change_stamp(store, write).await
}

/// The last thing before the commit of whatever changes outputs or generations.
async fn change_stamp(store: &Store, write: &mut Write) -> Result<(), StoreError> {
    let mut stamp = Stamp::default();
    getrandom::fill(&mut stamp).map_err(VaultError::Random)?;
    let bytes = stamp.as_slice();
    sqlx::query!("UPDATE output_stamp SET stamp = ?", bytes)
        .execute(&mut **write)
        .await
        .map_err(|error| store.fault(error))?;
    store.stamp().write(&stamp)
}

#[cfg(test)]
mod tests;
