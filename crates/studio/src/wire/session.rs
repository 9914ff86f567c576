//! Who is signed in, and which secrets have a value. The values themselves are deliberately not here.

use serde::Serialize;

use super::run::RefreshEnd;

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

/// One of a connector's accounts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AccountView {
    /// What people call it.
    pub name: String,
    /// Who it is in the provider's words: an e-mail address, a user name.
    pub label: Option<String>,
    /// Whether it is the one in use.
    pub active: bool,
    /// Whether it is signed in.
    pub state: AccountState,
    /// When its outputs expire, in Unix seconds. Where that is past and it is signed in, the next use renews it.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// Whether it is renewed without its person once it expires.
    pub renews: bool,
    /// When they were stored, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub stored_at: Option<i64>,
    /// Why it needs its person.
    pub needs_you: Option<AccountNeedsYou>,
    /// Its outputs are in memory only: the disk would not take them, and is tried again.
    pub held: bool,
}

/// Whether an account is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    /// Nothing is cached for it.
    SignedOut,
    /// It is, or will be renewed at its next use.
    SignedIn,
    /// What is cached is over, and nothing can renew it.
    Expired,
    /// Only its person can bring it back.
    NeedsYou,
}

/// Why an account needs its person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AccountNeedsYou {
    /// The stable code of what happened.
    pub code: String,
    /// The same in words, the provider's own where it gave some.
    pub message: String,
    /// When, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub at: i64,
}

/// A renewal of one of a connector's sessions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ActivityView {
    /// When, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub at: i64,
    /// The account; nobody's where everyone shares the session.
    pub account: Option<String>,
    /// Why: `status_401`, `condition`, `expired`, `before_expiry`, `asked`.
    pub reason: String,
    /// What came of it.
    pub outcome: RefreshEnd,
    /// The steps and outputs that took new values.
    pub updated: Vec<String>,
    /// What went wrong.
    pub error: Option<ActivityError>,
}

/// What went wrong in a renewal.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ActivityError {
    /// The stable code.
    pub code: String,
    /// The same in words, masked.
    pub message: String,
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
