//! A document's text, JSON or YAML, as a value.

use serde_json::Value;

use super::error::{OpenApiError, OpenApiErrorKind};
use super::{json, yaml};

/// How deep a document may be nested: what `serde_json` reads (SAFETY Z28).
pub(super) const DEPTH: usize = 127;

/// How much of a document is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// All but what no import reads; of YAML all, since aliases may stand for any of it.
    Needed,
    /// All of it.
    Whole,
}

/// Reads a document. One that begins with a brace is JSON, and its faults are told as JSON's.
pub(super) fn read(text: &str, extent: Extent, limit: usize) -> Result<Value, OpenApiError> {
    if text.len() > limit {
        return Err(OpenApiError::document(OpenApiErrorKind::TooLarge {
            bytes: text.len(),
            limit,
        }));
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().is_empty() {
        return Err(OpenApiError::document(OpenApiErrorKind::Empty));
    }
    if !text.trim_start().starts_with('{') {
        return yaml::read(text);
    }
    let read = match extent {
        Extent::Needed => json::read(text),
        Extent::Whole => serde_json::from_str(text),
    };
    read.map_err(|error| {
        let written = error.to_string();
        if written.starts_with("recursion limit exceeded") {
            let kind = OpenApiErrorKind::TooDeep { limit: DEPTH };
            return OpenApiError::text(error.line(), error.column(), kind);
        }
        let message = written
            .rsplit_once(" at line ")
            .map_or(written.as_str(), |(message, _)| message);
        let kind = OpenApiErrorKind::Json {
            message: super::error::cut(message),
        };
        OpenApiError::text(error.line().max(1), error.column().max(1), kind)
    })
}
