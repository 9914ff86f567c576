//! Opening: from "there is no folder yet" to "there is a broken database of another format".
//!
//! The usual case, a sound database of the right format, is two small statements. Everything else takes the
//! folder's lock first and looks again.

use std::path::Path;

use sqlx::sqlite::SqliteJournalMode;
use sqlx::{AssertSqlSafe, ConnectOptions, Connection, Row};
use tokio::sync::Mutex;

use crate::error::{SqliteFault, StoreError, classify};
use crate::files;
use crate::folder_lock::FolderLock;
use crate::location::StoreLocation;
use crate::migration::{self, APPLICATION_ID, MIGRATIONS, Migration};
use crate::recovery;
use crate::store::{Store, connect_options};

/// One opening at a time in this process: `files` may touch the database file only while `SQLite` does not.
static OPENING: Mutex<()> = Mutex::const_new(());

/// The tables whose first page a first look reads, with the format that brought them.
const TABLES: [(i64, &str); 20] = [
    (1, "connectors"),
    (1, "drafts"),
    (1, "accounts"),
    (1, "secret_variables"),
    (1, "outputs"),
    (1, "output_generations"),
    (1, "runs"),
    (1, "settings"),
    (1, "vault"),
    (1, "vault_keepers"),
    (1, "vault_keys"),
    (2, "pending_authorizations"),
    (3, "output_clears"),
    (3, "refresh_attempts"),
    (3, "needs_you"),
    (3, "session_activity"),
    (4, "apps"),
    (4, "app_drafts"),
    (4, "app_accounts"),
    (7, "graphql_schemas"),
];

/// What a first look at the database says.
#[derive(Debug)]
pub(crate) enum Condition {
    Current,
    Older(i64),
    Newer(i64),
    Broken(String),
}

impl Store {
    /// Opens the data folder, making it where there is none, bringing its format up to date after a backup, and
    /// mending it where it is broken ([`Store::recovery`] then says what was saved).
    pub async fn open(location: StoreLocation) -> Result<Self, StoreError> {
        Self::open_with(location, MIGRATIONS).await
    }

    pub(crate) async fn open_with(
        location: StoreLocation,
        migrations: &[Migration],
    ) -> Result<Self, StoreError> {
        let _turn = OPENING.lock().await;
        files::prepare_data_dir(location.data_dir())?;
        if !location.database().exists() {
            let _lock = FolderLock::take(&location).await?;
            make_database_file(&location)?;
        }
        files::restrict(&location.database())?;

        let store = Self::with_pools(location.clone(), None);
        match store.condition(migrations).await? {
            Condition::Current => Ok(store),
            Condition::Newer(found) => {
                store.close().await;
                Err(newer(&location, found, migrations))
            }
            Condition::Older(_) | Condition::Broken(_) => {
                store.close().await;
                let _lock = FolderLock::take(&location).await?;
                make_database_file(&location)?;
                set_right(&location, migrations).await
            }
        }
    }

    /// A first look: enough to see another format or a file that is no database, not enough to read every page.
    /// Where broken data was met before, every page is read.
    pub(crate) async fn condition(
        &self,
        migrations: &[Migration],
    ) -> Result<Condition, StoreError> {
        match self.look(migrations).await {
            Ok(condition) => Ok(condition),
            Err(error) => match SqliteFault::of(&error) {
                SqliteFault::Corrupt | SqliteFault::Other => {
                    Ok(Condition::Broken(error.to_string()))
                }
                _ => Err(classify(
                    error,
                    self.location().database(),
                    self.location().patience,
                )),
            },
        }
    }

    async fn look(&self, migrations: &[Migration]) -> Result<Condition, sqlx::Error> {
        let row = sqlx::query(
            "SELECT (SELECT user_version FROM pragma_user_version), \
             (SELECT application_id FROM pragma_application_id), (SELECT count(*) FROM sqlite_schema), \
             (SELECT page_size FROM pragma_page_size)",
        )
        .fetch_one(self.readers())
        .await?;
        let (format, application): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let (parts, page_size): (i64, i64) = (row.try_get(2)?, row.try_get(3)?);
        if parts == 0 && format == 0 {
            return Ok(Condition::Older(0));
        }
        if application != APPLICATION_ID {
            return Ok(Condition::Broken(format!(
                "its application id is {application:#x}"
            )));
        }
        if let Some(length) = cut_length(self.location(), page_size) {
            return Ok(Condition::Broken(format!(
                "the file ends within a page, after {length} bytes"
            )));
        }
        let supported = migration::newest(migrations);
        if format > supported {
            return Ok(Condition::Newer(format));
        }
        let mark = self.location().suspect_mark();
        if mark.exists() {
            let found: String = sqlx::query_scalar("PRAGMA quick_check(1)")
                .fetch_one(self.readers())
                .await?;
            if found != "ok" {
                return Ok(Condition::Broken(found));
            }
            if let Err(error) = files::remove_if_there(&mark) {
                tracing::warn!(%error, "could not remove the mark of a broken database");
            }
        }
        if format < supported {
            return Ok(Condition::Older(format));
        }
        let tables = TABLES.iter().filter(|(since, _)| *since <= format);
        let touched: Vec<_> = tables
            .map(|(_, table)| format!("EXISTS (SELECT 1 FROM {table} NOT INDEXED)"))
            .collect();
        sqlx::query(AssertSqlSafe(format!(
            "SELECT {}, (SELECT stamp FROM output_stamp), (SELECT bytes FROM run_total)",
            touched.join(", ")
        )))
        .fetch_one(self.readers())
        .await?;
        Ok(Condition::Current)
    }
}

