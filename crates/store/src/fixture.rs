//! For tests: a data folder that goes away, a keyring that fails on demand, a vault that opens fast.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::Receiver;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use secrecy::SecretString;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, ConnectOptions, Connection};
use tempfile::TempDir;
use zeroize::Zeroizing;

use crate::vault::{KeeperError, KeyKeeper, KeySource, Keyring, PassphraseCost, Vault};
use crate::{CachedOutputs, NewOutputs, Scope, Store, StoreLocation, Stored};

/// When all tests happen: 2026-11-24 02:33:20 UTC.
pub(crate) const NOW: i64 = 1_795_487_600;

/// `SQLite`'s page size, in bytes.
pub(crate) const PAGE: usize = 4096;

pub(crate) struct Folder {
    folder: TempDir,
}

impl Folder {
    pub(crate) fn new() -> Self {
        Self {
            folder: tempfile::tempdir().unwrap(),
        }
    }

    pub(crate) fn location(&self) -> StoreLocation {
        StoreLocation::new(self.folder.path().join("data"))
            .with_patience(Duration::from_secs(5))
            .with_clock(Arc::new(|| NOW))
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.location().database()
    }

    pub(crate) async fn open(&self) -> Store {
        Store::open(self.location()).await.unwrap()
    }

    /// The names in the data folder that begin so, in order.
    pub(crate) fn names(&self, prefix: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.location().data_dir()).unwrap();
        let mut names: Vec<_> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.retain(|name| name.starts_with(prefix));
        names.sort();
        names
    }

    /// A connection that knows nothing of the store.
    pub(crate) async fn outsider(&self) -> SqliteConnection {
        SqliteConnectOptions::new()
            .filename(self.database())
            .connect()
            .await
            .unwrap()
    }

    /// Runs SQL as an outsider, and closes again.
    pub(crate) async fn meddle(&self, sql: &str) {
        let mut outsider = self.outsider().await;
        sqlx::raw_sql(AssertSqlSafe(sql.to_owned()))
            .execute(&mut outsider)
            .await
            .unwrap();
        outsider.close().await.unwrap();
    }
}

/// Overwrites a table's first page in a database that nobody has open.
pub(crate) async fn break_table(database: &Path, table: &str) {
    let mut outsider = SqliteConnectOptions::new()
        .filename(database)
        .connect()
        .await
        .unwrap();
    let root: i64 = sqlx::query_scalar("SELECT rootpage FROM sqlite_schema WHERE name = ?")
        .bind(table)
        .fetch_one(&mut outsider)
        .await
        .unwrap();
    outsider.close().await.unwrap();
    let mut bytes = std::fs::read(database).unwrap();
    let end = usize::try_from(root).unwrap() * PAGE;
    bytes[end - PAGE..end].fill(0xA5);
    std::fs::write(database, bytes).unwrap();
}

/// What a test's keyring holds, and how it fails.
#[derive(Default)]
pub(crate) struct Keeping {
    pub(crate) entries: HashMap<String, String>,
    pub(crate) fault: Option<fn(&'static str) -> KeeperError>,
    pub(crate) stuck: Option<Receiver<()>>,
    pub(crate) asked: usize,
    pub(crate) written: usize,
}

/// A keyring that fails on demand.
#[derive(Clone, Default)]
pub(crate) struct FakeKeeper(Arc<Mutex<Keeping>>);

pub(crate) fn locked(text: &'static str) -> KeeperError {
    KeeperError::Locked(text.into())
}
pub(crate) fn refused(text: &'static str) -> KeeperError {
    KeeperError::Refused(text.into())
}
pub(crate) fn missing(text: &'static str) -> KeeperError {
    KeeperError::Missing(text.into())
}
pub(crate) fn failed(text: &'static str) -> KeeperError {
    KeeperError::Failed(text.into())
}

impl FakeKeeper {
    pub(crate) fn keeping(&self) -> MutexGuard<'_, Keeping> {
        self.0.lock().unwrap()
    }

