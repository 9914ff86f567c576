//! Mending: a broken database is moved aside under a dated name, never deleted, and what can still be read of it
//! goes into a new one.
//!
//! The new database is finished under another name before anything moves, so being killed at any point leaves
//! either the broken file in place or a finished one to put there.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{AssertSqlSafe, Column, ConnectOptions, Connection, Row, SqliteConnection, ValueRef};

use crate::error::{StoreError, classify};
use crate::files;
use crate::location::StoreLocation;
use crate::migration::{self, Migration, dated};

/// What is saved, in this order: a draft needs its connector or its app, and outputs that go in take attempts away. Run history,
/// session activity and GraphQL schemas are not worth the time.
const SAVED: [&str; 16] = [
    "settings",
    "vault",
    "vault_keepers",
    "vault_keys",
    "connectors",
    "drafts",
    "apps",
    "app_drafts",
    "accounts",
    "app_accounts",
    "secret_variables",
    "output_generations",
    "output_clears",
    "outputs",
    "refresh_attempts",
    "needs_you",
];

/// What was done about a broken database.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recovery {
    /// Where the broken file is now.
    pub moved_to: PathBuf,
    /// What was found to be broken, in `SQLite`'s words.
    pub reason: String,
    /// How many connectors could be read and are in the new database.
    pub connectors_saved: u64,
    /// How many apps.
    pub apps_saved: u64,
    /// How many other rows (drafts, accounts, sealed secrets and outputs, settings).
    pub others_saved: u64,
    /// Whether the vault's keys could be read. If not, sealed secrets and outputs were left behind too.
    pub vault_saved: bool,
}

/// Puts a finished mended database in place, if a mending was interrupted just before that.
pub(crate) fn finish_interrupted(location: &StoreLocation) -> Result<(), StoreError> {
    if location.mended().exists() {
        put_in_place(location, &free_name(location))?;
    }
    Ok(())
}

/// `SQLite` would apply a log that is left beside the new database to it, so the old log goes first.
fn put_in_place(location: &StoreLocation, moved_to: &Path) -> Result<(), StoreError> {
    files::rename_if_there(
        &files::beside(&location.database(), "-wal"),
        &files::beside(moved_to, "-wal"),
    )?;
    files::remove_if_there(&files::beside(&location.database(), "-shm"))?;
    files::rename(&location.mended(), &location.database())
}

/// With the folder's lock held and no connection of this process open.
pub(crate) async fn mend(
    location: &StoreLocation,
    migrations: &[Migration],
    reason: String,
) -> Result<Recovery, StoreError> {
    let unfinished = files::beside(&location.mended(), "-unfinished");
    files::remove_if_there(&unfinished)?;
    files::remove_if_there(&files::beside(&unfinished, "-journal"))?;
    files::create_private(&unfinished)?;
    let saved = salvage(location, &unfinished, migrations)
        .await
        .map_err(|error| classify(error, unfinished.clone(), location.patience))?;
    sync(&unfinished)?;
    files::rename(&unfinished, &location.mended())?;

    let moved_to = free_name(location);
    files::rename(&location.database(), &moved_to)?;
    put_in_place(location, &moved_to)?;
    files::remove_if_there(&location.suspect_mark())?;
    Ok(Recovery {
        moved_to,
        reason,
        ..saved
    })
}

fn free_name(location: &StoreLocation) -> PathBuf {
    let date = dated(location.now());
    let name = |suffix: String| {
        location
            .data_dir()
            .join(format!("latchwork.broken-{date}{suffix}.db"))
    };
    let first = name(String::new());
    if !first.exists() {
        return first;
    }
    (2..10_000)
        .map(|number| name(format!("-{number}")))
        .find(|path| !path.exists())
        .unwrap_or(first)
}

fn sync(path: &Path) -> Result<(), StoreError> {
    std::fs::File::open(path)
        .and_then(|file| file.sync_all())
        .map_err(|source| StoreError::Unavailable {
            path: path.to_owned(),
            source,
        })
}

