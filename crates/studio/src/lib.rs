//! The use cases that every host calls: the window, the command line, tests.
//!
//! One [`Studio`] a process. It owns the engine, the store and the vault, and gives plain data: what crosses to a
//! window is in [`wire`] and holds no secret. Hosts add nothing but how things look.

mod browser;
mod calling;
mod data_dir;
mod editing;
mod error;
mod history;
mod library;
mod practice;
mod runs;
mod sessions;
mod settings;
mod studio;
mod testing;
mod vault;

pub mod wire;

pub use browser::browser_address;
pub use calling::{AuthPolicy, AuthSource, CallExtras, CallTarget, with_extras};
pub use data_dir::default_data_dir;
pub use editing::{connector_check, step_parse, step_references, step_rename, template_names};
pub use error::{StudioError, desktop_error, error_codes};
pub use history::RunRecord;
pub use sessions::{DEFAULT_ACCOUNT, SignedIn};
pub use studio::{KeyChoice, Studio, StudioOptions};
pub use testing::{RunOutcome, test_connector};
pub use wire::{
    AppError, AuthStatus, ConnectorKind, ConnectorOpened, ConnectorSummary, DraftSaved, Finding,
    RunStart, RunSummary, RunUpdate, SandboxStatus, SecretStatus, Settings, StepParsed, StepPlace,
    StepReference, StepRenamed, StudioStatus, TemplateName, VaultStatus,
};
