//! The tables, one file each. Their SQL is checked against the schema when it is compiled (`.sqlx/`).

mod accounts;
mod app_accounts;
mod app_drafts;
mod apps;
mod connectors;
mod drafts;
mod graphql_schemas;
mod needs_you;
mod outputs;
mod pending_authorizations;
mod refresh_attempts;
mod runs;
mod secret_variables;
mod session_activity;
mod settings;

pub(crate) use accounts::KeptAccounts;
pub use accounts::{Account, Accounts};
pub use app_accounts::AppAccounts;
pub use app_drafts::{AppDraft, AppDrafts};
pub use apps::{App, AppContent, AppEntry, Apps};
pub use connectors::{
    Connector, ConnectorContent, ConnectorDocuments, ConnectorEntry, ConnectorFile, ConnectorPage,
    Connectors,
};
pub use drafts::{Draft, Drafts};
pub use graphql_schemas::{GraphqlSchema, GraphqlSchemas};
pub use needs_you::{NeedsYou, NeedsYouMarks};
pub(crate) use outputs::forget_all_outputs;
pub use outputs::{
    Basis, CachedOutputs, Cleared, HeldOutputs, NewOutputs, Outputs, OutputsStatus, Scope, Stored,
};
pub use pending_authorizations::{
    NewPendingAuthorization, PendingAuthorization, PendingAuthorizations,
};
pub use refresh_attempts::RefreshAttempts;
pub use runs::{Run, RunRecord, Runs};
pub use secret_variables::SecretVariables;
pub use session_activity::{Activity, NewActivity, SessionActivity};
pub use settings::Settings;

/// Text for a person to read, cut where it is longer than anybody reads.
fn bounded(text: &str) -> &str {
    &text[..text.floor_char_boundary(1024)]
}
