//! The use cases that every host calls: the window, the command line, tests.
//!
//! One [`Studio`] a process. It owns the engine, the store and the vault, and gives plain data: what crosses to a
//! window is in [`wire`] and holds no secret. Hosts add nothing but how things look.

mod accounts;
mod activity;
mod apps;
mod browser;
mod bundle;
mod calling;
mod catalogue;
mod data_dir;
mod deep_link;
mod discovery;
mod documents;
mod editing;
mod error;
mod history;
mod imports;
mod library;
mod linked;
mod notices;
mod practice;
mod renewal;
mod runs;
mod schemas;
mod secrets;
mod sessions;
mod settings;
mod shared;
mod sign_out;
mod sso;
mod studio;
mod testing;
mod unattended;
mod vault;

pub mod wire;

pub use latchwork_engine::{ReceivedBy, SentRequest};

pub use accounts::{SignedIn, SignedInScope};
pub use apps::{APP_WINDOWS, AppSource, PreparedApp};
pub use browser::{BrowserOpener, browser_address};
pub use calling::{AuthSource, CallExtras, CallTarget, Caller, with_extras};
pub use data_dir::default_data_dir;
pub use deep_link::{CallbackOutcome, DEEP_LINK_ADDRESS, DEEP_LINK_SCHEME};
pub use editing::{
    auth_turn_into_multistep, connector_check, step_parse, step_references, step_rename,
    template_names,
};
pub use error::{StudioError, desktop_error, error_codes};
pub use history::RunRecord;
pub use imports::ConnectorExport;
pub use runs::{exchange_as_curl, flow_step};
pub use schemas::SchemaAsked;
pub use sessions::DEFAULT_ACCOUNT;
pub use sign_out::SignOut;
pub use studio::{KeyChoice, Studio, StudioOptions};
pub use testing::{RunOutcome, test_connector};
pub use wire::{
    AccountState, AccountView, ActivityView, AppError, AppOpened, AppSummary, AppUpdate,
    AuthStatus, BindableConnector, BundleOpened, CatalogueEntry, ConnectorFileText, ConnectorKind,
    ConnectorOpened, ConnectorPage, ConnectorSummary, ControlEvent, DeepLinkState, Discovered,
    DraftSaved, Finding, GivenSecret, GraphqlSchema, ImportPreview, LinkedConnector, LinkedFile,
    RedirectAddresses, ReturnsBy, RunStart, RunSummary, RunUpdate, SandboxStatus, SecretStatus,
    Settings, SignedOut, SsoSignIn, SsoStatus, StepParsed, StepPlace, StepReference, StepRenamed,
    StudioNotice, StudioStatus, TemplateName, TokenView, VaultStatus,
};
