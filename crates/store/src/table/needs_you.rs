//! `needs_you`: sessions that only the person can bring back, and why.
//!
//! A mark goes with the next outputs that are stored for its session, and with a clear. It comes masked: nothing in
//! this table is sealed.

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::table::bounded;
use crate::table::outputs::{Basis, CachedOutputs, Expected, Scope, State, Stored, change_stamp};
use crate::vault::Vault;

/// Why a session needs the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NeedsYou {
    /// The account's id; nothing for the shared session.
    pub account: Option<String>,
    /// The stable code of what happened.
    pub code: String,
    /// The same in words, the provider's own where it gave some.
    pub words: String,
    /// Unix seconds.
    pub at: i64,
}

/// The table `needs_you`.
pub struct NeedsYouMarks<'a> {
    store: &'a Store,
}

impl Store {
    /// Sessions that need the person.
    pub fn needs_you(&self) -> NeedsYouMarks<'_> {
        NeedsYouMarks { store: self }
    }
}

struct NeedsYouRow {
    scope: String,
    code: String,
    words: String,
    at: i64,
}

impl NeedsYouRow {
    fn into_mark(self) -> NeedsYou {
        NeedsYou {
            account: Scope::of_text(&self.scope).account().map(str::to_owned),
            code: self.code,
            words: self.words,
            at: self.at,
        }
    }
}

impl NeedsYouMarks<'_> {
    /// Marks the session that `base` belongs to, and ends the attempt to renew it: it was answered. Not if `base` was
    /// cleared or replaced meanwhile. Words beyond 1 KiB are cut.
    pub async fn set(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
        base: &CachedOutputs,
        code: &str,
        words: &str,
        vault: &Vault,
    ) -> Result<Stored, StoreError> {
        let (scope, words, now) = (scope.text(), bounded(words), self.store.now());
        let fault = |error| self.store.fault(error);
        let mut write = self.store.begin(Durability::Full).await?;
        let judged = if vault.is_session_only() {
            vault
                .session()
                .judge(connector_id, &scope, Some(base.revision))
        } else {
            let state = State::read(&mut *write, connector_id, &scope)
                .await
                .map_err(fault)?;
            Expected::of(Basis::Renewal(base), connector_id, &scope, vault).judge(&state)
        };
        if judged != Stored::Yes {
            return Ok(judged);
        }
        sqlx::query!(
            "INSERT OR REPLACE INTO needs_you (connector_id, scope, code, words, at) VALUES (?, ?, ?, ?, ?)",
            connector_id,
            scope,
            code,
            words,
            now
        )
        .execute(&mut *write)
        .await
        .map_err(fault)?;
        sqlx::query!(
            "DELETE FROM refresh_attempts WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .execute(&mut *write)
        .await
        .map_err(fault)?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await?;
        Ok(Stored::Yes)
    }

    /// Takes the mark away, if there is one.
    pub async fn clear(&self, connector_id: &str, scope: Scope<'_>) -> Result<(), StoreError> {
        let scope = scope.text();
        let mut write = self.store.begin(Durability::Full).await?;
        sqlx::query!(
            "DELETE FROM needs_you WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        change_stamp(self.store, &mut write).await?;
        self.store.commit(write).await
    }

    /// The session's mark, if it has one.
    pub async fn get(
        &self,
        connector_id: &str,
        scope: Scope<'_>,
    ) -> Result<Option<NeedsYou>, StoreError> {
        let scope = scope.text();
        let row = sqlx::query_as!(
            NeedsYouRow,
            "SELECT scope, code, words, at FROM needs_you WHERE connector_id = ? AND scope = ?",
            connector_id,
            scope
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(row.map(NeedsYouRow::into_mark))
    }

    /// All marks of the connector.
    pub async fn list(&self, connector_id: &str) -> Result<Vec<NeedsYou>, StoreError> {
        let rows = sqlx::query_as!(
            NeedsYouRow,
            "SELECT scope, code, words, at FROM needs_you WHERE connector_id = ? ORDER BY scope",
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(rows.into_iter().map(NeedsYouRow::into_mark).collect())
    }
}

#[cfg(test)]
mod tests;
