//! What a renewal came to, for everyone who waited for it.

use latchwork_engine::{EngineError, Fault, RefreshStatus, RunEvent, RunFailure};
use latchwork_model::ErrorCode;

use super::whose::Found;
use crate::error::StudioError;

/// What a renewal came to.
#[derive(Clone, Debug)]
pub(crate) enum Outcome {
    /// This is the session now.
    Renewed {
        /// It, as it is stored; where the disk would not take it, as it is held in memory.
        found: Found,
        /// The steps and outputs that took new values; none where somebody else had renewed it.
        updated: Vec<String>,
    },
    /// It was cleared meanwhile.
    Gone,
    /// It is as it was.
    Failed {
        /// Why, masked.
        fault: Fault,
        /// Only its person can bring it back.
        needs_you: bool,
    },
}

impl Outcome {
    /// A failure that says nothing about the session.
    pub(super) fn fault(error: &StudioError) -> Self {
        Self::Failed {
            fault: error.fault(),
            needs_you: false,
        }
    }

    /// The session needs its person; the words are the provider's where it gave some.
    pub(super) fn needs_you(words: &str) -> Self {
        Self::Failed {
            fault: Fault {
                code: ErrorCode::SessionNeedsYou,
                message: format!("the session is over, and only you can renew it: {words}"),
                hint: Some(ErrorCode::SessionNeedsYou.remedy().to_owned()),
                step: None,
                field: None,
                retryable: false,
            },
            needs_you: true,
        }
    }

    /// A passing fault was in the way: the session is kept, and the same may work the next time.
    pub(super) fn passing(words: &str, step: Option<String>) -> Self {
        Self::Failed {
            fault: Fault {
                code: ErrorCode::RefreshFailed,
                message: format!("the session could not be renewed just now: {words}"),
                hint: Some("Try again; you are still signed in.".to_owned()),
                step,
                field: None,
                retryable: true,
            },
            needs_you: false,
        }
    }

    /// The last event of a renewal, for a host that waited for somebody else's.
    pub(super) fn event(&self) -> RunEvent {
        let (status, updated, error) = match self {
            Self::Renewed { updated, .. } => (RefreshStatus::Ok, updated.clone(), None),
            Self::Gone => (RefreshStatus::NeedsYou, Vec::new(), None),
            Self::Failed { fault, needs_you } => {
                let status = if *needs_you {
                    RefreshStatus::NeedsYou
                } else {
                    RefreshStatus::Failed
                };
                (status, Vec::new(), Some(fault.clone()))
            }
        };
        RunEvent::RefreshFinished {
            status,
            updated,
            error,
        }
    }
}

/// What a failed renewal says about the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The provider refused, or a step needs its person: signing in again helps.
    NeedsYou,
    /// The same may work the next time.
    Passing,
    /// The connector is wrong: signing in again would not help.
    Builder,
}

impl Meaning {
    pub(super) fn of(failure: &RunFailure) -> Self {
        match &failure.error {
            _ if !failure.needs_you() => Self::Passing,
            EngineError::NeedsYou { .. }
            | EngineError::Oauth(_)
            | EngineError::UnexpectedStatus { .. }
            | EngineError::GraphqlErrors { .. }
            | EngineError::ConditionFailed { .. } => Self::NeedsYou,
            error if error.code() == ErrorCode::SsoNotSignedIn => Self::NeedsYou,
            _ => Self::Builder,
        }
    }
}