    pub(crate) fn keyring(&self) -> Keyring {
        Keyring::new(self.clone(), Duration::from_secs(10))
    }

    pub(crate) fn source(&self) -> KeySource {
        KeySource::Keyring(self.keyring())
    }

    fn call(&self) -> Result<MutexGuard<'_, Keeping>, KeeperError> {
        let stuck = self.keeping().stuck.take();
        if let Some(stuck) = stuck {
            // Ends when the test lets go of the other end.
            let _ = stuck.recv();
        }
        let mut keeping = self.keeping();
        keeping.asked += 1;
        match keeping.fault {
            Some(fault) => Err(fault("on demand")),
            None => Ok(keeping),
        }
    }
}

impl KeyKeeper for FakeKeeper {
    fn get(&mut self, name: &str) -> Result<Option<Zeroizing<String>>, KeeperError> {
        Ok(self.call()?.entries.get(name).cloned().map(Zeroizing::new))
    }

    fn set(&mut self, name: &str, secret: &str) -> Result<(), KeeperError> {
        let mut keeping = self.call()?;
        keeping.written += 1;
        keeping.entries.insert(name.to_owned(), secret.to_owned());
        Ok(())
    }

    fn remove(&mut self, name: &str) -> Result<(), KeeperError> {
        self.call()?.entries.remove(name);
        Ok(())
    }
}

/// A passphrase that is derived in no time.
pub(crate) fn quick(passphrase: &str) -> KeySource {
    let cost = PassphraseCost {
        memory_kib: 64,
        iterations: 1,
        lanes: 1,
    };
    KeySource::PassphraseAtCost(SecretString::from(passphrase), cost)
}

pub(crate) async fn vault(store: &Store) -> Vault {
    Vault::open(store, quick("correct horse")).await.unwrap()
}

/// The account that tests sign in with.
pub(crate) const WORK: Scope<'static> = Scope::Account("work");

pub(crate) fn new_outputs(json: &str) -> NewOutputs<'_> {
    NewOutputs {
        fingerprint: "f",
        json: json.as_bytes(),
        expires_at: Some(NOW + 3600),
    }
}

/// Signs in to connector "1", and gives what is stored then.
pub(crate) async fn sign_in(
    store: &Store,
    vault: &Vault,
    scope: Scope<'_>,
    json: &str,
) -> Arc<CachedOutputs> {
    let generation = store.outputs().generation("1").await.unwrap();
    let stored = store
        .outputs()
        .write("1", scope, new_outputs(json), generation, vault)
        .await
        .unwrap();
    assert_eq!(stored, Stored::Yes);
    session(store, vault, scope).await.unwrap()
}

/// What is stored for connector "1".
pub(crate) async fn session(
    store: &Store,
    vault: &Vault,
    scope: Scope<'_>,
) -> Option<Arc<CachedOutputs>> {
    store.outputs().read("1", scope, "f", vault).await.unwrap()
}

/// The same, as text.
pub(crate) async fn session_text(store: &Store, vault: &Vault, scope: Scope<'_>) -> Option<String> {
    let found = session(store, vault, scope).await?;
    Some(String::from_utf8(found.json().to_vec()).unwrap())
}

/// How many rows a table has.
pub(crate) async fn rows(store: &Store, table: &str) -> i64 {
    sqlx::query_scalar(AssertSqlSafe(format!("SELECT count(*) FROM {table}")))
        .fetch_one(store.readers())
        .await
        .unwrap()
}

/// The disk has room for nothing more, as far as the database sees; or it has again.
pub(crate) async fn fill_disk(store: &Store, full: bool) {
    let pages: i64 = sqlx::query_scalar("PRAGMA page_count")
        .fetch_one(store.writer())
        .await
        .unwrap();
    let most = if full { pages } else { 1_000_000 };
    sqlx::query(AssertSqlSafe(format!("PRAGMA max_page_count = {most}")))
        .execute(store.writer())
        .await
        .unwrap();
}
