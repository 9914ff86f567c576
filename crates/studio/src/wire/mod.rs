//! What crosses to a window: plain data, secrets already masked. The TypeScript types are generated from these.
//!
//! A connector crosses as its file's text, so that integers above 2^53 survive and one reader serves files, drafts,
//! the clipboard and the window.
//!
//! One file a subject. Rules are deliberately not here: these types say what crosses, and how it is made from what the
//! engine and the model give.

mod app;
mod app_control;
mod bundle;
mod catalogue;
mod connector;
mod editing;
mod error;
mod form;
mod graphql;
mod import;
mod linked;
mod notice;
mod oauth;
mod page_value;
mod run;
mod running_app;
mod session;
mod settings;
mod sso;
mod status;

pub use app::{AppOpened, AppSummary, BindableConnector, BindableEndpoint, BindableInput};
pub use app_control::{
    ButtonLook, ControlContent, ControlEvent, ControlState, ControlView, InputLook, RecordLine,
    TextLook,
};
pub use bundle::BundleOpened;
pub use catalogue::{CatalogueEntry, CatalogueStatus, CatalogueStep, CatalogueVariable};
pub use connector::{
    ConnectorKind, ConnectorOpened, ConnectorPage, ConnectorSummary, Draft, DraftSaved, TestState,
};
pub use editing::{
    Finding, FindingSeverity, PastedFrom, StepParsed, StepPlace, StepReference, StepRenamed,
    TemplateName, TemplateNameKind,
};
pub use error::AppError;
pub use form::{FieldType, FormField, FormOption};
pub use graphql::GraphqlSchema;
pub use import::{
    ConnectorExported, ExportKind, GivenSecret, ImportEndpoint, ImportKind, ImportNote,
    ImportNoteKind, ImportPreview, ImportSecret,
};
pub use linked::{ConnectorFileText, FileState, LinkedConnector, LinkedFile};
pub use notice::StudioNotice;
pub use oauth::{
    DeepLinkState, Discovered, DiscoveredClientAuth, DiscoveredPkce, RedirectAddresses, TokenView,
};
pub use page_value::page_value;
pub use run::{CallEnd, RefreshEnd, ReturnsBy, RunStart, RunSummary, RunUpdate, RunWhat, StepEnd};
pub use running_app::{
    AppAccountView, AppConnectorView, AppSignIn, AppUpdate, ManagedAuthView, MenuEntry, RunningApp,
    ScreenView, SignInBeginning, Tone,
};
pub use session::{
    AccountNeedsYou, AccountState, AccountView, ActivityError, ActivityView, AuthStatus,
    SecretStatus, SharedStatus,
};
pub use settings::{Settings, Theme};
pub use sso::{SignedOut, SsoSignIn, SsoState, SsoStatus};
pub use status::{KeptBy, SandboxStatus, StudioStatus, VaultState, VaultStatus};
