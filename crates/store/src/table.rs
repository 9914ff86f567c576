//! The tables, one file each. Their SQL is checked against the schema when it is compiled (`.sqlx/`).

mod accounts;
mod connectors;
mod drafts;
mod outputs;
mod pending_authorizations;
mod runs;
mod secret_variables;
mod settings;

pub use accounts::{Account, Accounts};
pub use connectors::{Connector, ConnectorContent, ConnectorEntry, Connectors};
pub use drafts::{Draft, Drafts};
pub(crate) use outputs::forget_all_outputs;
pub use outputs::{CachedOutputs, Cleared, NewOutputs, Outputs, OutputsStatus, Scope, Stored};
pub use pending_authorizations::{
    NewPendingAuthorization, PendingAuthorization, PendingAuthorizations,
};
pub use runs::{Run, RunRecord, Runs};
pub use secret_variables::SecretVariables;
pub use settings::Settings;
