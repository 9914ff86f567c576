//! One lease's lock file. It is there while the lease is held, and after a holder was killed, until the next one or
//! the next sweep.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use crate::error::StoreError;
use crate::files;

/// A file that this process has locked, and which is the one in place under its name.
pub(super) struct LeaseFile {
    file: File,
    path: PathBuf,
}

impl LeaseFile {
    /// Takes the lock if it is free. It never waits.
    pub(super) fn try_take(path: &Path) -> Result<Option<Self>, StoreError> {
        Self::lock(files::open_private(path)?, path)
    }

    fn lock(file: File, path: &Path) -> Result<Option<Self>, StoreError> {
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Ok(None),
            Err(TryLockError::Error(source)) => {
                return Err(StoreError::Unavailable {
                    path: path.to_owned(),
                    source,
                });
            }
        }
        let taken = Self {
            file,
            path: path.to_owned(),
        };
        // Its holder may have removed it between our opening and our locking: then the lock says nothing.
        Ok(taken.is_in_place().then_some(taken))
    }
}

impl Drop for LeaseFile {
    /// Only the holder removes the file, and before it lets go: whoever locks a file that is gone looks again.
    fn drop(&mut self) {
        if REMOVES
            && self.is_in_place()
            && let Err(error) = files::remove_if_there(&self.path)
        {
            tracing::debug!(%error, "a lease's file stays");
        }
    }
}

/// Removes what killed processes left. A lease that is held is left alone.
pub(super) fn sweep(folder: &Path) {
    if !REMOVES {
        return;
    }
    for path in files::list(folder).unwrap_or_default() {
        let is_lease = path.extension().is_some_and(|ending| ending == "lease");
        if is_lease && let Err(error) = LeaseFile::try_take(&path) {
            tracing::debug!(%error, "a lease's file was not looked at");
        }
    }
}

#[cfg(unix)]
const REMOVES: bool = true;

/// Elsewhere a file that someone has open cannot be removed for sure: there they stay, one for each session that was
/// ever renewed.
#[cfg(not(unix))]
const REMOVES: bool = false;

impl LeaseFile {
    #[cfg(unix)]
    fn is_in_place(&self) -> bool {
        use std::os::unix::fs::MetadataExt;
        let (Ok(ours), Ok(there)) = (self.file.metadata(), std::fs::metadata(&self.path)) else {
            return false;
        };
        (ours.dev(), ours.ino()) == (there.dev(), there.ino())
    }

    #[cfg(not(unix))]
    fn is_in_place(&self) -> bool {
        true
    }
}

#[cfg(all(test, unix))]
mod tests;
