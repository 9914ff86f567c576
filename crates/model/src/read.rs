//! Reading and writing connector files: text in, types or findings out.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::connector::{Connector, FORMAT};
use crate::diagnostic::Diagnostic;
use crate::step::Step;
use crate::tagged::{ShapeFault, read_value};
use crate::validate::{validate, validate_step};

/// A file that is no valid connector file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", first_message(.findings))]
pub struct FileError {
    /// What is wrong, at least one finding.
    pub findings: Vec<Diagnostic>,
}

fn first_message(findings: &[Diagnostic]) -> String {
    match findings {
        [] => "not a valid file".to_owned(),
        [only] => place(only),
        [first, rest @ ..] => format!("{} (and {} more)", place(first), rest.len()),
    }
}

fn place(finding: &Diagnostic) -> String {
    if finding.path.is_empty() {
        finding.message.clone()
    } else {
        format!("{}: {}", finding.path, finding.message)
    }
}

impl From<Diagnostic> for FileError {
    fn from(finding: Diagnostic) -> Self {
        Self {
            findings: vec![finding],
        }
    }
}

/// Reads a connector file that must be valid.
pub fn read_connector(text: &str) -> Result<Connector, FileError> {
    let connector = read_shape(text)?;
    let findings = validate(&connector);
    if findings.is_empty() {
        Ok(connector)
    } else {
        Err(FileError { findings })
    }
}

/// Reads a connector file's shape alone: what an editor holds may break a rule for a while.
pub fn read_shape(text: &str) -> Result<Connector, FileError> {
    let value = read_json(text)?;
    match value.get("format") {
        Some(Value::String(format)) if format == FORMAT => {}
        Some(Value::String(format)) if format.starts_with("latchwork.connector/") => {
            return Err(Diagnostic::invalid(
                "format",
                format!("`{format}` was made by a newer Latchwork; this one reads `{FORMAT}`"),
                "Update Latchwork, or export the connector from the newer one as version 1.",
            )
            .into());
        }
        Some(Value::String(format)) => {
            return Err(Diagnostic::invalid(
                "format",
                format!("`{format}` is not a connector file, expected `{FORMAT}`"),
                "Choose a connector file: its name ends in .connector.json.",
            )
            .into());
        }
        Some(_) => {
            return Err(Diagnostic::invalid(
                "format",
                format!("expected the string `{FORMAT}`"),
                SHAPE_HELP,
            )
            .into());
        }
        None if value.is_object() => {
            return Err(Diagnostic::invalid(
                "",
                "missing field `format`",
                format!("Add \"format\": \"{FORMAT}\" as the first member."),
            )
            .into());
        }
        None => {}
    }
    shape(value)
}

const SHAPE_HELP: &str = "See docs/connector-format.md, or `latchwork schema connector`.";

/// Reads one step, as it lies on the clipboard.
pub fn read_step(value: Value) -> Result<Step, FileError> {
    let step: Step = shape(value)?;
    let findings = validate_step(&step, "");
    if findings.is_empty() {
        Ok(step)
    } else {
        Err(FileError { findings })
    }
}

fn shape<T: DeserializeOwned>(value: Value) -> Result<T, FileError> {
    read_value(value).map_err(|ShapeFault { path, message }| {
        let help = nearest(&message).map_or_else(
            || SHAPE_HELP.to_owned(),
            |name| format!("Did you mean `{name}`? {SHAPE_HELP}"),
        );
        Diagnostic::invalid(path, message, help).into()
    })
}

/// The nearest of the names that serde lists behind an unknown one.
fn nearest(message: &str) -> Option<&str> {
    let (unknown, known) = message.split_once(", expected ")?;
    if !unknown.starts_with("unknown ") {
        return None;
    }
    let given = unknown.split('`').nth(1)?;
    let names = known.split('`').skip(1).step_by(2);
    let (score, name) = names
        .map(|name| (strsim::damerau_levenshtein(given, name), name))
        .min_by_key(|(distance, _)| *distance)?;
    (score <= 2.max(given.len() / 3)).then_some(name)
}

/// Reads a file as JSON, whatever it says. A byte-order mark before it is passed over.
pub fn read_json(text: &str) -> Result<Value, FileError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    serde_json::from_str(text).map_err(|error| {
        let message = if text.trim().is_empty() {
            "the file is empty".to_owned()
        } else {
            format!("not JSON: {error}")
        };
        Diagnostic::invalid("", message, "Mend the JSON at that line and column.").into()
    })
}

/// Writes a connector as it stands in a file: stable order, two spaces, a line end at the end.
pub fn write_connector(connector: &Connector) -> String {
    let mut bytes = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"  "));
    // Only maps with keys that are no strings and failing writers make this fail; there are none.
    let written = connector.serialize(&mut serializer);
    debug_assert!(written.is_ok(), "a connector is always JSON");
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
