//! What can go wrong with the database: each case with its code, the place, and what to do.
//!
//! `SQLite`'s result codes are read here and nowhere else.

use std::path::PathBuf;
use std::time::Duration;

use crate::vault::VaultError;

/// A fault of the store.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// The data folder or a file in it could not be made or used.
    #[error("The data folder cannot be used: {path}: {source}", path = path.display())]
    Unavailable {
        /// The folder or file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// `SQLite` could not open, read or write the file.
    #[error("The database cannot be used: {path}: {source}", path = path.display())]
    Database {
        /// The database file.
        path: PathBuf,
        /// What `SQLite` said.
        source: sqlx::Error,
    },
    /// The database belongs to a newer version of this program. Nothing was changed.
    #[error("{path} was written by a newer version: it has format {found}, and this version knows formats up to {supported}", path = path.display())]
    NewerVersion {
        /// The database file.
        path: PathBuf,
        /// The file's format.
        found: i64,
        /// The newest format this version knows.
        supported: i64,
    },
    /// The database is broken. The next opening moves it aside and saves what can be read.
    #[error("The database is broken: {path}: {source}", path = path.display())]
    Corrupt {
        /// The database file.
        path: PathBuf,
        /// What `SQLite` said.
        source: sqlx::Error,
    },
    /// Another program holds the database, and did not let go in time.
    #[error("{path} is in use by another program, and was not free within {waited:?}", path = path.display())]
    Locked {
        /// The database file, or the lock file beside it.
        path: PathBuf,
        /// How long was waited.
        waited: Duration,
    },
    /// The database may not be written to.
    #[error("{path} is read-only", path = path.display())]
    ReadOnly {
        /// The database file.
        path: PathBuf,
        /// What `SQLite` said.
        source: sqlx::Error,
    },
    /// There is no room on the disk. What was to be stored is not stored.
    #[error("There is no room left on the disk for {path}", path = path.display())]
    DiskFull {
        /// The database file.
        path: PathBuf,
        /// What `SQLite` said.
        source: sqlx::Error,
    },
    /// A migration failed. The database is as it was before.
    #[error("The data could not be brought from format {from} to {to}: {source}")]
    Migration {
        /// The format of the data, as before.
        from: i64,
        /// The format that was wanted.
        to: i64,
        /// What `SQLite` said.
        source: sqlx::Error,
    },
    /// It was changed by someone else since it was read.
    #[error(
        "The {what} was changed since it was opened: you have revision {expected}, and it is now at revision {stored}"
    )]
    Conflict {
        /// What was changed: "connector", "app".
        what: &'static str,
        /// Its id.
        id: String,
        /// The revision that the change was made on.
        expected: i64,
        /// The revision that is stored.
        stored: i64,
    },
    /// There is no such record.
    #[error("There is no {what} \u{201c}{id}\u{201d}")]
    NotFound {
        /// What was looked for: "connector", "app", "account", "run".
        what: &'static str,
        /// Its id.
        id: String,
    },
    /// The name or file is taken.
    #[error("There is already {what} \u{201c}{name}\u{201d}")]
    Taken {
        /// What is there, with its article: "an account named".
        what: &'static str,
        /// The name.
        name: String,
    },
    /// The vault could not seal or open it.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// A statement failed in a way that it never should.
    #[error("The database refused a statement: {0}")]
    Statement(sqlx::Error),
}

