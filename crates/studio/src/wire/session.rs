//! Who is signed in, and which secrets have a value. The values themselves are deliberately not here.

use serde::Serialize;

/// Who is signed in to a connector.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AuthStatus {
    /// Whether there are cached outputs.
    pub signed_in: bool,
    /// The steps that left them.
    pub step_ids: Vec<String>,
    /// When they expire, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// When they were stored, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub stored_at: Option<i64>,
    /// The outputs of steps with shared credentials.
    pub shared: SharedStatus,
}

/// Whether the shared sign-in is there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SharedStatus {
    /// Whether any step has shared credentials.
    pub wanted: bool,
    /// Whether their outputs are there.
    pub signed_in: bool,
    /// When they expire, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// When they were stored, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub stored_at: Option<i64>,
}

/// A secret variable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SecretStatus {
    /// Its name.
    pub name: String,
    /// Whether it has a value.
    pub is_set: bool,
}
