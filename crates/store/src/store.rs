//! The open database: connections for reading and the one for writing.
//!
//! One connection writes, so that writers of this process queue here instead of meeting at `SQLite`'s lock. What
//! the tables hold is in `table/`, one file each.

use std::sync::Arc;
use std::time::Duration;

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions};
use sqlx::{Connection, Sqlite, Transaction};

use crate::error::{StoreError, classify};
use crate::files;
use crate::lease::Turns;
use crate::location::StoreLocation;
use crate::recovery::Recovery;
use crate::stamp::StampFile;
use crate::table::KeptAccounts;

/// An open data folder. Cheap to clone; the clones share their connections.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    location: StoreLocation,
    readers: SqlitePool,
    writer: SqlitePool,
    stamp: StampFile,
    turns: Turns,
    kept_accounts: KeptAccounts,
    recovery: Option<Recovery>,
}

/// Whether a change must be on the disk before anybody is told that it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Durability {
    /// It survives a power cut. For tokens, keys and a person's own work: a rotated refresh token that is lost
    /// costs the session, and `SQLite`'s `NORMAL` may lose the last commits (measured here: 0.26 ms, not 0.03 ms).
    Full,
    /// It survives a crash of the program. For run history and settings.
    Relaxed,
}

/// A write in progress; dropped without a commit, it never happened.
pub(crate) type Write = Transaction<'static, Sqlite>;

impl Store {
    pub(crate) fn with_pools(location: StoreLocation, recovery: Option<Recovery>) -> Self {
        let (readers, writer) = pools(&location);
        let stamp = StampFile::new(location.stamp_file());
        Self {
            inner: Arc::new(Inner {
                location,
                readers,
                writer,
                stamp,
                turns: Turns::default(),
                kept_accounts: KeptAccounts::default(),
                recovery,
            }),
        }
    }

    /// Where its data is.
    pub fn location(&self) -> &StoreLocation {
        &self.inner.location
    }

    /// What happened if this opening found a broken database and mended it.
    pub fn recovery(&self) -> Option<&Recovery> {
        self.inner.recovery.as_ref()
    }

    /// Another value whenever sessions change, in any process: outputs stored or cleared, a "needs you" set or taken
    /// away, an account changed. It costs about a microsecond. Nothing where it cannot be told; two nothings may well differ.
    pub fn session_stamp(&self) -> Option<[u8; 16]> {
        self.inner.stamp.read()
    }

    /// Closes all connections. Without it they close when the last clone is dropped, a moment later.
    pub async fn close(&self) {
        self.inner.readers.close().await;
        self.inner.writer.close().await;
    }

    pub(crate) fn readers(&self) -> &SqlitePool {
        &self.inner.readers
    }

    pub(crate) fn writer(&self) -> &SqlitePool {
        &self.inner.writer
    }

    pub(crate) fn kept_accounts(&self) -> &KeptAccounts {
        &self.inner.kept_accounts
    }

    pub(crate) fn stamp(&self) -> &StampFile {
        &self.inner.stamp
    }

    pub(crate) fn turns(&self) -> &Turns {
        &self.inner.turns
    }

    pub(crate) fn now(&self) -> i64 {
        self.inner.location.now()
    }

    /// Starts a change. It holds `SQLite`'s write lock until it is committed or dropped.
    pub(crate) async fn begin(&self, durability: Durability) -> Result<Write, StoreError> {
        let begin = match durability {
            Durability::Full => "PRAGMA synchronous = FULL; BEGIN IMMEDIATE",
            Durability::Relaxed => "PRAGMA synchronous = NORMAL; BEGIN IMMEDIATE",
        };
        match self.inner.writer.begin_with(begin).await {
            Err(sqlx::Error::InvalidSavePointStatement) => {}
            other => return other.map_err(|error| self.fault(error)),
        }
        // A full disk or a failed write makes SQLite itself roll back, and sqlx's count of open transactions stays
        // behind for good. Such a connection is of no more use.
        let stale = self.inner.writer.acquire().await;
        let stale = stale.map_err(|error| self.fault(error))?;
        if stale.is_in_transaction() {
            stale.close().await.map_err(|error| self.fault(error))?;
        }
        self.inner
            .writer
            .begin_with(begin)
            .await
            .map_err(|error| self.fault(error))
    }

    pub(crate) async fn commit(&self, write: Write) -> Result<(), StoreError> {
        write.commit().await.map_err(|error| self.fault(error))
    }

    /// Names an `SQLite` error. Broken data is also remembered, so that the next opening looks closely.
    pub(crate) fn fault(&self, error: sqlx::Error) -> StoreError {
        let error = classify(
            error,
            self.inner.location.database(),
            self.inner.location.patience,
        );
        if let StoreError::Corrupt { source, .. } = &error {
            tracing::warn!(%source, "the database is broken; the next start mends it");
            self.suspect();
        }
        error
    }

    pub(crate) fn suspect(&self) {
        if let Err(error) = files::create_private_if_missing(&self.inner.location.suspect_mark()) {
            tracing::warn!(%error, "could not note that the database is broken");
        }
    }
}

impl std::fmt::Debug for Store {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Store")
            .field("location", &self.inner.location)
            .finish_non_exhaustive()
    }
}

pub(crate) fn connect_options(location: &StoreLocation) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(location.database())
        .foreign_keys(true)
        .busy_timeout(location.patience)
}

fn pools(location: &StoreLocation) -> (SqlitePool, SqlitePool) {
    // Waiting for a turn, then for SQLite's lock.
    let acquire_timeout = location.patience * 2 + Duration::from_secs(1);
    let pool = || {
        SqlitePoolOptions::new()
            .acquire_timeout(acquire_timeout)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let options = connect_options(location);
    let readers = pool().max_connections(4).connect_lazy_with(options.clone());
    let writer = pool()
        .max_connections(1)
        .connect_lazy_with(options.journal_mode(SqliteJournalMode::Wal));
    (readers, writer)
}
