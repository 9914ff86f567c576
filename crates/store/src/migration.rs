//! The database's format: its migrations, and the backup before one.
//!
//! All missing migrations run in one transaction, which also sets the format (`user_version`): whoever is killed
//! half-way leaves the old format behind, never something between.

use std::path::{Path, PathBuf};

use sqlx::{Connection, SqliteConnection};
use time::OffsetDateTime;
use time::macros::format_description;

use crate::error::StoreError;
use crate::files;
use crate::location::StoreLocation;

/// One step of the format. Its SQL ends by setting `user_version` to `to`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Migration {
    pub(crate) to: i64,
    pub(crate) sql: &'static str,
}

pub(crate) const MIGRATIONS: &[Migration] = &[
    Migration {
        to: 1,
        sql: include_str!("../migrations/0001_initial.sql"),
    },
    Migration {
        to: 2,
        sql: include_str!("../migrations/0002_pending_authorizations.sql"),
    },
    Migration {
        to: 3,
        sql: include_str!("../migrations/0003_sessions.sql"),
    },
    Migration {
        to: 4,
        sql: include_str!("../migrations/0004_apps.sql"),
    },
    Migration {
        to: 5,
        sql: include_str!("../migrations/0005_connector_files.sql"),
    },
    Migration {
        to: 6,
        sql: include_str!("../migrations/0006_connector_search.sql"),
    },
    Migration {
        to: 7,
        sql: include_str!("../migrations/0007_graphql_schemas.sql"),
    },
];

/// `Latc`: tells our databases from anything else that `SQLite` can open.
pub(crate) const APPLICATION_ID: i64 = 0x4C61_7463;

const BACKUPS_KEPT: usize = 3;

/// The newest format that these migrations lead to.
pub(crate) fn newest(migrations: &[Migration]) -> i64 {
    migrations.last().map_or(0, |migration| migration.to)
}

/// Brings the database from format `from` to the newest one, all or nothing.
pub(crate) async fn migrate(
    connection: &mut SqliteConnection,
    from: i64,
    migrations: &[Migration],
) -> Result<(), sqlx::Error> {
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    // Another process may have done it while this one waited for the lock.
    let now: i64 = sqlx::query_scalar("PRAGMA user_version")
        .fetch_one(&mut *transaction)
        .await?;
    for migration in migrations
        .iter()
        .filter(|migration| migration.to > now.max(from))
    {
        sqlx::raw_sql(migration.sql)
            .execute(&mut *transaction)
            .await?;
    }
    transaction.commit().await?;
    // So that the file alone, without its log, has the new format.
    sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)")
        .execute(connection)
        .await?;
    Ok(())
}

/// Copies the database, consistent as of now, to `latchwork.db.backup-<format>-<date>`, and keeps the last three.
pub(crate) async fn back_up(
    connection: &mut SqliteConnection,
    location: &StoreLocation,
    format: i64,
) -> Result<PathBuf, StoreError> {
    let path = location.data_dir().join(format!(
        "latchwork.db.backup-{format}-{}",
        dated(location.now())
    ));
    let partial = location.data_dir().join("latchwork.db.backup-partial");
    files::remove_if_there(&partial)?;
    files::create_private(&partial)?;
    sqlx::query("VACUUM INTO ?")
        .bind(partial.to_string_lossy().into_owned())
        .execute(connection)
        .await
        .map_err(|error| crate::error::classify(error, partial.clone(), location.patience))?;
    files::rename(&partial, &path)?;
    remove_old_backups(location.data_dir(), &path)?;
    Ok(path)
}

/// A UTC time for a file name, in an order that sorts: `20261124T023318Z`.
pub(crate) fn dated(unix_seconds: i64) -> String {
    OffsetDateTime::from_unix_timestamp(unix_seconds)
        .ok()
        .and_then(|time| {
            time.format(format_description!(
                "[year][month][day]T[hour][minute][second]Z"
            ))
            .ok()
        })
        .unwrap_or_else(|| unix_seconds.to_string())
}

fn remove_old_backups(data_dir: &Path, newest: &Path) -> Result<(), StoreError> {
    let mut backups: Vec<_> = files::list(data_dir)?
        .into_iter()
        .filter(|path| path != newest)
        .filter_map(|path| {
            let name = path
                .file_name()?
                .to_str()?
                .strip_prefix("latchwork.db.backup-")?;
            let date = name.split_once('-')?.1.to_owned();
            Some((date, path))
        })
        .collect();
    backups.sort();
    let surplus = (backups.len() + 1).saturating_sub(BACKUPS_KEPT);
    for (_, path) in backups.into_iter().take(surplus) {
        files::remove_if_there(&path)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests;
