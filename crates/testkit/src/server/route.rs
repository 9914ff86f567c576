//! Routes as data: which request gets which answer, or which fault.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::request::SeenRequest;

/// Which requests get which answers.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Route {
    /// The method; any where left out.
    #[serde(default)]
    pub method: Option<String>,
    /// The path without its query; a `*` at the end stands for anything.
    pub path: String,
    /// Answers for one call after another, the last for all that follow.
    pub answers: Vec<Answer>,
}

/// An answer.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Answer {
    /// 200 where left out.
    #[serde(default)]
    pub status: Option<u16>,
    /// Headers; a list gives a header more than once.
    #[serde(default)]
    pub headers: BTreeMap<String, HeaderValues>,
    /// Text is sent as it is; any other JSON as JSON, with its content type. Left out, there is no body.
    #[serde(default)]
    pub body: Option<Value>,
    /// Bytes that are no text, in base64.
    #[serde(default)]
    pub body_base64: Option<String>,
    /// Answers with the request itself, as JSON.
    #[serde(default)]
    pub echo: bool,
    /// What goes wrong.
    #[serde(default)]
    pub fault: Option<Fault>,
}

/// One value or several.
#[derive(Clone, Debug, Deserialize)]
#[serde(untagged)]
pub enum HeaderValues {
    /// One.
    One(String),
    /// Several, each in a header line of its own.
    Many(Vec<String>),
}

/// What a server can do wrong.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Fault {
    /// Never answers.
    Hang,
    /// Answers rightly, once the test says so (`FaultServer::release`).
    Held,
    /// Sends the headers, then nothing.
    HangAfterHeaders,
    /// Sends a byte of the body now and then, without end.
    Drip,
    /// Closes without a word.
    Close,
    /// Announces this many bytes and closes after the body.
    Cut(u64),
    /// Announces this many bytes and sends the body, which is longer.
    TooShortLength(u64),
    /// Ends a chunked body in the middle.
    CutChunks,
    /// Sends these bytes in place of an answer.
    Raw(String),
    /// Answers in HTTP/1.0, without a length: the body ends with the connection.
    Http10,
    /// A body of this many bytes, with its length announced.
    Huge(u64),
    /// A body of this many bytes, in chunks.
    HugeChunked(u64),
    /// A small body that unpacks to this many bytes.
    GzipBomb(u64),
    /// Redirects with the answer's status to the same path with a number less at its end, until that is 0.
    Hops,
}

impl Route {
    /// A route for any method.
    pub fn new(path: &str, answer: Answer) -> Self {
        Self {
            method: None,
            path: path.to_owned(),
            answers: vec![answer],
        }
    }

    pub(super) fn matches(&self, request: &SeenRequest) -> bool {
        let path = request.target.split('?').next().unwrap_or_default();
        let path_matches = match self.path.strip_suffix('*') {
            Some(prefix) => path.starts_with(prefix),
            None => path == self.path,
        };
        path_matches
            && self
                .method
                .as_ref()
                .is_none_or(|method| *method == request.method)
    }

    pub(super) fn answer(&self, request: &SeenRequest, count: usize) -> Answer {
        let Some(answer) = self.answers.get(count).or_else(|| self.answers.last()) else {
            return Answer::status(500);
        };
        let mut answer = answer.clone();
        if matches!(answer.fault, Some(Fault::Hops)) {
            answer.fault = None;
            let (path, number) = request.target.rsplit_once('/').unwrap_or_default();
            match number
                .parse::<u32>()
                .ok()
                .and_then(|number| number.checked_sub(1))
            {
                Some(next) => {
                    answer.headers.insert(
                        "Location".to_owned(),
                        HeaderValues::One(format!("{path}/{next}")),
                    );
                }
                None => answer.status = Some(200),
            }
        }
        if answer.echo {
            answer.body = Some(request.to_json());
        }
        answer
    }
}

impl Answer {
    /// An answer with nothing but a status.
    pub fn status(status: u16) -> Self {
        Self {
            status: Some(status),
            ..Self::default()
        }
    }

    /// An answer of JSON.
    pub fn json(body: Value) -> Self {
        Self {
            body: Some(body),
            ..Self::default()
        }
    }

    /// A fault.
    pub fn fault(fault: Fault) -> Self {
        Self {
            fault: Some(fault),
            ..Self::default()
        }
    }
}
