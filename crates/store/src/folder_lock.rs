//! The lock of the data folder: one process at a time migrates or mends. The system frees it when its holder dies.

use std::fs::{File, TryLockError};
use std::path::PathBuf;
use std::time::{Duration, Instant};

use crate::error::StoreError;
use crate::files;
use crate::location::StoreLocation;

/// Held as long as it lives.
pub(crate) struct FolderLock {
    _file: File,
}

impl FolderLock {
    /// Waits at most the location's patience.
    pub(crate) async fn take(location: &StoreLocation) -> Result<Self, StoreError> {
        let path = location.lock_file();
        let file = files::open_private(&path)?;
        let started = Instant::now();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Self { _file: file }),
                Err(TryLockError::WouldBlock) if started.elapsed() < location.patience => {
                    tokio::time::sleep(Duration::from_millis(20)).await;
                }
                Err(TryLockError::WouldBlock) => return Err(locked(path, location.patience)),
                Err(TryLockError::Error(source)) => {
                    return Err(StoreError::Unavailable { path, source });
                }
            }
        }
    }
}

fn locked(path: PathBuf, waited: Duration) -> StoreError {
    StoreError::Locked { path, waited }
}
