//! `session_activity`: what was done lately to keep a connector's sessions alive, for a person to read.
//!
//! Bounded in number and size; the oldest go first. It comes masked: nothing in this table is sealed.

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::table::bounded;
use crate::table::outputs::Scope;

/// How many entries of one connector are kept.
pub const ACTIVITIES_PER_CONNECTOR: i64 = 50;

/// An entry to be kept. Texts beyond 1 KiB are cut.
#[derive(Clone, Copy, Debug)]
pub struct NewActivity<'a> {
    /// The connector.
    pub connector_id: &'a str,
    /// Whose session.
    pub scope: Scope<'a>,
    /// Why it was done, in the caller's words.
    pub reason: &'a str,
    /// What came of it, in the caller's words.
    pub outcome: &'a str,
    /// Which outputs took new values, in the caller's form; empty for none.
    pub updated: &'a str,
    /// The code and the masked message of what went wrong.
    pub error: Option<(&'a str, &'a str)>,
}

/// An entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    /// Its number.
    pub id: i64,
    /// The account's id; nothing for the shared session.
    pub account: Option<String>,
    /// Unix seconds.
    pub at: i64,
    /// Why it was done.
    pub reason: String,
    /// What came of it.
    pub outcome: String,
    /// Which outputs took new values.
    pub updated: String,
    /// The code of what went wrong.
    pub error_code: Option<String>,
    /// The message of what went wrong.
    pub error_message: Option<String>,
}

/// The table `session_activity`.
pub struct SessionActivity<'a> {
    store: &'a Store,
}

impl Store {
    /// What was done lately to keep sessions alive.
    pub fn session_activity(&self) -> SessionActivity<'_> {
        SessionActivity { store: self }
    }
}

struct ActivityRow {
    id: i64,
    scope: String,
    at: i64,
    reason: String,
    outcome: String,
    updated: String,
    error_code: Option<String>,
    error_message: Option<String>,
}

impl SessionActivity<'_> {
    /// Keeps an entry, and lets the connector's oldest go where there are too many. They go by the order in which they
    /// came, whatever the clock said.
    pub async fn record(&self, new: NewActivity<'_>) -> Result<(), StoreError> {
        let (scope, now) = (new.scope.text(), self.store.now());
        let [reason, outcome, updated] = [new.reason, new.outcome, new.updated].map(bounded);
        let (code, message) = new.error.unzip();
        let message = message.map(bounded);
        let mut write = self.store.begin(Durability::Relaxed).await?;
        sqlx::query!(
            "INSERT INTO session_activity (connector_id, scope, at, reason, outcome, updated, error_code, error_message)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            new.connector_id,
            scope,
            now,
            reason,
            outcome,
            updated,
            code,
            message
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        sqlx::query!(
            "DELETE FROM session_activity WHERE connector_id = ?1 AND id IN (SELECT id FROM session_activity
             WHERE connector_id = ?1 ORDER BY id DESC LIMIT -1 OFFSET ?2)",
            new.connector_id,
            ACTIVITIES_PER_CONNECTOR
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }

    /// The connector's entries, the newest first.
    pub async fn list(&self, connector_id: &str) -> Result<Vec<Activity>, StoreError> {
        let rows = sqlx::query_as!(
            ActivityRow,
            "SELECT id, scope, at, reason, outcome, updated, error_code, error_message FROM session_activity
             WHERE connector_id = ? ORDER BY id DESC",
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))?;
        let entries = rows.into_iter().map(|row| Activity {
            id: row.id,
            account: Scope::of_text(&row.scope).account().map(str::to_owned),
            at: row.at,
            reason: row.reason,
            outcome: row.outcome,
            updated: row.updated,
            error_code: row.error_code,
            error_message: row.error_message,
        });
        Ok(entries.collect())
    }
}

#[cfg(test)]
mod tests;
