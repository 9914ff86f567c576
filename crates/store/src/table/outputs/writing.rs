//! Storing outputs: on the disk before it returns, and only while what they are based on still stands.
//!
//! The row, the end of the attempt that led to it and the end of "needs you" are one statement (a trigger), and with
//! the stamp one transaction.

use std::sync::Arc;

use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::stamp;
use crate::store::Durability;
use crate::table::outputs::basis::{Expected, State};
use crate::table::outputs::cached::Form;
use crate::table::outputs::{Basis, CachedOutputs, NewOutputs, Outputs, Scope, Stored, place};
use crate::vault::{Vault, VaultError};

impl Outputs<'_> {
    /// Stores a sign-in's outputs, on the disk before it returns, unless the scope was cleared since `generation` was
    /// read. They take the place of whatever is there; an attempt to renew that and its "needs you" end with it.
    pub async fn write(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        outputs: NewOutputs<'_>,
        generation: i64,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let basis = Basis::SignIn(generation);
        self.store_on(connector_id, &scope.text(), outputs, basis, vault)
            .await
    }

    /// Stores what a renewal of `base` gave, on the disk before it returns; the attempt ends in the same transaction.
    /// Not if `base` was cleared, or something else was stored in its place meanwhile: then that is what to read.
    pub async fn write_renewed(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        outputs: NewOutputs<'_>,
        base: &CachedOutputs,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let basis = Basis::Renewal(base);
        self.store_on(connector_id, &scope.text(), outputs, basis, vault)
            .await
    }

    async fn store_on(
        &self,
        connector_id: &str,
        scope: &str,
        outputs: NewOutputs<'_>,
        basis: Basis<'_>,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let new = self.cached(outputs, basis)?;
        if vault.is_session_only() {
            return self
                .store_in_session(connector_id, scope, new, basis, vault)
                .await;
        }
        let older = vault.held().get(connector_id, scope);
        let expected = || Expected::of(basis, connector_id, scope, vault);
        let stored = self
            .store_on_disk(connector_id, scope, &new, expected, vault)
            .await?;
        if stored == Stored::Yes
            && let Some(older) = older
        {
            vault.held().let_go(&older);
        }
        Ok(stored)
    }

    /// The outputs as they will be read, with a revision of their own.
    pub(super) fn cached(
        &self,
        outputs: NewOutputs<'_>,
        basis: Basis<'_>,
    ) -> Result<CachedOutputs, StoreError> {
        let mut revision = [0; 8];
        getrandom::fill(&mut revision).map_err(VaultError::Random)?;
        Ok(CachedOutputs {
            json: Zeroizing::new(outputs.json.to_vec()),
            fingerprint: outputs.fingerprint.to_owned(),
            expires_at: outputs.expires_at,
            stored_at: self.store.now(),
            generation: basis.generation(),
            revision: i64::from_le_bytes(revision),
            form: Form::default(),
        })
    }

    pub(super) async fn store_on_disk(
        &self,
        connector_id: &str,
        scope: &str,
        new: &CachedOutputs,
        expected: impl FnOnce() -> Expected,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let mut write = self.store.begin(Durability::Full).await?;
        let stamp = stamp::random()?;
        let (state, active) =
            State::read_and_change_stamp(&mut *write, connector_id, scope, &stamp)
                .await
                .map_err(|error| self.store.fault(error))?;
        let judged = expected().judge(&state);
        if judged != Stored::Yes {
            return Ok(judged);
        }
        let row = [connector_id, scope, &new.fingerprint];
        let (ciphertext, key_id) = vault
            .seal_row_with(active, self.store, &mut write, place(&row), &new.json)
            .await?;
        sqlx::query!(
            "INSERT OR REPLACE INTO outputs
             (connector_id, scope, fingerprint, ciphertext, key_id, expires_at, stored_at, generation, revision)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            connector_id,
            scope,
            new.fingerprint,
            ciphertext,
            key_id,
            new.expires_at,
            new.stored_at,
            new.generation,
            new.revision
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.stamp().write(&stamp)?;
        self.store.commit(write).await?;
        vault.opened().drop_copy(connector_id, scope);
        Ok(Stored::Yes)
    }

    /// For a vault of this session only: in memory, and with it all that the disk says of this session ends.
    pub(super) async fn store_in_session(
        &self,
        connector_id: &str,
        scope: &str,
        new: CachedOutputs,
        basis: Basis<'_>,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let fault = |error| self.store.fault(error);
        let state = State::read(self.store.readers(), connector_id, scope)
            .await
            .map_err(fault)?;
        if state.was_cleared(basis.generation()) {
            return Ok(Stored::ClearedMeanwhile);
        }
        let expected = match basis {
            Basis::SignIn(_) => None,
            Basis::Renewal(base) => Some(base.revision),
        };
        let stored = vault
            .session()
            .replace_outputs(connector_id, scope, expected, Arc::new(new));
        if stored == Stored::Yes {
            let (marks, scope) = (self.store.needs_you(), Scope::of_text(scope));
            if marks.get(connector_id, scope).await?.is_some() {
                marks.clear(connector_id, scope).await?;
            }
        }
        Ok(stored)
    }
}

#[cfg(test)]
mod tests;
