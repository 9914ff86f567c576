//! How a command fails: an error for people or machines, and the exit status of CONTRACT section 3.

use std::process::ExitCode;

use latchwork_engine::Fault;
use latchwork_model::{ErrorCode, FileError};
use latchwork_studio::StudioError;
use serde_json::json;

/// Why a command did not work.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub fault: Fault,
}

impl Failure {
    pub(crate) fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self::with_hint(code, message, code.remedy())
    }

    pub(crate) fn with_hint(
        code: ErrorCode,
        message: impl Into<String>,
        hint: impl Into<String>,
    ) -> Self {
        Self {
            fault: Fault {
                code,
                message: message.into(),
                hint: Some(hint.into()),
                step: None,
                field: None,
                retryable: false,
            },
        }
    }

    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::UsageInvalid, message)
    }

    /// The exit status: 1 failed, 2 usage or file, 3 nobody to answer, 4 store or vault.
    pub(crate) fn exit_code(&self) -> u8 {
        exit_code(self.fault.code)
    }

    /// `{ "error": { … } }`.
    pub(crate) fn json(&self) -> serde_json::Value {
        json!({ "error": self.fault })
    }
}

/// The exit status that a code stands for.
pub(crate) fn exit_code(code: ErrorCode) -> u8 {
    use ErrorCode as Code;
    match code {
        Code::FileInvalid
        | Code::FileNotFound
        | Code::FileUnreadable
        | Code::FileExists
        | Code::EndpointUnknown
        | Code::StepUnknown
        | Code::InputInvalid
        | Code::ImportUnrecognised
        | Code::ImportInvalid
        | Code::BundleInvalid
        | Code::UsageInvalid => 2,
        Code::InputNeeded | Code::SecretMissing | Code::SessionNeedsYou => 3,
        Code::VaultUnavailable
        | Code::VaultLocked
        | Code::VaultRefused
        | Code::VaultSlow
        | Code::VaultKeyGone
        | Code::VaultKeyWrong
        | Code::VaultBroken
        | Code::StoreUnavailable
        | Code::StoreNewerVersion
        | Code::StoreCorrupt
        | Code::StoreLocked
        | Code::StoreReadOnly
        | Code::StoreDiskFull => 4,
        _ => 1,
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Self { fault }
    }
}

impl From<StudioError> for Failure {
    fn from(error: StudioError) -> Self {
        Self {
            fault: error.fault(),
        }
    }
}

impl From<FileError> for Failure {
    fn from(error: FileError) -> Self {
        StudioError::from(error).into()
    }
}

/// What a command gives: its exit status, or a failure to print.
pub(crate) type Outcome = Result<ExitCode, Failure>;
