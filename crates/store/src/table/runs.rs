//! `runs`: the history of runs, bounded in number and size; the oldest go first.
//!
//! Events come here already masked: nothing in this table is sealed.

use crate::error::StoreError;
use crate::store::{Durability, Store, Write};

/// How many runs of one connector are kept.
pub const RUNS_PER_CONNECTOR: i64 = 50;
/// How many bytes of events are kept in all.
pub const RUN_BYTES: i64 = 32 * 1024 * 1024;

/// A run to be kept.
#[derive(Clone, Copy, Debug)]
pub struct RunRecord<'a> {
    /// Its id.
    pub id: &'a str,
    /// The connector it ran.
    pub connector_id: &'a str,
    /// What was run, in the caller's words.
    pub what: &'a str,
    /// When it started. The caller's unit, as long as later is more.
    pub started_at: i64,
    /// How long it took.
    pub duration_ms: i64,
    /// Whether it worked.
    pub ok: bool,
    /// Its events, secrets masked.
    pub events: &'a str,
    /// What the caller calls the connector's state, where the run was a test of it. It is noted at the connector
    /// how that went; no change of it: the revision stays.
    pub tested_hash: Option<&'a str>,
}

/// A run of the history, without its events.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Its id.
    pub id: String,
    /// The connector it ran.
    pub connector_id: String,
    /// What was run.
    pub what: String,
    /// When it started.
    pub started_at: i64,
    /// How long it took.
    pub duration_ms: i64,
    /// Whether it worked.
    pub ok: bool,
}

/// The table `runs`.
pub struct Runs<'a> {
    store: &'a Store,
}

impl Store {
    /// The history of runs.
    pub fn runs(&self) -> Runs<'_> {
        Runs { store: self }
    }
}

impl Runs<'_> {
    /// Keeps a run and notes a test, in one change, and lets the oldest runs go where there are too many. True if
    /// the run was kept: one that is larger than all the room there is, is not.
    ///
    /// Each statement costs a hop to sqlx's thread and back, and whoever ran waits for the end of it.
    pub async fn record(&self, run: RunRecord<'_>) -> Result<bool, StoreError> {
        let bytes = i64::try_from(run.events.len()).unwrap_or(i64::MAX);
        let fits = bytes <= RUN_BYTES;
        let mut write = self.store.begin(Durability::Relaxed).await?;
        if let Some(hash) = run.tested_hash {
            self.note_test(&mut write, run.connector_id, hash, run.ok)
                .await?;
        }
        if fits {
            if !self.insert(&mut write, run, bytes).await? {
                // Not `INSERT OR REPLACE`: what that replaces, the triggers do not hear of.
                sqlx::query!("DELETE FROM runs WHERE id = ?", run.id)
                    .execute(&mut *write)
                    .await
                    .map_err(|error| self.store.fault(error))?;
                self.insert(&mut write, run, bytes).await?;
            }
            sqlx::query!(
                "DELETE FROM runs WHERE connector_id = ?1 AND rowid IN (SELECT rowid FROM runs WHERE connector_id = ?1
             ORDER BY started_at DESC, rowid DESC LIMIT -1 OFFSET ?2)",
                run.connector_id,
                RUNS_PER_CONNECTOR
            )
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
            self.make_room(&mut write).await?;
        }
        self.store.commit(write).await?;
        Ok(fits)
    }

    async fn note_test(
        &self,
        write: &mut Write,
        connector_id: &str,
        hash: &str,
        ok: bool,
    ) -> Result<(), StoreError> {
        sqlx::query!(
            "UPDATE connectors SET tested_hash = ?2, tested_ok = ?3 WHERE id = ?1",
            connector_id,
            hash,
            ok
        )
        .execute(&mut **write)
        .await
        .map(drop)
        .map_err(|error| self.store.fault(error))
    }

    /// False where a run of this id is there.
    async fn insert(
        &self,
        write: &mut Write,
        run: RunRecord<'_>,
        bytes: i64,
    ) -> Result<bool, StoreError> {
        let inserted = sqlx::query!(
            "INSERT INTO runs (id, connector_id, what, started_at, duration_ms, ok, events, bytes)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id) DO NOTHING",
            run.id,
            run.connector_id,
            run.what,
            run.started_at,
            run.duration_ms,
            run.ok,
            run.events,
            bytes
        )
        .execute(&mut **write)
        .await
        .map_err(|error| self.store.fault(error))?;
        Ok(inserted.rows_affected() > 0)
    }

    async fn make_room(&self, write: &mut Write) -> Result<(), StoreError> {
        let fault = |error| self.store.fault(error);
        while sqlx::query_scalar!("SELECT bytes FROM run_total")
            .fetch_one(&mut **write)
            .await
            .map_err(fault)?
            > RUN_BYTES
        {
            sqlx::query!("DELETE FROM runs WHERE rowid = (SELECT rowid FROM runs ORDER BY started_at, rowid LIMIT 1)")
                .execute(&mut **write)
                .await
                .map_err(fault)?;
        }
        Ok(())
    }

    /// The connector's runs, the newest first.
    pub async fn list(&self, connector_id: &str) -> Result<Vec<Run>, StoreError> {
        sqlx::query_as!(
            Run,
            r#"SELECT id, connector_id, what, started_at, duration_ms, ok AS "ok: bool" FROM runs
               WHERE connector_id = ? ORDER BY started_at DESC, rowid DESC"#,
            connector_id
        )
        .fetch_all(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// The events of a run, as they were given.
    pub async fn events(&self, id: &str) -> Result<String, StoreError> {
        sqlx::query_scalar!("SELECT events FROM runs WHERE id = ?", id)
            .fetch_optional(self.store.readers())
            .await
            .map_err(|error| self.store.fault(error))?
            .ok_or_else(|| StoreError::NotFound {
                what: "run",
                id: id.to_owned(),
            })
    }

    /// Forgets all runs of the connector.
    pub async fn clear(&self, connector_id: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Relaxed).await?;
        sqlx::query!("DELETE FROM runs WHERE connector_id = ?", connector_id)
            .execute(&mut *write)
            .await
            .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
