//! What a person pasted: a step, a request, a connector, a cURL command or an address.
//!
//! What is pasted comes from outside: it is read and checked here, and shown before it goes into a flow. Whether a
//! flow takes a step of this kind is the caller's to say.

use latchwork_model::{
    ApiRequestStep, FileError, Request, STEP_ID_RESERVED, Step, StepKind, Success, read_step,
};
use serde_json::{Value, json};

use crate::TEXT_LIMIT;
use crate::curl::{Address, CurlError, CurlErrorKind, CurlImport, from_curl};
use crate::fence::without_fence;
use crate::literal::escape;
use crate::note::{Note, Notes};

/// The value of a copied step's `format`.
const STEP_FORMAT: &str = "latchwork.step/1";

/// What was recognised.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Pasted {
    /// A step, with or without `latchwork.step/1` around it.
    Step(Box<Step>),
    /// A request as it stands in a connector file.
    Request(Box<Request>),
    /// A cURL command.
    Curl(Box<CurlImport>),
    /// An address, as a GET request.
    Url(Box<CurlImport>),
    /// A connector file, unread.
    Connector(String),
}

impl Pasted {
    /// The step that it becomes, with an id that fits what it does but may be taken already; none where it is no
    /// step.
    pub fn into_step(self) -> Option<Step> {
        let request = match self {
            Self::Step(step) => return Some(*step),
            Self::Request(request) => *request,
            Self::Curl(import) | Self::Url(import) => import.request,
            Self::Connector(_) => return None,
        };
        let id = suggested_id(&request);
        Some(Step::new(
            &id,
            StepKind::ApiRequest(ApiRequestStep {
                request,
                success: Success::default(),
            }),
        ))
    }

    /// What the person should know.
    pub fn notes(&self) -> &[Note] {
        match self {
            Self::Curl(import) | Self::Url(import) => &import.notes,
            _ => &[],
        }
    }
}

