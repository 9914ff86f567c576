//! What a window is shown of a file before it is imported. The values of its secrets stay in the core.

use latchwork_exchange::{ForeignKind, NoteKind};
use serde::{Deserialize, Serialize};

/// What an import would bring. Nothing is saved yet.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportPreview {
    /// What names this preview when it is imported or dropped.
    pub id: String,
    /// What the file is.
    pub kind: ImportKind,
    /// What the connector would be called.
    pub name: String,
    /// Where the API is, a template.
    pub base_url: String,
    /// Its auth method.
    pub auth_method: String,
    /// What was understood, in words.
    pub understood: Vec<String>,
    /// What was not, or was read in another sense.
    pub notes: Vec<ImportNote>,
    /// The connector's secret variables.
    pub secrets: Vec<ImportSecret>,
    /// The first of its endpoints.
    pub endpoints: Vec<ImportEndpoint>,
    /// How many there are in all.
    pub endpoint_count: u32,
    /// Whether a Postman environment was given with it; none where it takes none.
    pub environment: Option<bool>,
}

/// What kind of file it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ImportKind {
    /// A connector file.
    Connector,
    /// cURL commands.
    Curl,
    /// An `OpenAPI` description.
    OpenApi,
    /// A Postman collection.
    Postman,
}

impl From<ForeignKind> for ImportKind {
    fn from(kind: ForeignKind) -> Self {
        match kind {
            ForeignKind::Curl => Self::Curl,
            ForeignKind::OpenApi => Self::OpenApi,
            ForeignKind::Postman | ForeignKind::PostmanEnvironment => Self::Postman,
            _ => Self::Connector,
        }
    }
}

/// Something that a person should know of an import.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportNote {
    /// What it is about.
    pub kind: ImportNoteKind,
    /// In words.
    pub message: String,
}

/// What a note is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ImportNoteKind {
    /// Something that has no counterpart here.
    LeftOut,
    /// Something that was read in another sense than it was written.
    Changed,
    /// Something that only the person has.
    Missing,
    /// A credential.
    Secret,
}

impl From<NoteKind> for ImportNoteKind {
    fn from(kind: NoteKind) -> Self {
        match kind {
            NoteKind::Changed => Self::Changed,
            NoteKind::Missing => Self::Missing,
            NoteKind::Secret => Self::Secret,
            _ => Self::LeftOut,
        }
    }
}

/// A secret variable of a connector that would be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportSecret {
    /// The variable's name.
    pub name: String,
    /// Whether its value stood in the file.
    pub found: bool,
}

/// An endpoint of a connector that would be imported.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ImportEndpoint {
    /// Its id.
    pub id: String,
    /// What people read.
    pub name: String,
    /// The method.
    pub method: String,
    /// The path or the address, a template.
    pub url: String,
}

/// The value of a secret variable that a person gives with an import.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GivenSecret {
    /// The variable's name.
    pub name: String,
    /// Its value.
    pub value: String,
}

/// What a connector is exported as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ExportKind {
    /// A connector file.
    Connector,
    /// A script of cURL commands.
    Curl,
    /// An `OpenAPI` document.
    OpenApi,
}

/// A connector as a text of another tool.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorExported {
    /// The text.
    pub text: String,
    /// What it does not say.
    pub notes: Vec<String>,
}
