//! Apps in the list and in the editor, with their unsaved work. What is in an app's file crosses as text.

use serde::Serialize;

use super::connector::Draft;

/// An app in the list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// How many screens it has.
    pub screen_count: u32,
    /// The names of the connectors that it calls.
    pub connectors: Vec<String>,
    /// Whether there is unsaved work.
    pub has_draft: bool,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
}

/// An app that is open in the editor.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppOpened {
    /// Its id.
    pub id: String,
    /// The saved file's text.
    pub document: String,
    /// The save that this is; given back when saving.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub revision: i64,
    /// Unsaved work.
    pub draft: Option<Draft>,
    /// When it was saved, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub updated_at: i64,
}

/// What an app's editor knows of a connector of the library: what can be bound to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BindableConnector {
    /// The library's id: what an app's file names it by.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its endpoints.
    pub endpoints: Vec<BindableEndpoint>,
}

/// An endpoint that a source or an action can call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BindableEndpoint {
    /// Its id.
    pub id: String,
    /// Its name for people; the id where it has none.
    pub name: String,
    /// Its method, upper case.
    pub method: String,
    /// Its inputs.
    pub inputs: Vec<BindableInput>,
}

/// An input of an endpoint.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BindableInput {
    /// Its name.
    pub name: String,
    /// Its type: `text`, `number`, `boolean` or `json`.
    #[serde(rename = "type")]
    pub input_type: String,
    /// Whether a call without it is refused.
    pub required: bool,
}
