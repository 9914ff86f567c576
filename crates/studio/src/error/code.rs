//! The stable code of each error.

use std::io::ErrorKind;

use latchwork_exchange::ForeignKind;
use latchwork_model::ErrorCode;

use super::StudioError;
use crate::wire::VaultState;

impl StudioError {
    /// The stable code.
    pub fn code(&self) -> ErrorCode {
        match self {
            Self::File(_)
            | Self::StepId { .. }
            | Self::ControlId { .. }
            | Self::AppActsWithoutEnd { .. }
            | Self::AppFileTooLarge { .. } => ErrorCode::FileInvalid,
            Self::FileAccess { source, .. } if source.kind() == ErrorKind::NotFound => {
                ErrorCode::FileNotFound
            }
            Self::FileAccess { .. } => ErrorCode::FileUnreadable,
            Self::ConnectorNotFound { .. }
            | Self::ConnectorAmbiguous { .. }
            | Self::CatalogueEntryNotFound { .. }
            | Self::AppNotFound { .. } => ErrorCode::FileNotFound,
            Self::FileChanged { .. } => ErrorCode::FileChanged,
            Self::ConnectorExists { .. } => ErrorCode::FileExists,
            Self::EndpointUnknown { .. } => ErrorCode::EndpointUnknown,
            Self::StepUnknown { .. } => ErrorCode::StepUnknown,
            Self::Run(failure) => failure.error.code(),
            Self::Engine(error) => error.code(),
            Self::Store(error) => parse(error.code()),
            Self::Vault(error) => parse(error.code()),
            Self::VaultClosed(status) => match status.state {
                VaultState::Locked => ErrorCode::VaultLocked,
                VaultState::Refused => ErrorCode::VaultRefused,
                VaultState::Slow => ErrorCode::VaultSlow,
                VaultState::KeyGone => ErrorCode::VaultKeyGone,
                VaultState::KeyWrong => ErrorCode::VaultKeyWrong,
                VaultState::Missing | VaultState::Ready | VaultState::SessionOnly => {
                    ErrorCode::VaultUnavailable
                }
            },
            Self::NotRecognised { .. } => ErrorCode::ImportUnrecognised,
            Self::Foreign(error) => match error.kind {
                None => ErrorCode::ImportUnrecognised,
                Some(ForeignKind::Latchwork | ForeignKind::LatchworkApp) => ErrorCode::FileInvalid,
                Some(_) => ErrorCode::ImportInvalid,
            },
            Self::ImportBroke { .. } => ErrorCode::Internal,
            Self::StepNotAllowedHere { .. } => ErrorCode::ImportNotAllowedHere,
            Self::RunUnknown | Self::AppNotRunning { .. } => ErrorCode::RunUnknown,
            Self::Answer { code, .. } => *code,
            Self::Sandbox(_) => ErrorCode::SandboxPort,
            Self::NotABrowserAddress { .. } => ErrorCode::UrlInvalid,
            Self::BrowserNotOpened { .. } => ErrorCode::BrowserUnavailable,
            Self::CallbackRefused(refusal) => refusal.code(),
            Self::NothingShared { .. }
            | Self::AppsTooMany { .. }
            | Self::AccountStays { .. }
            | Self::NoFile { .. }
            | Self::AccountUnknown { .. }
            | Self::AccountName { .. }
            | Self::NoRequest { .. }
            | Self::SchemaNeedsInput { .. }
            | Self::NothingToTest { .. } => ErrorCode::UsageInvalid,
            Self::NothingToRenew { .. } | Self::NoRefreshOn401 => ErrorCode::RefreshFailed,
            Self::NotRenewed(fault) => fault.code,
            Self::IntrospectionRefused { .. } => ErrorCode::GraphqlIntrospectionRefused,
            Self::NotGraphql { .. } | Self::SchemaFile { .. } => ErrorCode::GraphqlNoSchema,
            Self::NotSharedYet { .. }
            | Self::NobodySignedIn { .. }
            | Self::SchemaNeedsSignIn { .. }
            | Self::AppNotSignedIn
            | Self::AppNeedsAdmin { .. } => ErrorCode::SessionNeedsYou,
            Self::BundlePassphrase | Self::BundlePassphraseEmpty => ErrorCode::BundlePassphrase,
            Self::BundleInvalid { .. } => ErrorCode::BundleInvalid,
            Self::SsoIncomplete { .. } => ErrorCode::FormRequired,
            Self::SsoWithoutIdToken { .. } | Self::SsoOtherPerson { .. } => {
                ErrorCode::OauthIdTokenInvalid
            }
        }
    }
}

/// A code that a lower crate writes as text.
fn parse(code: &str) -> ErrorCode {
    ErrorCode::parse(code).unwrap_or(ErrorCode::Internal)
}
