//! What is said of a file: a code, a place, what is wrong there and what to do.

use serde::Serialize;

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Diagnostic {
    /// A stable, dotted code.
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The JSON path; empty for the whole file.
    pub path: String,
    /// What is wrong, with the value.
    pub message: String,
    /// What to do.
    pub help: String,
}

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It cannot work.
    Error,
    /// It works, but should not be left so.
    Warning,
    /// Good to know.
    Info,
}

impl Diagnostic {
    /// A finding that makes a file no valid file.
    pub(crate) fn invalid(
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self::error("file.invalid", path, message, help)
    }

    /// An error with a code of its own.
    pub fn error(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Self {
        Self {
            code,
            severity: Severity::Error,
            path: path.into(),
            message: message.into(),
            help: help.into(),
        }
    }

    /// The same with another severity.
    #[must_use]
    pub const fn with_severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
