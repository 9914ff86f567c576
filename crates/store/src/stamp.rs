//! The stamp file: tells every process that cached outputs changed, without asking the database.
//!
//! A read through `SQLite` costs a hop to sqlx's thread and back, 45 to 90 µs; reading 16 bytes of a file that is
//! in memory costs about one. The rule that makes it safe:
//!
//! - Whoever changes outputs puts a new random stamp into the database *in that transaction*, and writes it to
//!   the file *before the commit*.
//! - What a process holds decrypted in memory carries the stamp of the snapshot it was read from, and counts only
//!   while the file still says the same.
//!
//! So once a change is committed, the file already differs from what any older copy carries. A writer that is
//! killed or rolls back leaves a stamp that no copy carries: reads then go to the database until the next change.
//! Sixteen random bytes, not a counter: a stamp torn between two writes equals no other stamp.

use std::fs::File;
use std::path::PathBuf;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::error::StoreError;
use crate::files;
use crate::vault::VaultError;

/// A random value that names one state of all cached outputs.
pub(crate) type Stamp = [u8; 16];

/// Another one.
pub(crate) fn random() -> Result<Stamp, VaultError> {
    let mut stamp = Stamp::default();
    getrandom::fill(&mut stamp).map_err(VaultError::Random)?;
    Ok(stamp)
}

pub(crate) struct StampFile {
    path: PathBuf,
    /// Kept open. `SQLite` knows nothing of this file, so closing it harms no lock.
    file: RwLock<Option<File>>,
    alignment_taken: AtomicBool,
}

impl StampFile {
    pub(crate) fn new(path: PathBuf) -> Self {
        Self {
            path,
            file: RwLock::new(None),
            alignment_taken: AtomicBool::new(false),
        }
    }

    /// The stamp now, or nothing if it cannot be told: then the database must be asked.
    pub(crate) fn read(&self) -> Option<Stamp> {
        if let Some(file) = self.file.read().ok()?.as_ref()
            && is_in_place(file)
        {
            return read_stamp(file);
        }
        let mut slot = self.file.write().ok()?;
        *slot = files::open_private(&self.path).ok();
        slot.as_ref().and_then(read_stamp)
    }

    /// True once: whoever gets it writes a new stamp, since the file does not say what the database says.
    pub(crate) fn take_alignment(&self) -> bool {
        !self.alignment_taken.swap(true, Ordering::Relaxed)
    }

    /// Says that the outputs change. To be called inside the transaction, before its commit.
    pub(crate) fn write(&self, stamp: &Stamp) -> Result<(), StoreError> {
        let unavailable = |source| StoreError::Unavailable {
            path: self.path.clone(),
            source,
        };
        let mut slot = self
            .file
            .write()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if !slot.as_ref().is_some_and(is_in_place) {
            *slot = Some(files::open_private(&self.path)?);
        }
        match slot.as_ref() {
            Some(file) => write_stamp(file, stamp).map_err(unavailable),
            None => Ok(()),
        }
    }
}

/// False for a file that was deleted or replaced: others write to the new one.
#[cfg(unix)]
fn is_in_place(file: &File) -> bool {
    use std::os::unix::fs::MetadataExt;
    file.metadata().is_ok_and(|metadata| metadata.nlink() > 0)
}

#[cfg(unix)]
fn read_stamp(file: &File) -> Option<Stamp> {
    use std::os::unix::fs::FileExt;
    let mut stamp = Stamp::default();
    file.read_exact_at(&mut stamp, 0).ok()?;
    Some(stamp)
}

#[cfg(unix)]
fn write_stamp(file: &File, stamp: &Stamp) -> std::io::Result<()> {
    use std::os::unix::fs::FileExt;
    file.write_all_at(stamp, 0)
}

#[cfg(not(unix))]
fn is_in_place(_file: &File) -> bool {
    true
}

/// Elsewhere every read asks the database.
#[cfg(not(unix))]
fn read_stamp(_file: &File) -> Option<Stamp> {
    None
}

#[cfg(not(unix))]
fn write_stamp(_file: &File, _stamp: &Stamp) -> std::io::Result<()> {
    Ok(())
}
