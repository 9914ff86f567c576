//! A connector's file, and how the two stand to each other.

use serde::Serialize;

use super::{AppError, ConnectorOpened};

/// The file that a connector is saved to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LinkedFile {
    /// Where it is.
    pub path: String,
    /// What it is called.
    pub name: String,
    /// How it stands to the connector here.
    pub state: FileState,
    /// The save of the connector here that this is: another process may have taken the file over.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub revision: i64,
}

/// How a file stands to what was read from it or written to it last.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FileState {
    /// It says the same.
    Same,
    /// Another program changed it.
    Changed {
        /// What this state of it is called.
        hash: String,
        /// Why it is no connector, where it is none.
        fault: Option<AppError>,
    },
    /// It is gone.
    Missing,
    /// It cannot be read.
    Unreadable {
        /// Why not.
        error: AppError,
    },
}

/// What a connector's file says, to be looked at beside what is here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorFileText {
    /// As it would be written here; as it stands where it is no connector.
    pub text: String,
    /// What the person has, written the same way; as it was given where it is no connector.
    pub mine: String,
    /// What this state of it is called: who saves over it says so by this.
    pub hash: String,
    /// Why it is no connector, where it is none.
    pub fault: Option<AppError>,
}

/// A connector that was opened from its file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct LinkedConnector {
    /// It.
    pub opened: ConnectorOpened,
    /// The name of another connector of the library with the id that is in the file, where there is one.
    pub beside: Option<String>,
}
