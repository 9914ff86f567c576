//! Why a file becomes no connector: the place, what is wrong there, and what to do.

use latchwork_model::{Diagnostic, FileError};

use super::FILE_LIMIT;
use super::kind::ForeignKind;
use crate::openapi::{OpenApiError, Place};

/// A file that becomes no connector.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", placed(.place, .message))]
pub struct ForeignError {
    /// What the file was taken for; none where that is not known.
    pub kind: Option<ForeignKind>,
    /// A JSON path, or a line and a column; empty for the whole file.
    pub place: String,
    /// What is wrong there.
    pub message: String,
    /// What to do.
    pub remedy: String,
}

fn placed(place: &str, message: &str) -> String {
    if place.is_empty() {
        message.to_owned()
    } else {
        format!("{place}: {message}")
    }
}

impl ForeignError {
    /// An error in a file of a known kind.
    pub fn new(
        kind: ForeignKind,
        place: impl Into<String>,
        message: impl Into<String>,
        remedy: impl Into<String>,
    ) -> Self {
        Self {
            kind: Some(kind),
            place: place.into(),
            message: message.into(),
            remedy: remedy.into(),
        }
    }

    /// A text that begins like JSON and is none.
    pub(crate) fn not_json(kind: Option<ForeignKind>, error: &serde_json::Error) -> Self {
        let reason = error.to_string();
        let reason = reason.split(" at line ").next().unwrap_or_default();
        Self {
            kind,
            place: format!("line {}, column {}", error.line(), error.column()),
            message: format!("this is not whole JSON: {reason}"),
            remedy: "Was all of the file copied? Mend the JSON at that line and column.".to_owned(),
        }
    }

    pub(super) fn of_file(kind: ForeignKind, error: &FileError) -> Self {
        match error.findings.first() {
            Some(finding) => Self {
                message: match error.findings.len() {
                    1 => finding.message.clone(),
                    count => format!("{} (and {} more)", finding.message, count - 1),
                },
                ..Self::of_finding(kind, finding)
            },
            None => Self::new(kind, "", error.to_string(), ""),
        }
    }

    pub(super) fn of_openapi(error: &OpenApiError) -> Self {
        let place = match &error.place {
            Place::Document => String::new(),
            Place::Text { line, column } => format!("line {line}, column {column}"),
            Place::Pointer(pointer) => pointer.clone(),
        };
        Self::new(
            ForeignKind::OpenApi,
            place,
            error.kind.to_string(),
            error.help(),
        )
    }

    pub(super) fn of_finding(kind: ForeignKind, finding: &Diagnostic) -> Self {
        Self::new(
            kind,
            finding.path.clone(),
            finding.message.clone(),
            finding.help.clone(),
        )
    }
}

fn of_nothing(message: &str, remedy: &str) -> ForeignError {
    ForeignError {
        kind: None,
        place: String::new(),
        message: message.to_owned(),
        remedy: remedy.to_owned(),
    }
}

pub(super) fn check_length(kind: Option<ForeignKind>, text: &str) -> Result<(), ForeignError> {
    limited(kind, text, FILE_LIMIT)
}

/// Files are larger than what a person pastes; cURL commands are pasted.
pub(super) fn check_size(kind: ForeignKind, text: &str) -> Result<(), ForeignError> {
    let limit = match kind {
        ForeignKind::Curl => crate::TEXT_LIMIT,
        _ => FILE_LIMIT,
    };
    limited(Some(kind), text, limit)
}

fn limited(kind: Option<ForeignKind>, text: &str, limit: usize) -> Result<(), ForeignError> {
    if text.len() <= limit {
        return Ok(());
    }
    Err(ForeignError {
        kind,
        ..of_nothing(
            &format!(
                "this has {} bytes, and {limit} are read at most",
                text.len()
            ),
            "Take a part of it, and import that.",
        )
    })
}

pub(super) fn empty() -> ForeignError {
    of_nothing("there is nothing in it", "Choose a file that is not empty.")
}

pub(super) fn unknown() -> ForeignError {
    of_nothing(
        "this is no connector file, no cURL command, no OpenAPI description and no Postman collection",
        "Choose a file of one of these kinds, or say which with `--from`.",
    )
}

pub(super) fn old_postman() -> ForeignError {
    ForeignError::new(
        ForeignKind::Postman,
        "",
        "this is a collection of version 1, which Postman itself no longer writes",
        "Open it in Postman, and export it as Collection v2.1.",
    )
}

pub(super) fn whole_postman() -> ForeignError {
    ForeignError::new(
        ForeignKind::Postman,
        "",
        "this is all the data of a Postman account, not one collection",
        "Export one collection from Postman, as Collection v2.1.",
    )
}

pub(super) fn other_tool(what: &str) -> ForeignError {
    of_nothing(
        &format!("this is {what}, which is not read"),
        "Export it as an OpenAPI description or a Postman collection v2.1, or copy a request of it as cURL.",
    )
}

pub(super) fn is_an_app() -> ForeignError {
    ForeignError::new(
        ForeignKind::LatchworkApp,
        "format",
        "this is an app file, not a connector",
        "Import it among the apps.",
    )
}

pub(super) fn is_an_environment() -> ForeignError {
    ForeignError::new(
        ForeignKind::PostmanEnvironment,
        "",
        "this is a Postman environment: values for a collection, and no collection",
        "Import the collection, and give this file with it as its environment.",
    )
}
