//! Why a story stopped.

use std::time::Duration;

/// What went wrong in a story or under it.
#[derive(Debug, thiserror::Error)]
pub enum Failure {
    /// A program that the desktop needs could not be started or gave up.
    #[error("{program}: {cause}")]
    Program {
        /// Its name.
        program: String,
        /// What happened.
        cause: String,
    },
    /// WebKitWebDriver answered with an error.
    #[error("the driver says {error}: {message}")]
    Driver {
        /// The error's name in the WebDriver specification, such as `no such element`.
        error: String,
        /// Its explanation.
        message: String,
    },
    /// WebKitWebDriver could not be reached.
    #[error("the driver did not answer: {0}")]
    Unreachable(#[from] ureq::Error),
    /// A condition did not come true in time.
    #[error("waited {waited:?} for {condition}; last seen: {seen}")]
    Deadline {
        /// What was waited for.
        condition: String,
        /// How long.
        waited: Duration,
        /// What was there instead.
        seen: String,
    },
    /// Something was not as the story says.
    #[error("expected {expected}, but found {found}")]
    Expectation {
        /// What the story says.
        expected: String,
        /// What was there.
        found: String,
    },
    /// A file or pipe failed.
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl Failure {
    /// A program that failed.
    pub fn program(program: &str, cause: impl std::fmt::Display) -> Self {
        Self::Program {
            program: program.to_owned(),
            cause: cause.to_string(),
        }
    }

    /// Whether the page changed between finding an element and using it, so that trying again may help.
    pub fn is_passing(&self) -> bool {
        match self {
            Self::Driver { error, .. } => matches!(
                error.as_str(),
                "stale element reference"
                    | "no such element"
                    | "element not interactable"
                    | "element click intercepted"
                    | "javascript error"
            ),
            Self::Deadline { .. } | Self::Expectation { .. } => true,
            _ => false,
        }
    }
}

/// Fails unless both are equal.
pub fn expect_equal<T: PartialEq + std::fmt::Debug>(
    what: &str,
    found: &T,
    expected: &T,
) -> Result<(), Failure> {
    if found == expected {
        return Ok(());
    }
    Err(Failure::Expectation {
        expected: format!("{what} to be {expected:?}"),
        found: format!("{found:?}"),
    })
}
