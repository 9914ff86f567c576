//! `SQLite` and the vault: connectors, apps, drafts, accounts, cached outputs, secrets, run history, settings.
//!
//! A [`Store`] is an open data folder, a [`Vault`] seals what is secret in it. Documents and outputs are texts and
//! bytes here: this crate knows no connector or app file, runs nothing and asks nobody. SAFETY Z32 to Z34 and F35 to F41
//! are kept here, and what F2 to F4 and F16 need of the disk: the lease on a session, the attempt to renew it, and
//! outputs that are stored only in place of those that they renew.

mod error;
mod files;
#[cfg(test)]
mod fixture;
mod folder_lock;
mod lease;
mod location;
mod migration;
mod open;
mod recovery;
mod stamp;
mod store;
mod table;
mod vault;

pub use error::StoreError;
pub use lease::{SessionLease, SessionLeases};
pub use location::{Clock, StoreLocation};
pub use open::Health;
pub use recovery::Recovery;
pub use store::Store;
pub use table::{
    Account, Accounts, Activity, App, AppAccounts, AppContent, AppDraft, AppDrafts, AppEntry, Apps,
    Basis, CachedOutputs, Cleared, Connector, ConnectorContent, ConnectorDocuments, ConnectorEntry,
    ConnectorFile, ConnectorPage, Connectors, Draft, Drafts, GraphqlSchema, GraphqlSchemas,
    HeldOutputs, NeedsYou, NeedsYouMarks, NewActivity, NewOutputs, NewPendingAuthorization,
    Outputs, OutputsStatus, PendingAuthorization, PendingAuthorizations, RefreshAttempts, Run,
    RunRecord, Runs, Scope, SecretVariables, SessionActivity, Settings, Stored,
};
#[cfg(feature = "fuzzing")]
pub use vault::fuzzing;
pub use vault::{
    KeeperError, KeptBy, KeyKeeper, KeySource, Keyring, PassphraseCost, Place, Rotation, Vault,
    VaultError,
};
