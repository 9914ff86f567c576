//! Why a task stopped, and which exit code that gives.

use std::fmt;
use std::process::ExitCode;

/// A task's end other than success.
#[derive(Debug)]
pub enum Failure {
    /// The command line was wrong.
    Usage(String),
    /// Something that the task needs is not there; the hint says how to get it.
    Missing {
        /// What is not there.
        what: String,
        /// How to get it.
        hint: String,
    },
    /// A program could not be started, or ended with an error.
    Program {
        /// Its command line.
        line: String,
        /// What went wrong, with the exit code where there is one.
        cause: String,
    },
    /// A file could not be read, written or understood.
    File {
        /// Its path.
        path: String,
        /// What went wrong.
        cause: String,
    },
    /// The checks ran and some failed; they were already told.
    Checks,
    /// The person said no.
    Declined,
}

impl Failure {
    /// A wrong command line.
    pub fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// A missing part and how to get it.
    pub fn missing(what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self::Missing {
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// A file that could not be used.
    pub fn file(path: &std::path::Path, cause: impl fmt::Display) -> Self {
        Self::File {
            path: path.display().to_string(),
            cause: cause.to_string(),
        }
    }

    /// Whether what failed stands on the screen already.
    pub fn is_already_told(&self) -> bool {
        matches!(self, Self::Checks)
    }

    /// 2 for a wrong command line, 1 for everything else.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Usage(_) => ExitCode::from(2),
            _ => ExitCode::FAILURE,
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Usage(message) => write!(out, "{message}"),
            Self::Missing { what, hint } => write!(out, "Missing: {what}\n  {hint}"),
            Self::Program { line, cause } => write!(out, "Failed: {line}\n  {cause}"),
            Self::File { path, cause } => write!(out, "{path}: {cause}"),
            Self::Checks => write!(out, "some checks failed"),
            Self::Declined => write!(out, "Nothing was changed."),
        }
    }
}

impl std::error::Error for Failure {}
