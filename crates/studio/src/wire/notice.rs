//! What a person is told outside any run.

use serde::Serialize;

use super::error::AppError;

/// Something that happened outside any run.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum StudioNotice {
    /// The answer to a sign-in came, and the program that had asked for it is no more (SAFETY Z16, F18).
    SignInInterrupted {
        /// The connector, where it is one of the library.
        connector_id: Option<String>,
        /// Its name.
        connector_name: Option<String>,
        /// What happened and what to do, in words.
        message: String,
    },
    /// Who is signed in has changed, here or in another process on the same data folder.
    SessionsChanged,
    /// New tokens could not be written to the disk. They are used from memory, and written as soon as that works (F35).
    SessionNotKept {
        /// The connector's name.
        connector_name: String,
        /// Why.
        error: AppError,
    },
    /// A deep link was not taken.
    DeepLinkRefused {
        /// Why.
        error: AppError,
    },
}
