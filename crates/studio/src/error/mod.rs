//! What can go wrong in a use case. Every error has a stable code, the concrete value, and what to do.

mod code;
mod hint;

use std::path::PathBuf;

use latchwork_engine::{CallbackRefusal, EngineError, Fault, RunFailure};
use latchwork_exchange::ForeignError;
use latchwork_model::{ErrorCode, FileError};
use latchwork_store::{StoreError, VaultError};

use crate::wire::{AppError, VaultStatus};

/// Why a use case failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StudioError {
    /// A connector file is not valid.
    #[error(transparent)]
    File(#[from] FileError),
    /// A file could not be read or written.
    #[error("{}: {source}", path.display())]
    FileAccess {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// A connector's file says something else than when it was read or written here last.
    #[error("{} was changed by another program", path.display())]
    FileChanged {
        /// The file.
        path: PathBuf,
    },
    /// A connector that no file belongs to.
    #[error("`{name}` is not saved to a file")]
    NoFile {
        /// The connector.
        name: String,
    },
    /// No connector has this name or id.
    #[error("there is no connector called `{name}`{}", near(.nearest))]
    ConnectorNotFound {
        /// The name that was asked for.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// No app has this name or id.
    #[error("there is no app called `{name}`{}", near(.nearest))]
    AppNotFound {
        /// The name that was asked for.
        name: String,
        /// The nearest name that exists.
        nearest: Option<String>,
    },
    /// The catalogue has no such entry.
    #[error("the catalogue has no entry `{id}`{}", near(.nearest))]
    CatalogueEntryNotFound {
        /// The id that was asked for.
        id: String,
        /// The nearest id that exists.
        nearest: Option<String>,
    },
    /// Several connectors have this name.
    #[error("{count} connectors are called `{name}`")]
    ConnectorAmbiguous {
        /// The name.
        name: String,
        /// How many there are.
        count: usize,
    },
    /// A connector with this name is there already.
    #[error("a connector called `{name}` is in the library already")]
    ConnectorExists {
        /// The name.
        name: String,
    },
    /// The connector has no such endpoint.
    #[error("`{connector}` has no endpoint `{endpoint}`; it has {}", list(.known))]
    EndpointUnknown {
        /// The connector.
        connector: String,
        /// The endpoint that was asked for.
        endpoint: String,
        /// The endpoints that exist.
        known: Vec<String>,
    },
    /// The auth flow does not run such a step.
    #[error("the auth flow has no step `{step}` that is enabled")]
    StepUnknown {
        /// Its id.
        step: String,
    },
    /// No app runs in this window.
    #[error("no app runs in the window `{window}`")]
    AppNotRunning {
        /// The window.
        window: String,
    },
    /// More apps than there are windows for.
    #[error("{most} apps are open already")]
    AppsTooMany {
        /// How many there can be.
        most: usize,
    },
    /// A file that is too large to be an app.
    #[error("{} has {size} bytes, which is too large for an app", path.display())]
    AppFileTooLarge {
        /// The file.
        path: PathBuf,
        /// Its size in bytes.
        size: u64,
    },
    /// Actions that lead to each other.
    #[error("this app's screens and loads lead to each other without end: stopped after {most}")]
    AppActsWithoutEnd {
        /// How many followed from others.
        most: u32,
    },
    /// *Continue*, where a required connector is not signed in to.
    #[error("not everything that this app needs is signed in to yet")]
    AppNotSignedIn,
    /// A connector of an app that only its admin can bring in.
    #[error("{message}")]
    AppNeedsAdmin {
        /// What is missing, and of which connector.
        message: String,
    },
    /// A run failed.
    #[error("{}", .0.fault.message)]
    Run(RunFailure),
    /// A run could not begin.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// The store.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The vault.
    #[error(transparent)]
    Vault(#[from] VaultError),
    /// The vault could not be opened.
    #[error("{}", .0.message)]
    VaultClosed(VaultStatus),
    /// A pasted text or an imported file is nothing that is known.
    #[error("{message}")]
    NotRecognised {
        /// What is wrong with it.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A file of another tool that becomes no connector.
    #[error(transparent)]
    Foreign(#[from] ForeignError),
    /// A reader that did not end as it should.
    #[error("the file could not be read to its end: {reason}")]
    ImportBroke {
        /// What happened.
        reason: String,
    },
    /// A step that cannot go there.
    #[error("a {kind} step cannot go into a refresh flow by pasting")]
    StepNotAllowedHere {
        /// The step's kind.
        kind: &'static str,
    },
    /// An id that no step may have.
    #[error("`{id}` cannot be a step's id: {reason}")]
    StepId {
        /// The id.
        id: String,
        /// Why not.
        reason: &'static str,
    },
    /// An id that no control may have.
    #[error("`{id}` cannot be a control's id: {reason}")]
    ControlId {
        /// The id.
        id: String,
        /// Why not.
        reason: &'static str,
    },
    /// No such run is going on.
    #[error("this run is over")]
    RunUnknown,
    /// An answer to a form that was not accepted.
    #[error("{message}")]
    Answer {
        /// What is wrong with it.
        code: ErrorCode,
        /// The step that asked.
        step: String,
        /// The field.
        field: String,
        /// The message for people.
        message: String,
    },
    /// The practice provider.
    #[error(transparent)]
    Sandbox(#[from] latchwork_sandbox::SandboxError),
    /// An address that is not opened in a browser.
    #[error("`{address}` is not opened: only http and https addresses are")]
    NotABrowserAddress {
        /// The address, cut.
        address: String,
    },
    /// The system's browser did not open.
    #[error("the browser could not be opened: {reason}")]
    BrowserNotOpened {
        /// What the system said.
        reason: String,
    },
    /// The answer of a sign-in that was not taken.
    #[error("{0}")]
    CallbackRefused(CallbackRefusal),
    /// A connector without any step with shared credentials, where one is needed.
    #[error("`{connector}` has no step with shared credentials")]
    NothingShared {
        /// The connector.
        connector: String,
    },
    /// Shared credentials that are not here.
    #[error("nobody has signed in to the shared credentials of `{connector}`")]
    NotSharedYet {
        /// The connector.
        connector: String,
    },
    /// A bundle that its passphrase does not open.
    #[error("the passphrase does not open this bundle")]
    BundlePassphrase,
    /// A bundle without a passphrase.
    #[error("a bundle needs a passphrase")]
    BundlePassphraseEmpty,
    /// Something that is no bundle, or none that can be used here.
    #[error("the bundle cannot be used: {reason}")]
    BundleInvalid {
        /// What is wrong with it.
        reason: String,
    },
    /// An account that is not there.
    #[error("there is no account called `{name}`")]
    AccountUnknown {
        /// The name.
        name: String,
    },
    /// A name that no account can have.
    #[error("this cannot be an account's name: {reason}")]
    AccountName {
        /// Why not.
        reason: &'static str,
    },
    /// The account that is always there.
    #[error("`{name}` is the account that is always there")]
    AccountStays {
        /// The account.
        name: String,
    },
    /// Nobody is signed in, where a session is to be renewed.
    #[error("nobody is signed in to `{connector}`")]
    NobodySignedIn {
        /// The connector.
        connector: String,
    },
    /// A connector whose session nothing can renew.
    #[error(
        "nothing can renew a session of `{connector}`: it has no refresh flow, and no step holds a refresh token"
    )]
    NothingToRenew {
        /// The connector.
        connector: String,
    },
    /// A refresh that a 401 does not start.
    #[error(
        "an answer of 401 does not start the refresh: `auth.refresh.on.statuses` does not name it"
    )]
    NoRefreshOn401,
    /// A connector without a test request, where one is needed.
    #[error("`{connector}` has no test request")]
    NothingToTest {
        /// The connector.
        connector: String,
    },
    /// A session that could not be renewed.
    #[error("{}", .0.message)]
    NotRenewed(Fault),
    /// A GraphQL API that does not show its schema.
    #[error("{url} does not show its schema: {words}")]
    IntrospectionRefused {
        /// The address, without its query.
        url: String,
        /// What it says.
        words: String,
    },
    /// A GraphQL API that does not show its schema to strangers.
    #[error(
        "nobody is signed in to `{connector}`, and its schema is not shown to strangers{words}"
    )]
    SchemaNeedsSignIn {
        /// The connector.
        connector: String,
        /// What it says, where it says something.
        words: String,
    },
    /// A GraphQL API whose address only a call knows.
    #[error("the schema cannot be asked for: the address needs the input `{input}`")]
    SchemaNeedsInput {
        /// The input's name.
        input: String,
    },
    /// An answer that is none of a GraphQL API.
    #[error("{url} answered {status}, and not as a GraphQL API does: {reason}")]
    NotGraphql {
        /// The address, without its query.
        url: String,
        /// The answer's status.
        status: u16,
        /// What is wrong with the answer.
        reason: String,
    },
    /// A file that is no GraphQL schema.
    #[error("{} is no GraphQL schema: {reason}", path.display())]
    SchemaFile {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A place in a document where no request stands.
    #[error("there is no request at `{place}`")]
    NoRequest {
        /// The JSON path.
        place: String,
    },
    /// Single sign-on without what it needs.
    #[error("`{field}` is needed for single sign-on")]
    SsoIncomplete {
        /// What is missing.
        field: &'static str,
    },
    /// A provider whose sign-in gave no ID token.
    #[error("{issuer} gave no ID token, so it is not known who signed in")]
    SsoWithoutIdToken {
        /// The provider.
        issuer: String,
    },
    /// A provider that renewed the session as somebody else's.
    #[error("{issuer} renewed the session as another person's")]
    SsoOtherPerson {
        /// The provider.
        issuer: String,
    },
}

fn near(nearest: &Option<String>) -> String {
    nearest
        .as_ref()
        .map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn list(names: &[String]) -> String {
    if names.is_empty() {
        return "none".to_owned();
    }
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

impl From<RunFailure> for StudioError {
    fn from(failure: RunFailure) -> Self {
        Self::Run(failure)
    }
}

impl StudioError {
    /// As hosts and scripts see it.
    pub fn fault(&self) -> Fault {
        match self {
            Self::Run(failure) => return failure.fault.clone(),
            Self::NotRenewed(fault) => return fault.clone(),
            _ => {}
        }
        let (step, field) = match self {
            Self::Answer { step, field, .. } => (Some(step.clone()), Some(field.clone())),
            Self::SsoIncomplete { field } => (None, Some((*field).to_owned())),
            _ => (None, None),
        };
        Fault {
            code: self.code(),
            message: self.to_string(),
            hint: Some(self.hint()),
            step,
            field,
            retryable: matches!(self, Self::Store(error) if error.is_retryable()),
        }
    }
}

impl From<StudioError> for AppError {
    fn from(error: StudioError) -> Self {
        error.fault().into()
    }
}

/// An error of the desktop's own services: the clipboard, the browser.
pub fn desktop_error(what: &str, error: &dyn std::fmt::Display) -> AppError {
    AppError {
        code: ErrorCode::Internal.as_str().to_owned(),
        message: format!("{what}: {error}"),
        hint: Some(ErrorCode::Internal.remedy().to_owned()),
        step: None,
        field: None,
        retryable: true,
    }
}

/// All error codes, for the generated bindings.
pub fn error_codes() -> Vec<&'static str> {
    ErrorCode::ALL.iter().map(|code| code.as_str()).collect()
}
