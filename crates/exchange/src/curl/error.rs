//! Why a command could not be read, and where.

use std::fmt;

/// What is wrong with a command.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CurlErrorKind {
    /// Nothing was pasted.
    #[error("there is no command")]
    Empty,
    /// More was pasted than is read.
    #[error("the command has {bytes} bytes, and {limit} are read at most")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// The first word is not `curl`.
    #[error("this is no cURL command: it begins with `{found}`")]
    NotCurl {
        /// The first word, cut.
        found: String,
    },
    /// `Invoke-WebRequest` and the like.
    #[error("this is a PowerShell command, not cURL: use `Copy as cURL` instead")]
    PowerShellRequest,
    /// A quote that is never closed.
    #[error("the quote {quote} that begins here is never closed: was all of the command copied?")]
    UnclosedQuote {
        /// The quote.
        quote: &'static str,
    },
    /// An option that curl does not have, so that it is not known whether a value follows.
    #[error("curl has no option `{option}`")]
    UnknownOption {
        /// The option.
        option: String,
    },
    /// An option at the end that wants a value.
    #[error("`{option}` wants a value, and nothing follows")]
    MissingValue {
        /// The option.
        option: String,
    },
    /// No address.
    #[error("the command has no address")]
    NoUrl,
    /// An address that is none. The address itself is not repeated: it may hold a secret.
    #[error("the address cannot be read: {reason}")]
    InvalidUrl {
        /// What is wrong with it.
        reason: String,
    },
    /// A method that is no token (RFC 9110 section 9.1).
    #[error("`{method}` is not a method")]
    InvalidMethod {
        /// The method, cut.
        method: String,
    },
    /// A header that cannot be sent. Its value is not repeated.
    #[error("the header `{name}` cannot be sent: {reason}")]
    InvalidHeader {
        /// Its name, cut.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
}

/// A command that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurlError {
    /// What is wrong.
    pub kind: CurlErrorKind,
    /// Where, in bytes from the beginning of what was pasted.
    pub position: usize,
    /// The line, counted from 1.
    pub line: usize,
    /// The column, in characters, counted from 1.
    pub column: usize,
}

impl CurlError {
    pub(crate) fn new(text: &str, Fault { position, kind }: Fault) -> Self {
        let mut end = position.min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = &text[..end];
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        Self {
            kind,
            position,
            line: before.matches('\n').count() + 1,
            column: before[line_start..].chars().count() + 1,
        }
    }
}

impl fmt::Display for CurlError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            formatter,
            "line {}, column {}: {}",
            self.line, self.column, self.kind
        )
    }
}

impl std::error::Error for CurlError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        Some(&self.kind)
    }
}

/// An error before its place is counted in lines.
#[derive(Debug)]
pub(crate) struct Fault {
    pub position: usize,
    pub kind: CurlErrorKind,
}

impl Fault {
    /// The same, in a text that has this much before it.
    pub fn after(mut self, start: usize) -> Self {
        self.position += start;
        self
    }
}

/// The beginning of a text that is named in a message.
pub(crate) fn cut(text: &str) -> String {
    const LIMIT: usize = 40;
    match text.char_indices().nth(LIMIT) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
