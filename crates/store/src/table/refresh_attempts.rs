//! `refresh_attempts`: that a session is about to be renewed, noted on the disk before anything is sent.
//!
//! An attempt ends when outputs are stored ([`super::Outputs::write_renewed`]), when the person is needed
//! ([`super::NeedsYouMarks::set`]), with a clear, or by [`RefreshAttempts::clear`]. One that is found by whoever holds
//! the lease was left by a process that was killed in between: the provider may have rotated the token (F3).

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::table::outputs::{Basis, CachedOutputs, Expected, Scope, State, Stored};
use crate::vault::Vault;

/// The table `refresh_attempts`.
pub struct RefreshAttempts<'a> {
    store: &'a Store,
}

impl Store {
    /// Attempts to renew a session.
    pub fn refresh_attempts(&self) -> RefreshAttempts<'_> {
        RefreshAttempts { store: self }
    }
}

impl RefreshAttempts<'_> {
    /// Notes that `base` is about to be renewed, on the disk before it returns. To be called with the lease held, and
    /// before anything is sent. How often it was noted, from 1: storing other outputs in its place begins anew. Nothing
    /// is noted, and nothing given, if `base` is no longer what is stored: read again.
    ///
    /// With a vault of this session only there is nothing that could be found later, and nothing is written.
    pub async fn record(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        base: &CachedOutputs,
        vault: &Vault,
    ) -> Result<Option<i64>, StoreError> {
        let scope = scope.text();
        let fault = |error| self.store.fault(error);
        if vault.is_session_only() {
            let judged = vault
                .session()
                .judge(connector_id, &scope, Some(base.revision));
            return Ok((judged == Stored::Yes).then_some(1));
        }
        let now = self.store.now();
        let mut write = self.store.begin(Durability::Full).await?;
        let state = State::read(&mut *write, connector_id, &scope)
            .await
            .map_err(fault)?;
        let expected = Expected::of(Basis::Renewal(base), connector_id, &scope, vault);
        if expected.judge(&state) != Stored::Yes {
            return Ok(None);
        }
        let tries = sqlx::query_scalar!(
            "INSERT INTO refresh_attempts (connector_id, scope, started_at, tries) VALUES (?, ?, ?, 1)
             ON CONFLICT (connector_id, scope) DO UPDATE SET started_at = excluded.started_at, tries = tries + 1
             RETURNING tries",
            connector_id,
            scope,
            now
        )
        .fetch_one(&mut *write)
        .await
        .map_err(fault)?;
        self.store.commit(write).await?;
        Ok(Some(tries))
    }

    /// How often an attempt was noted that has not ended, if there is one.
    pub async fn find(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
    ) -> Result<Option<i64>, StoreError> {
        let scope = scope.text();
        sqlx::query_scalar!(
            "SELECT tries FROM refresh_attempts WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Ends the attempt with nothing new to store: the provider said that it did nothing (a 429, say), or it was never
    /// reached.
    pub async fn clear(&self, connector_id: &str, scope: Scope<'_>) -> Result<(), StoreError> {
        let scope = scope.text();
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "DELETE FROM refresh_attempts WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
