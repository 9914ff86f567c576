//! The state of the studio: the vault and the practice provider. A person's choices are in [`super::settings`].

use serde::Serialize;

/// The state of the whole studio.
#[derive(Clone, Debug, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct StudioStatus {
    /// The version.
    pub version: String,
    /// Where everything is kept.
    pub data_dir: String,
    /// The vault.
    pub vault: VaultStatus,
    /// The practice provider.
    pub sandbox: SandboxStatus,
    /// Nothing has been made here yet.
    pub first_run: bool,
    /// What happened to a broken database at the start, in words.
    pub recovery: Option<String>,
}

/// Whether secrets can be kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct VaultStatus {
    /// What state it is in.
    pub state: VaultState,
    /// What holds its key.
    pub kept_by: Option<KeptBy>,
    /// The state in words.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
}

/// The states of a vault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum VaultState {
    /// Open.
    Ready,
    /// The keyring or the passphrase is locked.
    Locked,
    /// There is no keyring.
    Missing,
    /// The keyring said no.
    Refused,
    /// The keyring does not answer.
    Slow,
    /// There is encrypted data, and no key for it.
    KeyGone,
    /// The key does not fit the data.
    KeyWrong,
    /// Secrets live as long as the process.
    SessionOnly,
}

/// What holds the vault's key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum KeptBy {
    /// The system's keyring.
    Keyring,
    /// A passphrase.
    Passphrase,
    /// This process alone.
    Session,
}

/// The practice provider.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SandboxStatus {
    /// Whether it runs.
    pub running: bool,
    /// Where.
    pub base_url: Option<String>,
}
