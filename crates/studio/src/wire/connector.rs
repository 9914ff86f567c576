//! Connectors in the list and in the editor, with their unsaved work. What is in a connector's file crosses as text.

use serde::{Deserialize, Serialize};

/// A connector in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What kind of API it is.
    pub kind: ConnectorKind,
    /// Its base URL.
    pub base_url: String,
    /// Its auth method.
    pub auth_method: String,
    /// How many steps its auth flow has.
    pub step_count: u32,
    /// How many endpoints it has.
    pub endpoint_count: u32,
    /// Whether there is unsaved work.
    pub has_draft: bool,
    /// How its last test ended.
    pub test_state: TestState,
    /// The file it was opened from.
    pub file_path: Option<String>,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
    /// Whether there are cached outputs.
    pub signed_in: bool,
}

/// A part of the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorPage {
    /// How many were found in all.
    pub total: u32,
    /// At most a hundred of them, by name.
    pub connectors: Vec<ConnectorSummary>,
}

/// What kind of API it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    /// Resources with addresses.
    Rest,
    /// One address, queries in the body.
    Graphql,
}

impl From<latchwork_model::ConnectorKind> for ConnectorKind {
    fn from(kind: latchwork_model::ConnectorKind) -> Self {
        match kind {
            latchwork_model::ConnectorKind::Rest => Self::Rest,
            latchwork_model::ConnectorKind::Graphql => Self::Graphql,
        }
    }
}

impl From<ConnectorKind> for latchwork_model::ConnectorKind {
    fn from(kind: ConnectorKind) -> Self {
        match kind {
            ConnectorKind::Rest => Self::Rest,
            ConnectorKind::Graphql => Self::Graphql,
        }
    }
}

/// How the last test of a connector ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TestState {
    /// It worked, and nothing changed since.
    Passed,
    /// It failed, and nothing changed since.
    Failed,
    /// It was never tested.
    NotTested,
    /// It changed since the last test.
    Changed,
}

/// A connector that is open in the editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ConnectorOpened {
    /// Its id.
    pub id: String,
    /// The saved file's text.
    pub document: String,
    /// The save that this is; given back when saving.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub revision: i64,
    /// Unsaved work.
    pub draft: Option<Draft>,
    /// The file it was opened from.
    pub file_path: Option<String>,
    /// How its last test ended.
    pub test_state: TestState,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
}

/// Unsaved work on a connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Draft {
    /// The text; perhaps no valid connector yet.
    pub document: String,
    /// When it was kept, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub saved_at: i64,
}

/// When a draft was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct DraftSaved {
    /// In Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub saved_at: i64,
}