/// Why nothing was recognised.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ClipboardError {
    /// Nothing was pasted.
    #[error("the clipboard holds no text")]
    Empty,
    /// More was pasted than is read.
    #[error("what was pasted has {bytes} bytes, and {limit} are read at most")]
    TooLarge {
        /// How many bytes it has.
        bytes: usize,
        /// How many are read.
        limit: usize,
    },
    /// It begins like JSON and is none.
    #[error("what was pasted is not whole JSON: line {line}, column {column}")]
    Json {
        /// Counted from 1.
        line: usize,
        /// Counted from 1.
        column: usize,
    },
    /// A step of a newer version.
    #[error("`{format}` was made by a newer Latchwork; this one reads `{STEP_FORMAT}`")]
    Newer {
        /// The format it names.
        format: String,
    },
    /// It looks like a step or a request and is no valid one.
    #[error("what was pasted is not valid: {0}")]
    File(#[from] FileError),
    /// It looks like a cURL command and cannot be read.
    #[error("the cURL command cannot be read: {0}")]
    Curl(#[from] CurlError),
    /// None of what is known.
    #[error("what was pasted is no step, no cURL command and no address")]
    Unknown,
}

/// Recognises what was pasted.
pub fn recognise(text: &str) -> Result<Pasted, ClipboardError> {
    if text.len() > TEXT_LIMIT {
        return Err(ClipboardError::TooLarge {
            bytes: text.len(),
            limit: TEXT_LIMIT,
        });
    }
    let text = without_fence(text.trim_start_matches('\u{feff}'));
    if text.is_empty() {
        return Err(ClipboardError::Empty);
    }
    if text.starts_with('{') {
        return recognise_json(text);
    }
    if let Some(address) = address(text) {
        return Ok(address);
    }
    match from_curl(text) {
        Ok(import) => Ok(Pasted::Curl(Box::new(import))),
        Err(CurlError {
            kind: CurlErrorKind::NotCurl { .. },
            ..
        }) => Err(ClipboardError::Unknown),
        // Prose with an apostrophe is no command with a quote that was never closed.
        Err(_) if !text.to_ascii_lowercase().contains("curl") && !text.contains("Invoke-") => {
            Err(ClipboardError::Unknown)
        }
        Err(error) => Err(error.into()),
    }
}

fn recognise_json(text: &str) -> Result<Pasted, ClipboardError> {
    let mut value: Value = serde_json::from_str(text).map_err(|error| ClipboardError::Json {
        line: error.line(),
        column: error.column(),
    })?;
    match value.get("format").and_then(Value::as_str) {
        Some(STEP_FORMAT) => {
            let step = value.get_mut("step").map(Value::take);
            // The wrapper has no other members, and the step is an object: the model says so where it is not.
            let step = step.unwrap_or_else(|| json!({}));
            Ok(Pasted::Step(Box::new(read_step(step)?)))
        }
        Some(format) if format.starts_with("latchwork.step/") => Err(ClipboardError::Newer {
            format: format.chars().take(60).collect(),
        }),
        Some(format) if format.starts_with("latchwork.connector/") => {
            Ok(Pasted::Connector(text.to_owned()))
        }
        None if value.get("type").is_some() && value.get("id").is_some() => {
            Ok(Pasted::Step(Box::new(read_step(value)?)))
        }
        None if value.get("method").is_some() && value.get("url").is_some() => {
            Ok(Pasted::Request(read_request(&value)?))
        }
        _ => Err(ClipboardError::Unknown),
    }
}

/// Reads a request by the rules of a step that sends it.
fn read_request(request: &Value) -> Result<Box<Request>, ClipboardError> {
    let step = read_step(json!({ "id": "pasted", "type": "api_request", "request": request }))?;
    match step.kind {
        StepKind::ApiRequest(step) => Ok(Box::new(step.request)),
        _ => Err(ClipboardError::Unknown),
    }
}

/// An address alone on its line becomes a GET request.
fn address(text: &str) -> Option<Pasted> {
    let lower = text.get(..8).unwrap_or(text).to_ascii_lowercase();
    if !(lower.starts_with("http://") || lower.starts_with("https://"))
        || text.contains(char::is_whitespace)
    {
        return None;
    }
    let mut notes = Notes::default();
    let address = Address::read(text, &mut notes).ok()?;
    if address.credentials.is_some() {
        // Written as a command, so that the credentials become a header by the same rules.
        return from_curl(&format!("curl '{}'", text.replace('\'', "%27")))
            .ok()
            .map(|import| Pasted::Url(Box::new(import)));
    }
    let mut request = Request::new("GET", escape(&address.url));
    request.query = address.query;
    Some(Pasted::Url(Box::new(CurlImport {
        request,
        notes: notes.into_vec(),
    })))
}

/// A step id after the last word of the address: `login` for `POST https://api.acme.example/v1/login`.
fn suggested_id(request: &Request) -> String {
    let path = request
        .url
        .as_str()
        .split_once("://")
        .map_or(request.url.as_str(), |(_, rest)| rest);
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let words = path.split('/').skip(1).filter_map(identifier);
    words.last().unwrap_or_else(|| "step".to_owned())
}

/// A path segment as an id, where it has the makings of one: a number, or an id of a thing, has not.
fn identifier(segment: &str) -> Option<String> {
    const LONGEST: usize = 30;
    let stem = segment.split('.').next().unwrap_or(segment);
    let digits = stem.bytes().filter(u8::is_ascii_digit).count();
    if stem.len() > LONGEST
        || digits * 2 > stem.len()
        || !stem.is_ascii()
        || stem.contains(['{', '}', '%'])
    {
        return None;
    }
    let id: String = stem
        .chars()
        .map(|letter| {
            if letter.is_ascii_alphanumeric() {
                letter.to_ascii_lowercase()
            } else {
                '_'
            }
        })
        .collect();
    let id = id.trim_matches('_');
    let fits =
        id.starts_with(|first: char| first.is_ascii_lowercase()) && !STEP_ID_RESERVED.contains(&id);
    (fits
        && id.len() > 1
        && !is_version(id)
        && !latchwork_model::template_syntax::is_reserved_word(id))
    .then(|| id.to_owned())
}

fn is_version(id: &str) -> bool {
    id.strip_prefix('v')
        .is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit()))
}
