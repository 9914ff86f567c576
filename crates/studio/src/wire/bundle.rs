//! What opening a sealed bundle of shared credentials gives.

use serde::Serialize;

/// Whose shared credentials a bundle brought.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct BundleOpened {
    /// The connector.
    pub connector_id: String,
    /// Its name.
    pub connector_name: String,
}
