//! `pending_authorizations`: the journal of sign-ins that wait for a browser. An entry that outlives its program tells
//! whose sign-in was interrupted. States and codes are deliberately not here, only digests of states.

use crate::error::StoreError;
use crate::store::{Durability, Store};

/// How long an entry is kept after its sign-in is over, in seconds: an answer that comes a day late is still known.
const KEPT_AFTERWARDS: i64 = 24 * 60 * 60;

/// The table `pending_authorizations`.
pub struct PendingAuthorizations<'a> {
    store: &'a Store,
}

impl Store {
    /// The journal of sign-ins that wait for a browser.
    pub fn pending_authorizations(&self) -> PendingAuthorizations<'_> {
        PendingAuthorizations { store: self }
    }
}

/// A sign-in that begins to wait.
#[derive(Clone, Copy, Debug)]
pub struct NewPendingAuthorization<'a> {
    /// The state's SHA-256 in lower-case hex.
    pub state_digest: &'a str,
    /// Whose sign-in it is.
    pub connector_id: &'a str,
    /// The step that waits.
    pub step: &'a str,
    /// When the wait is over, in Unix seconds.
    pub expires_at: i64,
}

/// A sign-in in the journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PendingAuthorization {
    /// Whose sign-in it is.
    pub connector_id: String,
    /// The step that waits.
    pub step: String,
    /// When it began, in Unix seconds.
    pub started_at: i64,
    /// When the wait is over, in Unix seconds.
    pub expires_at: i64,
}

impl PendingAuthorizations<'_> {
    /// Writes an entry, on the disk before it returns, and sweeps out old ones.
    pub async fn add(&self, entry: NewPendingAuthorization<'_>) -> Result<(), StoreError> {
        let now = self.store.now();
        let oldest = now.saturating_sub(KEPT_AFTERWARDS);
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "DELETE FROM pending_authorizations WHERE expires_at < ?",
            oldest
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        sqlx::query!(
            "INSERT OR REPLACE INTO pending_authorizations (state_digest, connector_id, step, started_at, expires_at)
             VALUES (?, ?, ?, ?, ?)",
            entry.state_digest,
            entry.connector_id,
            entry.step,
            now,
            entry.expires_at
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }

    /// Takes an entry out, if it is there: of several who ask at a time, one gets it.
    pub async fn take(
        &self,
        state_digest: &str,
    ) -> Result<Option<PendingAuthorization>, StoreError> {
        let mut write = self.store.begin(Durability::Relaxed).await?;
        let entry = sqlx::query_as!(
            PendingAuthorization,
            "DELETE FROM pending_authorizations WHERE state_digest = ? RETURNING connector_id, step, started_at, expires_at",
            state_digest
        )
        .fetch_optional(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await?;
        Ok(entry)
    }
}

#[cfg(test)]
mod tests;