/// The file's length, if it ends within a page. `SQLite` reads zeroes for what is missing, and says nothing.
fn cut_length(location: &StoreLocation, page_size: i64) -> Option<u64> {
    let length = |path: &Path| std::fs::metadata(path).map_or(0, |metadata| metadata.len());
    // Someone may be copying the log's pages into it at this moment.
    if length(&files::beside(&location.database(), "-wal")) > 0 {
        return None;
    }
    let database = length(&location.database());
    let page_size = u64::try_from(page_size).ok().filter(|size| *size > 0)?;
    (database % page_size != 0).then_some(database)
}

fn newer(location: &StoreLocation, found: i64, migrations: &[Migration]) -> StoreError {
    StoreError::NewerVersion {
        path: location.database(),
        found,
        supported: migration::newest(migrations),
    }
}

/// With the folder's lock held: puts a finished mended database in place, or makes an empty file.
fn make_database_file(location: &StoreLocation) -> Result<(), StoreError> {
    if !location.database().exists() {
        recovery::finish_interrupted(location)?;
        files::create_private_if_missing(&location.database())?;
    }
    Ok(())
}

/// With the folder's lock held: looks again, since another process may have been here, and mends or migrates.
async fn set_right(
    location: &StoreLocation,
    migrations: &[Migration],
) -> Result<Store, StoreError> {
    let mut recovery = None;
    loop {
        let store = Store::with_pools(location.clone(), recovery.clone());
        let condition = store.condition(migrations).await?;
        if matches!(condition, Condition::Current) {
            return Ok(store);
        }
        store.close().await;
        match condition {
            Condition::Current => {}
            Condition::Newer(found) => return Err(newer(location, found, migrations)),
            Condition::Older(from) => bring_up_to_date(location, from, migrations).await?,
            Condition::Broken(reason) if recovery.is_none() => {
                tracing::warn!(reason, "the database is broken and is moved aside");
                recovery = Some(recovery::mend(location, migrations, reason).await?);
            }
            // Just made anew, and broken again: the disk is at fault, and trying on would fill it.
            Condition::Broken(reason) => {
                let source = sqlx::Error::Protocol(reason);
                return Err(StoreError::Corrupt {
                    path: location.database(),
                    source,
                });
            }
        }
    }
}

async fn bring_up_to_date(
    location: &StoreLocation,
    from: i64,
    migrations: &[Migration],
) -> Result<(), StoreError> {
    let fault = |error| classify(error, location.database(), location.patience);
    let options = connect_options(location).journal_mode(SqliteJournalMode::Wal);
    let mut connection = options.connect().await.map_err(fault)?;
    if from > 0 {
        migration::back_up(&mut connection, location, from).await?;
    }
    let migrated = migration::migrate(&mut connection, from, migrations).await;
    connection.close().await.map_err(fault)?;
    migrated.map_err(
        |source| match classify(source, location.database(), location.patience) {
            StoreError::Statement(source) => StoreError::Migration {
                from,
                to: migration::newest(migrations),
                source,
            },
            named => named,
        },
    )
}

/// What a thorough check of the whole file found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Health {
    /// Every page is sound.
    Sound,
    /// Something is broken: the next opening mends it. `SQLite`'s words.
    Broken(String),
}

impl Store {
    /// Reads every page. It takes a while for a large database: for idle moments, not for the start.
    pub async fn check(&self) -> Result<Health, StoreError> {
        let found: Result<String, _> = sqlx::query_scalar("PRAGMA quick_check(1)")
            .fetch_one(self.readers())
            .await;
        match found {
            Ok(found) if found == "ok" => Ok(Health::Sound),
            Ok(found) => {
                self.suspect();
                Ok(Health::Broken(found))
            }
            Err(error) => match self.fault(error) {
                StoreError::Corrupt { source, .. } => Ok(Health::Broken(source.to_string())),
                other => Err(other),
            },
        }
    }
}

#[cfg(test)]
mod tests;
