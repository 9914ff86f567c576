//! Outputs that the disk would not take (F35): held in memory, read from there, tried again.
//!
//! A rotated token that is thrown away because the disk is full costs the session. Held, it serves this process until
//! a later try stores it, or until what is stored becomes something else: a clear or a new sign-in wins, as ever.
//! What is held ends with the vault.

use std::sync::Arc;

use crate::error::StoreError;
use crate::stamp::Stamp;
use crate::table::outputs::basis::{Expected, State};
use crate::table::outputs::{Basis, CachedOutputs, NewOutputs, Outputs, Scope, Stored};
use crate::vault::{Held, Vault};

/// Outputs that are in memory only because they could not be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldOutputs {
    /// The connector.
    pub connector_id: String,
    /// The account's id; nothing for the shared ones.
    pub account: Option<String>,
    /// Since when, in Unix seconds.
    pub since: i64,
}

impl Outputs<'_> {
    /// Holds outputs that could not be written: from now on this process reads them in place of what is stored. To be
    /// called with what the failed write was given.
    pub async fn hold_in_memory(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        outputs: NewOutputs<'_>,
        basis: Basis<'_>,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let scope = scope.text();
        let new = self.cached(outputs, basis)?;
        if vault.is_session_only() {
            return self
                .store_in_session(connector_id, &scope, new, basis, vault)
                .await;
        }
        let state = State::read(self.store.readers(), connector_id, &scope).await;
        let base = match (state, basis) {
            (Ok(state), _) => {
                let judged = Expected::of(basis, connector_id, &scope, vault).judge(&state);
                if judged != Stored::Yes {
                    return Ok(judged);
                }
                state.revision
            }
            // Better kept, and compared with what is stored once that can be read.
            (Err(error), Basis::Renewal(base)) => {
                tracing::warn!(%error, "outputs are held without a look at what is stored");
                let older = vault.held().get(connector_id, &scope);
                older.map_or(Some(base.revision), |older| older.base)
            }
            (Err(error), Basis::SignIn(_)) => return Err(self.store.fault(error)),
        };
        vault.held().put(Held {
            connector_id: connector_id.to_owned(),
            scope: scope.clone(),
            outputs: Arc::new(new),
            base,
            seen: None,
        });
        vault.opened().drop_copy(connector_id, &scope);
        Ok(Stored::Yes)
    }

    /// What is in memory only, the oldest first.
    pub fn held(&self, vault: &Vault) -> Vec<HeldOutputs> {
        let all = vault.held().all().into_iter();
        all.map(|held| HeldOutputs {
            account: Scope::of_text(&held.scope).account().map(str::to_owned),
            connector_id: held.connector_id,
            since: held.outputs.stored_at,
        })
        .collect()
    }

    /// Tries to store what is held; gives how many now are. The first that cannot be stored ends it with its error,
    /// and it and the rest stay held. What a clear or a sign-in overtook is let go.
    pub async fn retry_held(&self, vault: &Vault) -> Result<u64, StoreError> {
        let mut stored = 0;
        for held in vault.held().all() {
            let expected = || Expected::of_held(&held);
            let now = self
                .store_on_disk(
                    &held.connector_id,
                    &held.scope,
                    &held.outputs,
                    expected,
                    vault,
                )
                .await?;
            vault.held().let_go(&held);
            stored += u64::from(now == Stored::Yes);
        }
        Ok(stored)
    }

    /// What is held for this scope, if it is still newer than what is stored.
    pub(super) async fn held_now(
        &self,
        connector_id: &str,
        scope: &str,
        vault: &Vault,
    ) -> Result<Option<Arc<CachedOutputs>>, StoreError> {
        let Some(held) = vault.held().get(connector_id, scope) else {
            return Ok(None);
        };
        let stamp = self.store.stamp().read();
        if stamp.is_some() && stamp == held.seen {
            return Ok(Some(held.outputs));
        }
        let state = State::read(self.store.readers(), connector_id, scope)
            .await
            .map_err(|error| self.store.fault(error))?;
        if Expected::of_held(&held).judge(&state) != Stored::Yes {
            vault.held().let_go(&held);
            return Ok(None);
        }
        if let Ok(stamp) = Stamp::try_from(state.stamp) {
            vault.held().saw(&held, stamp);
        }
        Ok(Some(held.outputs))
    }
}

#[cfg(test)]
mod tests;
