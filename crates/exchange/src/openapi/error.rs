//! Why a document could not be imported: where, what stands there, and what to do.

use std::fmt;

use latchwork_model::FileError;
use serde_json::Value;

/// What is wrong with a document.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OpenApiErrorKind {
    /// There is nothing in it.
    #[error("the document is empty")]
    Empty,
    /// It is larger than what is read.
    #[error("the document has {bytes} bytes, and {limit} are read at most")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// It begins like JSON and is none.
    #[error("not JSON: {message}")]
    Json {
        /// The parser's own words, without the place.
        message: String,
    },
    /// It cannot be read as YAML.
    #[error("not YAML: {message}")]
    Yaml {
        /// The parser's own words, without the place.
        message: String,
    },
    /// Something in it lies deeper than anything is read.
    #[error("the document is nested more than {limit} levels deep")]
    TooDeep {
        /// How many levels are read.
        limit: usize,
    },
    /// Its aliases stand for more than is read.
    #[error("the aliases of the document stand for more than {limit} values")]
    Aliases {
        /// How many values are read through aliases.
        limit: usize,
    },
    /// An alias that stands inside of what it stands for.
    #[error("an alias stands inside of its own anchor")]
    AliasCycle,
    /// A second document in the same file.
    #[error("a second document begins here")]
    SeveralDocuments,
    /// A key that is there twice.
    #[error("the key `{key}` is there twice")]
    DuplicateKey {
        /// The key, cut.
        key: String,
    },
    /// A key that is a list or a mapping.
    #[error("a key has to be a text")]
    KeyNotText,
    /// It is something else.
    #[error("this is no OpenAPI document: {found}")]
    NotOpenApi {
        /// What it is.
        found: String,
    },
    /// An older format.
    #[error("this is a Swagger {version} document, and OpenAPI 3.0 and 3.1 are read")]
    Swagger {
        /// Its version, cut.
        version: String,
    },
    /// A version that is not known.
    #[error("OpenAPI `{version}` is not read; 3.0 and 3.1 are")]
    Version {
        /// The version, cut.
        version: String,
    },
    /// A value of another type than the specification asks for.
    #[error("expected {expected}, found {found}")]
    Expected {
        /// What the specification asks for.
        expected: &'static str,
        /// What is there, cut.
        found: String,
    },
    /// A member that has to be there.
    #[error("missing field `{member}`")]
    Missing {
        /// Its name.
        member: &'static str,
    },
    /// A reference into the document that leads nowhere.
    #[error("`{reference}` leads nowhere: was all of the document given?")]
    Reference {
        /// The reference, cut.
        reference: String,
    },
    /// References that lead to themselves.
    #[error("`{reference}` leads back to itself")]
    ReferenceCycle {
        /// The reference, cut.
        reference: String,
    },
    /// A security requirement that names no security scheme.
    #[error("there is no security scheme `{name}`")]
    UnknownScheme {
        /// The name, cut.
        name: String,
    },
    /// It unfolds into more than is made of a document.
    #[error("the document unfolds into more than {limit} values")]
    TooMuch {
        /// How many are made.
        limit: u64,
    },
    /// What came of it is no valid connector.
    #[error("what came of it is not valid: {0}")]
    Invalid(FileError),
}

/// Where a fault is.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Place {
    /// The document as a whole.
    Document,
    /// In its text.
    Text {
        /// Counted from 1.
        line: usize,
        /// In characters, counted from 1.
        column: usize,
    },
    /// In what it says: a JSON pointer as a fragment (RFC 6901 section 6), without percent-encoding.
    Pointer(String),
}

/// A document that could not be imported. Nothing of it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenApiError {
    /// Where.
    pub place: Place,
    /// What.
    pub kind: OpenApiErrorKind,
}

impl OpenApiError {
    pub(super) const fn document(kind: OpenApiErrorKind) -> Self {
        Self {
            place: Place::Document,
            kind,
        }
    }

    pub(super) const fn text(line: usize, column: usize, kind: OpenApiErrorKind) -> Self {
        Self {
            place: Place::Text { line, column },
            kind,
        }
    }

    /// What to do.
    pub fn help(&self) -> String {
        use OpenApiErrorKind as Kind;
        match &self.kind {
            Kind::Empty | Kind::NotOpenApi { .. } => {
                "Choose an OpenAPI document, in JSON or YAML: its first member is `openapi: 3.…`.".to_owned()
            }
            Kind::TooLarge { .. } | Kind::TooMuch { .. } => {
                "Cut the document down to the paths that you need, and import it again.".to_owned()
            }
            Kind::Json { .. } | Kind::Yaml { .. } => {
                "Mend the document at that line and column; where it ends too early, fetch it again.".to_owned()
            }
            Kind::TooDeep { .. } => "Put the inner part into `components` and refer to it.".to_owned(),
            Kind::Aliases { .. } | Kind::AliasCycle => {
                "Write the values out, or use `$ref` in place of YAML aliases.".to_owned()
            }
            Kind::SeveralDocuments => "Leave one document in the file: delete the others, and the `---` between them.".to_owned(),
            Kind::DuplicateKey { .. } => "Delete or rename one of them.".to_owned(),
            Kind::KeyNotText => "Put the key into quotes.".to_owned(),
            Kind::Swagger { .. } => {
                "Convert it to OpenAPI 3 first: https://converter.swagger.io does, and so does `swagger2openapi`.".to_owned()
            }
            Kind::Version { .. } => {
                "Export the document as OpenAPI 3.0 or 3.1; where that is what it is, mend its `openapi` field.".to_owned()
            }
            Kind::Expected { expected, .. } => format!("Write {expected} there."),
            Kind::Missing { member } => format!("Add `{member}`."),
            Kind::Reference { .. } => {
                "Add what it names, or mend the reference. A document that was cut off has such references too.".to_owned()
            }
            Kind::ReferenceCycle { .. } => "Let one of them hold the thing itself.".to_owned(),
            Kind::UnknownScheme { .. } => {
                "Add it to `components.securitySchemes`, or mend the name.".to_owned()
            }
            Kind::Invalid(_) => "Please report this, with the document where you can.".to_owned(),
        }
    }
}

impl fmt::Display for OpenApiError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.place {
            Place::Document => self.kind.fmt(formatter),
            Place::Text { line, column } => {
                write!(formatter, "line {line}, column {column}: {}", self.kind)
            }
            Place::Pointer(pointer) => write!(formatter, "{pointer}: {}", self.kind),
        }
    }
}

impl std::error::Error for OpenApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}

/// An error before its place is written down: the value that it is about.
#[derive(Debug)]
pub(super) struct Fault<'a> {
    pub at: &'a Value,
    pub kind: OpenApiErrorKind,
}

impl<'a> Fault<'a> {
    pub fn new(at: &'a Value, kind: OpenApiErrorKind) -> Self {
        Self { at, kind }
    }

    pub fn expected(at: &'a Value, expected: &'static str) -> Self {
        Self::new(
            at,
            OpenApiErrorKind::Expected {
                expected,
                found: describe(at),
            },
        )
    }
}

/// What a value is, for a message: short, and a text cut.
pub(super) fn describe(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!("`{value}`"),
        Value::String(text) => format!("the text `{}`", cut(text)),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

/// The beginning of a text that is named in a message, on one line.
pub(super) fn cut(text: &str) -> String {
    const LIMIT: usize = 80;
    let mut plain: String = text
        .chars()
        .take(LIMIT)
        .map(|character| match character {
            control if control.is_control() => ' ',
            other => other,
        })
        .collect();
    if text.chars().nth(LIMIT).is_some() {
        plain.push('…');
    }
    plain
}
