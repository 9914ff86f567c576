//! Where the data lives, and the outside things that a store is given: patience and the clock.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

/// Tells the time, in whole seconds since 1970 (UTC).
pub type Clock = Arc<dyn Fn() -> i64 + Send + Sync>;

/// The data folder of a store.
#[derive(Clone)]
pub struct StoreLocation {
    data_dir: PathBuf,
    pub(crate) patience: Duration,
    pub(crate) clock: Clock,
}

impl StoreLocation {
    /// The data in this folder. It is made, readable by its owner alone, where it is not there.
    pub fn new(data_dir: impl Into<PathBuf>) -> Self {
        Self {
            data_dir: data_dir.into(),
            patience: Duration::from_secs(5),
            clock: Arc::new(system_time),
        }
    }

    /// How long to wait for another program that is writing; five seconds where not said.
    #[must_use]
    pub fn with_patience(mut self, patience: Duration) -> Self {
        self.patience = patience;
        self
    }

    /// Another clock, for tests.
    #[must_use]
    pub fn with_clock(mut self, clock: Clock) -> Self {
        self.clock = clock;
        self
    }

    /// The data folder.
    pub fn data_dir(&self) -> &Path {
        &self.data_dir
    }

    /// The database file.
    pub fn database(&self) -> PathBuf {
        self.data_dir.join("latchwork.db")
    }

    /// Held by whoever migrates or mends the database; never read.
    pub(crate) fn lock_file(&self) -> PathBuf {
        self.data_dir.join("latchwork.lock")
    }

    /// Its presence says that broken data was met and that the next opening must look closely.
    pub(crate) fn suspect_mark(&self) -> PathBuf {
        self.data_dir.join("latchwork.suspect")
    }

    /// Changes whenever cached outputs change ([`crate::stamp`]).
    pub(crate) fn stamp_file(&self) -> PathBuf {
        self.data_dir.join("latchwork.stamp")
    }

    /// The lock files of leases that are held ([`crate::lease`]).
    pub(crate) fn lease_folder(&self) -> PathBuf {
        self.data_dir.join("leases")
    }

    /// A mended database before it takes its place.
    pub(crate) fn mended(&self) -> PathBuf {
        self.data_dir.join("latchwork.mended.db")
    }

    pub(crate) fn now(&self) -> i64 {
        (self.clock)()
    }
}

impl std::fmt::Debug for StoreLocation {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("StoreLocation")
            .field("data_dir", &self.data_dir)
            .finish_non_exhaustive()
    }
}

fn system_time() -> i64 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .ok()
        .and_then(|elapsed| i64::try_from(elapsed.as_secs()).ok())
        .unwrap_or_default()
}
