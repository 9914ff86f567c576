//! The data folder and its files: made for their owner alone (0700, 0600).
//!
//! A database file is never opened here once `SQLite` may have it open: closing any handle of a file drops all the
//! POSIX locks that this process holds on it, `SQLite`'s too.

use std::fs::{self, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use crate::error::StoreError;

fn unavailable(path: &Path) -> impl FnOnce(io::Error) -> StoreError {
    let path = path.to_owned();
    move |source| StoreError::Unavailable { path, source }
}

/// Makes the data folder where it is not there. One that is new or empty becomes 0700; one that holds other
/// things is left as its owner set it, and what is ours in it is 0600 all the same.
pub(crate) fn prepare_data_dir(path: &Path) -> Result<(), StoreError> {
    let ours = match fs::read_dir(path) {
        Ok(mut entries) => entries.next().is_none(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            create_folder(path).map_err(unavailable(path))?;
            true
        }
        Err(error) => return Err(unavailable(path)(error)),
    };
    if ours {
        restrict(path)?;
    }
    Ok(())
}

/// Makes a folder of ours in the data folder, 0700, where it is not there.
pub(crate) fn prepare_private_folder(path: &Path) -> Result<(), StoreError> {
    create_folder(path).map_err(unavailable(path))?;
    restrict(path)
}

/// Makes an empty file, 0600. It must not be there.
pub(crate) fn create_private(path: &Path) -> Result<(), StoreError> {
    private_options()
        .create_new(true)
        .open(path)
        .map(drop)
        .map_err(unavailable(path))
}

/// Like [`create_private`], and fine with a file that is there. True if it was made now.
pub(crate) fn create_private_if_missing(path: &Path) -> Result<bool, StoreError> {
    match private_options().create_new(true).open(path) {
        Ok(_) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(unavailable(path)(error)),
    }
}

/// Opens for reading and writing, making it 0600 where it is not there.
pub(crate) fn open_private(path: &Path) -> Result<fs::File, StoreError> {
    private_options()
        .create(true)
        .truncate(false)
        .open(path)
        .map_err(unavailable(path))
}

/// Takes away what others may do with it, where it is there; what its owner may do stays. Changes the mode without
/// opening the file.
#[cfg(unix)]
pub(crate) fn restrict(path: &Path) -> Result<(), StoreError> {
    use std::os::unix::fs::PermissionsExt;
    let metadata = match fs::metadata(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        other => other.map_err(unavailable(path))?,
    };
    let mode = metadata.permissions().mode();
    if mode & 0o777 == mode & 0o700 {
        return Ok(());
    }
    match fs::set_permissions(path, fs::Permissions::from_mode(mode & 0o700)) {
        // Someone else's file, or a file system without modes: not ours to refuse.
        Err(error)
            if matches!(
                error.kind(),
                io::ErrorKind::PermissionDenied
                    | io::ErrorKind::Unsupported
                    | io::ErrorKind::ReadOnlyFilesystem
            ) =>
        {
            Ok(())
        }
        other => other.map_err(unavailable(path)),
    }
}

/// Other systems guard a person's folder by inherited rules.
#[cfg(not(unix))]
pub(crate) fn restrict(_path: &Path) -> Result<(), StoreError> {
    Ok(())
}

pub(crate) fn rename(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(unavailable(from))
}

pub(crate) fn rename_if_there(from: &Path, to: &Path) -> Result<(), StoreError> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(unavailable(from)),
    }
}

pub(crate) fn remove_if_there(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        other => other.map_err(unavailable(path)),
    }
}

pub(crate) fn list(folder: &Path) -> Result<Vec<PathBuf>, StoreError> {
    fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .map_err(unavailable(folder))
}

/// The file with `SQLite`'s own ending for its log or index: `latchwork.db-wal`.
pub(crate) fn beside(database: &Path, ending: &str) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

#[cfg(unix)]
fn private_options() -> OpenOptions {
    use std::os::unix::fs::OpenOptionsExt;
    let mut options = OpenOptions::new();
    options.read(true).write(true).mode(0o600);
    options
}

#[cfg(not(unix))]
fn private_options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.read(true).write(true);
    options
}

#[cfg(unix)]
fn create_folder(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    match fs::DirBuilder::new().mode(0o700).create(path) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(not(unix))]
fn create_folder(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}
