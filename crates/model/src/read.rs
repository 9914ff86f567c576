//! Reading and writing files: text in, types or findings out. What all formats have in common is here, and the
//! connector's own; the app's is [`crate::app`]'s.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use serde_json::ser::{PrettyFormatter, Serializer};

use crate::app::APP_FORMAT;
use crate::connector::{Connector, FORMAT};
use crate::diagnostic::Diagnostic;
use crate::nearest::{did_you_mean, nearest};
use crate::step::Step;
use crate::tagged::{ShapeFault, read_value};
use crate::validate::{validate, validate_step};

/// A file that is no valid file of its kind.
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

/// The kinds of file that this version reads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileKind {
    /// `*.connector.json`.
    Connector,
    /// `*.app.json`.
    App,
}

impl FileKind {
    const ALL: [Self; 2] = [Self::Connector, Self::App];

    /// What a text says that it is, in whatever version; nothing where it says nothing that is known here.
    pub fn of(text: &str) -> Option<Self> {
        let value = read_json(text).ok()?;
        let format = value.get("format")?.as_str()?;
        Self::ALL
            .into_iter()
            .find(|kind| format.starts_with(kind.family()))
    }

    /// The value of `format`.
    const fn format(self) -> &'static str {
        match self {
            Self::Connector => FORMAT,
            Self::App => APP_FORMAT,
        }
    }

    /// What the value of `format` begins with in every version.
    const fn family(self) -> &'static str {
        match self {
            Self::Connector => "latchwork.connector/",
            Self::App => "latchwork.app/",
        }
    }

    const fn noun(self) -> &'static str {
        match self {
            Self::Connector => "connector",
            Self::App => "app",
        }
    }

    const fn with_article(self) -> &'static str {
        match self {
            Self::Connector => "a connector file",
            Self::App => "an app file",
        }
    }

    /// What to do with a file of this kind that was given where another kind is read.
    const fn belongs(self) -> &'static str {
        match self {
            Self::Connector => "Import it among the connectors",
            Self::App => "Open it among the apps",
        }
    }

    /// Where more is said of its shape.
    pub(crate) const fn help(self) -> &'static str {
        match self {
            Self::Connector => "See docs/connector-format.md, or `latchwork schema connector`.",
            Self::App => "See docs/app-format.md, or `latchwork schema app`.",
        }
    }

    /// How a file of this kind is told by its name.
    const fn name_ending(self) -> &'static str {
        match self {
            Self::Connector => "its name ends in .connector.json.",
            Self::App => "its name ends in .app.json.",
        }
    }

    /// Reads a document's shape, once it says that it is of this kind.
    pub(crate) fn read<T: DeserializeOwned>(self, text: &str) -> Result<T, FileError> {
        let value = read_json(text)?;
        if value.is_object() {
            self.check_format(value.get("format"))?;
        }
        shape(value, self.help())
    }

    /// Whether a document's `format` is this kind's, in the version that is read here.
    fn check_format(self, format: Option<&Value>) -> Result<(), Diagnostic> {
        let expected = self.format();
        match format {
            Some(Value::String(format)) => match self.format_fault(format) {
                Some((message, help)) => Err(Diagnostic::invalid("format", message, help)),
                None => Ok(()),
            },
            Some(_) => Err(Diagnostic::invalid(
                "format",
                format!("expected the string `{expected}`"),
                self.help(),
            )),
            None => Err(Diagnostic::invalid(
                "",
                "missing field `format`",
                format!("Add \"format\": \"{expected}\" as the first member."),
            )),
        }
    }

    /// What is wrong with a `format`, and what to do.
    pub(crate) fn format_fault(self, format: &str) -> Option<(String, String)> {
        let (expected, noun) = (self.format(), self.noun());
        if format == expected {
            return None;
        }
        if format.starts_with(self.family()) {
            return Some((
                format!("`{format}` was made by a newer Latchwork; this one reads `{expected}`"),
                format!("Update Latchwork, or export the {noun} from the newer one as version 1."),
            ));
        }
        let other = Self::ALL
            .into_iter()
            .find(|kind| format.starts_with(kind.family()));
        let (article, ending) = (self.with_article(), self.name_ending());
        Some(match other {
            Some(other) => (
                format!("`{format}` is {}, not {article}", other.with_article()),
                format!("{}, or choose {article}: {ending}", other.belongs()),
            ),
            None => (
                format!("`{format}` is not {article}, expected `{expected}`"),
                format!("Choose {article}: {ending}"),
            ),
        })
    }
}

/// Reads a connector file that must be valid.
pub fn read_connector(text: &str) -> Result<Connector, FileError> {
    valid(read_shape(text)?, validate)
}

/// Reads a connector file's shape alone: what an editor holds may break a rule for a while.
pub fn read_shape(text: &str) -> Result<Connector, FileError> {
    FileKind::Connector.read(text)
}

/// What was read, where the rules find nothing wrong with it.
pub(crate) fn valid<T>(
    read: T,
    validate: impl FnOnce(&T) -> Vec<Diagnostic>,
) -> Result<T, FileError> {
    let findings = validate(&read);
    if findings.is_empty() {
        Ok(read)
    } else {
        Err(FileError { findings })
    }
}

/// Reads one step, as it lies on the clipboard.
pub fn read_step(value: Value) -> Result<Step, FileError> {
    let step: Step = shape(value, FileKind::Connector.help())?;
    valid(step, |step| validate_step(step, ""))
}

fn shape<T: DeserializeOwned>(value: Value, help: &str) -> Result<T, FileError> {
    read_value(value).map_err(|ShapeFault { path, message }| {
        let help = nearest_known(&message).map_or_else(
            || help.to_owned(),
            |name| format!("{} {help}", did_you_mean(Some(name), "")),
        );
        Diagnostic::invalid(path, message, help).into()
    })
}

/// The nearest of the names that serde lists behind an unknown one.
fn nearest_known(message: &str) -> Option<&str> {
    let (unknown, known) = message.split_once(", expected ")?;
    if !unknown.starts_with("unknown ") {
        return None;
    }
    let given = unknown.split('`').nth(1)?;
    nearest(given, known.split('`').skip(1).step_by(2))
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
    written(connector)
}

/// The text of a file: stable order, two spaces, a line end at the end.
pub(crate) fn written(document: &impl Serialize) -> String {
    let mut bytes = Vec::new();
    let mut serializer =
        Serializer::with_formatter(&mut bytes, PrettyFormatter::with_indent(b"  "));
    // Only maps with keys that are no strings and failing writers make this fail; there are none.
    let written = document.serialize(&mut serializer);
    debug_assert!(written.is_ok(), "a document is always JSON");
    bytes.push(b'\n');
    String::from_utf8(bytes).unwrap_or_default()
}