impl StoreError {
    /// The stable code, as in `docs/error-codes.md`.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unavailable { .. } | Self::Database { .. } | Self::Migration { .. } => {
                "store.unavailable"
            }
            Self::NewerVersion { .. } => "store.newer_version",
            Self::Corrupt { .. } => "store.corrupt",
            Self::Locked { .. } => "store.locked",
            Self::ReadOnly { .. } => "store.read_only",
            Self::DiskFull { .. } => "store.disk_full",
            Self::Conflict { .. } => "file.conflict",
            Self::NotFound { .. } => "file.not_found",
            Self::Taken { .. } => "file.exists",
            Self::Vault(error) => error.code(),
            Self::Statement(_) => "internal",
        }
    }

    /// What a person can do about it.
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            Self::Unavailable { .. } | Self::Database { .. } => {
                "Check that the folder is there and that you may write to it, or choose another with `--data-dir`.".into()
            }
            Self::NewerVersion { .. } => {
                "Use the newer version, or choose another data folder with `--data-dir`. Nothing was changed.".into()
            }
            Self::Corrupt { .. } => {
                "Start again: the broken file is then moved aside, and what can be read of it is kept.".into()
            }
            Self::Locked { .. } => "Close the program that uses it, or try again in a moment.".into(),
            Self::ReadOnly { .. } => "Make the file and its folder writable, or choose another with `--data-dir`.".into(),
            Self::DiskFull { .. } => "Free some space, then try again.".into(),
            Self::Migration { .. } => {
                "Nothing was changed. Try again; if it stays, use the version that you had before and report it.".into()
            }
            Self::Conflict { .. } => "Open it again and make the change once more; your draft is kept.".into(),
            Self::NotFound { .. } => return None,
            Self::Taken { .. } => "Choose another name, or remove the other one first.".into(),
            Self::Vault(error) => return error.hint(),
            Self::Statement(_) => "Try again; if it stays, report it with what you did.".into(),
        })
    }

    /// Whether there is no room on the disk.
    pub const fn is_disk_full(&self) -> bool {
        matches!(self, Self::DiskFull { .. })
    }

    /// Whether the same may work in a moment, with nothing changed.
    pub fn is_retryable(&self) -> bool {
        match self {
            Self::Locked { .. } | Self::DiskFull { .. } => true,
            Self::Vault(error) => error.is_retryable(),
            _ => false,
        }
    }
}

/// What `SQLite`'s result code means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SqliteFault {
    Busy,
    Corrupt,
    Full,
    ReadOnly,
    Unusable,
    Unique,
    Other,
}

impl SqliteFault {
    pub(crate) fn of(error: &sqlx::Error) -> Self {
        let Some(database) = error.as_database_error() else {
            return match error {
                // A column that does not hold what the schema says: the page was overwritten.
                sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => Self::Corrupt,
                sqlx::Error::Io(_) => Self::Unusable,
                _ => Self::Other,
            };
        };
        let code = database
            .code()
            .and_then(|code| code.parse::<i32>().ok())
            .unwrap_or_default();
        // Extended codes carry the primary one in their low byte: https://sqlite.org/rescode.html
        match (code & 0xff, code) {
            (_, 2067 | 1555) => Self::Unique,
            (5 | 6, _) => Self::Busy,
            (8, _) => Self::ReadOnly,
            (10 | 14, _) => Self::Unusable,
            (11 | 26, _) => Self::Corrupt,
            (13, _) => Self::Full,
            _ => Self::Other,
        }
    }
}

/// Turns `SQLite`'s errors into ours, with the file they are about.
pub(crate) fn classify(error: sqlx::Error, path: PathBuf, waited: Duration) -> StoreError {
    match SqliteFault::of(&error) {
        SqliteFault::Busy => StoreError::Locked { path, waited },
        SqliteFault::Corrupt => StoreError::Corrupt {
            path,
            source: error,
        },
        SqliteFault::Full => StoreError::DiskFull {
            path,
            source: error,
        },
        SqliteFault::ReadOnly => StoreError::ReadOnly {
            path,
            source: error,
        },
        SqliteFault::Unusable => StoreError::Database {
            path,
            source: error,
        },
        SqliteFault::Unique | SqliteFault::Other => match error {
            sqlx::Error::PoolTimedOut => StoreError::Locked { path, waited },
            other => StoreError::Statement(other),
        },
    }
}
