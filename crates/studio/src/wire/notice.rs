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
    /// A deep link was not taken.
    DeepLinkRefused {
        /// Why.
        error: AppError,
    },
}
