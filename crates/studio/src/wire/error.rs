//! An error as it crosses. Which errors there are, and their codes, is [`crate::error`]'s and the engine's.

use latchwork_engine::Fault;
use serde::{Deserialize, Serialize};

/// An error as the window and scripts see it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppError {
    /// A stable, dotted code.
    pub code: String,
    /// What failed, with the concrete value.
    pub message: String,
    /// What to do.
    pub hint: Option<String>,
    /// The step that it happened in.
    pub step: Option<String>,
    /// The form field or input that it is about.
    pub field: Option<String>,
    /// Whether the same again may work.
    pub retryable: bool,
}

impl AppError {
    /// Deep links go to another program; `message` says to which.
    pub fn deep_link_lost(message: String) -> Self {
        let code = latchwork_model::ErrorCode::OauthDeepLinkLost;
        Self {
            code: code.as_str().to_owned(),
            message,
            hint: Some(code.remedy().to_owned()),
            step: None,
            field: None,
            retryable: false,
        }
    }
}

impl From<Fault> for AppError {
    fn from(fault: Fault) -> Self {
        Self {
            code: fault.code.as_str().to_owned(),
            message: fault.message,
            hint: fault.hint,
            step: fault.step,
            field: fault.field,
            retryable: fault.retryable,
        }
    }
}