async fn salvage(
    location: &StoreLocation,
    target: &Path,
    migrations: &[Migration],
) -> Result<Recovery, sqlx::Error> {
    let mut connection = SqliteConnectOptions::new()
        .filename(target)
        .journal_mode(SqliteJournalMode::Memory)
        .synchronous(SqliteSynchronous::Off)
        .foreign_keys(false)
        .connect()
        .await?;
    let attached = sqlx::query("ATTACH DATABASE ? AS broken")
        .bind(location.database().to_string_lossy().into_owned())
        .execute(&mut connection)
        .await;
    let format: i64 = match attached {
        Ok(_) => sqlx::query_scalar("PRAGMA broken.user_version")
            .fetch_one(&mut connection)
            .await
            .unwrap_or_default(),
        Err(_) => 0,
    };
    // The new database gets the broken one's format, so that rows fit; opening then migrates as usual.
    let known: Vec<_> = migrations
        .iter()
        .copied()
        .filter(|migration| format == 0 || migration.to <= format)
        .collect();
    migration::migrate(&mut connection, 0, &known).await?;

    let mut recovery = Recovery {
        moved_to: PathBuf::new(),
        reason: String::new(),
        connectors_saved: 0,
        apps_saved: 0,
        others_saved: 0,
        vault_saved: false,
    };
    for table in SAVED {
        let count = copy_table(&mut connection, table).await;
        match table {
            "connectors" => recovery.connectors_saved = count,
            "apps" => recovery.apps_saved = count,
            _ => recovery.others_saved += count,
        }
    }
    drop_orphans(&mut connection).await?;
    recovery.vault_saved = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM vault JOIN vault_keys ON key_id = active_key_id) AND EXISTS (SELECT 1 FROM vault_keepers)",
    )
    .fetch_one(&mut connection)
    .await?;
    if !recovery.vault_saved {
        // Without its keys nothing sealed can be read, and it would forbid a new vault.
        sqlx::raw_sql("DELETE FROM vault; DELETE FROM vault_keepers; DELETE FROM vault_keys; DELETE FROM secret_variables; DELETE FROM outputs")
            .execute(&mut connection)
            .await?;
    }
    connection.close().await?;
    Ok(recovery)
}

/// Removes rows whose parent could not be read: the draft of a lost connector, of a lost app.
async fn drop_orphans(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    // Each row: the table, the row id, and what it refers to.
    let orphans = sqlx::query("PRAGMA main.foreign_key_check")
        .fetch_all(&mut *connection)
        .await?;
    for orphan in orphans {
        let (table, row_id): (String, i64) = (orphan.try_get(0)?, orphan.try_get(1)?);
        sqlx::query(AssertSqlSafe(format!(
            "DELETE FROM main.{table} WHERE rowid = ?"
        )))
        .bind(row_id)
        .execute(&mut *connection)
        .await?;
    }
    Ok(())
}

/// Copies row by row what can be read. A row that cannot be read is left behind, and so is a table.
async fn copy_table(connection: &mut SqliteConnection, table: &str) -> u64 {
    let mut copied = 0;
    for row_id in readable_rows(connection, table).await {
        let copy = format!(
            "INSERT OR IGNORE INTO main.{table} SELECT * FROM broken.{table} NOT INDEXED WHERE rowid = ?"
        );
        let inserted = sqlx::query(AssertSqlSafe(copy))
            .bind(row_id)
            .execute(&mut *connection)
            .await;
        let Ok(result) = inserted else { continue };
        if result.rows_affected() == 0 {
            continue;
        }
        let kept_as = result.last_insert_rowid();
        if is_whole(connection, table, kept_as).await {
            copied += 1;
        } else {
            let delete = format!("DELETE FROM main.{table} WHERE rowid = ?");
            if let Err(error) = sqlx::query(AssertSqlSafe(delete))
                .bind(kept_as)
                .execute(&mut *connection)
                .await
            {
                tracing::warn!(%error, table, "a broken row could not be removed again");
            }
        }
    }
    copied
}

/// The row ids that any way through the table leads to: from its start, from its end, and by its index, since
/// each way stops at the first broken page.
async fn readable_rows(connection: &mut SqliteConnection, table: &str) -> BTreeSet<i64> {
    use futures::TryStreamExt;
    let mut rows = BTreeSet::new();
    for way in [
        format!("SELECT rowid FROM broken.{table} NOT INDEXED ORDER BY rowid"),
        format!("SELECT rowid FROM broken.{table} NOT INDEXED ORDER BY rowid DESC"),
        format!("SELECT rowid FROM broken.{table} INDEXED BY sqlite_autoindex_{table}_1"),
    ] {
        let mut found = sqlx::query_scalar::<_, i64>(AssertSqlSafe(way)).fetch(&mut *connection);
        while let Ok(Some(row_id)) = found.try_next().await {
            rows.insert(row_id);
        }
    }
    rows
}

/// Whether its texts are texts: a broken page can hold any bytes where `SQLite` expects UTF-8.
async fn is_whole(connection: &mut SqliteConnection, table: &str, row_id: i64) -> bool {
    let read = format!("SELECT * FROM main.{table} WHERE rowid = ?");
    let Ok(row) = sqlx::query(AssertSqlSafe(read))
        .bind(row_id)
        .fetch_one(connection)
        .await
    else {
        return false;
    };
    row.columns().iter().all(|column| {
        let Ok(value) = row.try_get_raw(column.ordinal()) else {
            return false;
        };
        let is_text = value.type_info().to_string() == "TEXT";
        !is_text || row.try_get::<String, _>(column.ordinal()).is_ok()
    })
}

#[cfg(test)]
mod tests;
