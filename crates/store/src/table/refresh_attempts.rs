//! `refresh_attempts`: what is about to be sent to renew a session, noted on the disk before it is sent.
//!
//! An attempt ends when outputs are stored ([`super::Outputs::write_renewed`]), when the person is needed
//! ([`super::NeedsYouMarks::set`]), with a clear, or by [`RefreshAttempts::clear`]. One that is found by whoever holds
//! the lease was left by a process that was killed in between: the provider may have rotated the token (F3).

use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::table::outputs::{Basis, CachedOutputs, Expected, Scope, State, Stored};
use crate::vault::Vault;

/// The SHA-256 of what is sent to renew a session. It is stored in the clear, so what is hashed must hold something
/// that nobody can guess, as a refresh token is; a password alone is not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenDigest([u8; 32]);

impl TokenDigest {
    /// The digest of the refresh token, or of whatever else is sent.
    pub fn of(material: &[u8]) -> Self {
        Self(Sha256::digest(material).into())
    }
}

/// An attempt that has not ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefreshAttempt {
    /// Unix seconds.
    pub started_at: i64,
    /// What was to be sent. Where what is stored now has the same digest, the answer to it was never stored.
    pub token_digest: TokenDigest,
    /// How often the same was to be sent, from 1.
    pub tries: i64,
}

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

struct AttemptRow {
    started_at: i64,
    token_digest: Vec<u8>,
    tries: i64,
}

impl AttemptRow {
    /// A digest of another length fits nothing.
    fn into_attempt(self) -> RefreshAttempt {
        RefreshAttempt {
            started_at: self.started_at,
            token_digest: TokenDigest(self.token_digest.try_into().unwrap_or_default()),
            tries: self.tries,
        }
    }
}

impl RefreshAttempts<'_> {
    /// Notes that `base` is about to be renewed, on the disk before it returns. To be called with the lease held, and
    /// before anything is sent. Nothing is noted, and nothing given, if `base` is no longer what is stored: read again.
    ///
    /// With a vault of this session only there is nothing that could be found later, and nothing is written.
    pub async fn record(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        base: &CachedOutputs,
        token_digest: TokenDigest,
        vault: &Vault,
    ) -> Result<Option<RefreshAttempt>, StoreError> {
        let scope = scope.text();
        let fault = |error| self.store.fault(error);
        let now = self.store.now();
        if vault.is_session_only() {
            let judged = vault
                .session()
                .judge(connector_id, &scope, Some(base.revision));
            return Ok((judged == Stored::Yes).then_some(RefreshAttempt {
                started_at: now,
                token_digest,
                tries: 1,
            }));
        }
        let mut write = self.store.begin(Durability::Full).await?;
        let state = State::read(&mut *write, connector_id, &scope)
            .await
            .map_err(fault)?;
        let expected = Expected::of(Basis::Renewal(base), connector_id, &scope, vault);
        if expected.judge(&state) != Stored::Yes {
            return Ok(None);
        }
        let digest = token_digest.0.as_slice();
        let row = sqlx::query_as!(
            AttemptRow,
            "INSERT INTO refresh_attempts (connector_id, scope, started_at, token_digest, tries) VALUES (?, ?, ?, ?, 1)
             ON CONFLICT (connector_id, scope) DO UPDATE SET started_at = excluded.started_at,
             token_digest = excluded.token_digest, tries = iif(token_digest = excluded.token_digest, tries + 1, 1)
             RETURNING started_at, token_digest, tries",
            connector_id,
            scope,
            now,
            digest
        )
        .fetch_one(&mut *write)
        .await
        .map_err(fault)?;
        self.store.commit(write).await?;
        Ok(Some(row.into_attempt()))
    }

    /// The attempt that has not ended, if there is one.
    pub async fn find(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
    ) -> Result<Option<RefreshAttempt>, StoreError> {
        let scope = scope.text();
        let row = sqlx::query_as!(
            AttemptRow,
            "SELECT started_at, token_digest, tries FROM refresh_attempts WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(row.map(AttemptRow::into_attempt))
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
