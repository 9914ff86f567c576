//! What went over the wire, raw; it becomes an event only through the mask.

use std::sync::OnceLock;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Method};
use serde_json::Value;
use url::Url;

use super::phases::Times;
use crate::event::{Exchange, Header, Hop, ReceivedResponse, SentRequest, Timing};
use crate::masking::{BodyText, Secrets};

/// How much of a body an event carries, in bytes.
const SHOWN_BODY: usize = 64 * 1024;

/// One exchange as far as it got.
#[derive(Clone, Debug, Default)]
pub(crate) struct ExchangeLog {
    pub request: Option<LoggedRequest>,
    pub response: Option<LoggedResponse>,
    pub redirects: Vec<(u16, Url)>,
    pub phases: Times,
    /// The signatures of its requests.
    pub signatures: Vec<String>,
    pub first_byte: Option<Duration>,
    /// How often it was sent before this, where a step sends again.
    pub earlier: u32,
    pub total: Duration,
}

/// The first request of an exchange.
#[derive(Clone, Debug)]
pub(crate) struct LoggedRequest {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Option<LoggedBody>,
}

/// The last answer of an exchange, with as much of its body as was read.
#[derive(Clone, Debug)]
pub(crate) struct LoggedResponse {
    pub version: http::Version,
    pub status: u16,
    pub headers: HeaderMap,
    pub body: LoggedBody,
    pub complete: bool,
}

/// A body, read at the first look: it is looked at for secrets, and shown without them.
#[derive(Clone, Debug, Default)]
pub(crate) struct LoggedBody {
    bytes: Bytes,
    read: OnceLock<BodyText>,
}

impl From<Bytes> for LoggedBody {
    fn from(bytes: Bytes) -> Self {
        Self {
            bytes,
            read: OnceLock::new(),
        }
    }
}

impl LoggedBody {
    fn text(&self, content_type: &str) -> &BodyText {
        self.read
            .get_or_init(|| BodyText::read(content_type, &self.bytes))
    }
}

impl ExchangeLog {
    /// Teaches what of the exchange is secret by its names, so that it is hidden wherever else it turns up.
    pub(crate) fn teach(&self, secrets: &mut Secrets) {
        for signature in &self.signatures {
            secrets.add(signature);
        }
        if let Some(request) = &self.request {
            secrets.learn_address(request.url.as_str());
            let headers = request.headers.iter().map(|(name, value)| (name, value));
            let content_type = learn_headers(headers, secrets);
            if let Some(body) = &request.body {
                secrets.learn_body(body.text(&content_type));
            }
        }
        for (_, url) in &self.redirects {
            secrets.learn_address(url.as_str());
        }
        if let Some(response) = &self.response {
            let content_type = learn_headers(response.headers.iter(), secrets);
            secrets.learn_body(response.body.text(&content_type));
        }
    }

    /// The JSON object or list that an answer's body is. It is read once, for the outputs and for the mask.
    pub(crate) fn answer_json(&self) -> Option<&Value> {
        let response = self.response.as_ref()?;
        let content_type = content_type(response.headers.get(http::header::CONTENT_TYPE));
        response.body.text(&content_type).json()
    }

    /// The exchange as an event carries it; `None` where nothing was sent.
    pub(crate) fn masked(&self, secrets: &Secrets) -> Option<Exchange> {
        let request = self.request.as_ref()?;
        let sent_type = request
            .headers
            .iter()
            .find(|(name, _)| name == http::header::CONTENT_TYPE);
        let sent_type = content_type(sent_type.map(|(_, value)| value));
        Some(Exchange {
            request: SentRequest {
                method: request.method.to_string(),
                url: secrets.mask_url(&request.url),
                headers: masked_headers(
                    request.headers.iter().map(|(name, value)| (name, value)),
                    secrets,
                ),
                body: request
                    .body
                    .as_ref()
                    .map(|body| shown_body(&sent_type, body, secrets).0),
            },
            response: self.response.as_ref().map(|response| {
                let received_type = content_type(response.headers.get(http::header::CONTENT_TYPE));
                let (body, cut) = shown_body(&received_type, &response.body, secrets);
                ReceivedResponse {
                    http_version: format!("{:?}", response.version),
                    status: response.status,
                    headers: masked_headers(response.headers.iter(), secrets),
                    body,
                    body_bytes: response.body.bytes.len() as u64,
                    truncated: cut || !response.complete,
                }
            }),
            redirects: self
                .redirects
                .iter()
                .map(|(status, url)| Hop {
                    status: *status,
                    url: secrets.mask_url(url),
                })
                .collect(),
            attempts: self.earlier + 1,
            timing: Timing {
                total_ms: millis(self.total),
                first_byte_ms: self.first_byte.map(millis),
                resolve_ms: self.phases.resolve.map(millis),
                connect_ms: self.phases.connect.map(millis),
            },
        })
    }
}

fn content_type(header: Option<&HeaderValue>) -> String {
    header.map_or_else(String::new, |value| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    })
}

/// Learns what headers hold, and gives the content type.
fn learn_headers<'a>(
    headers: impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    secrets: &mut Secrets,
) -> String {
    let mut content_type = String::new();
    for (name, value) in headers {
        let value = String::from_utf8_lossy(value.as_bytes());
        if name == http::header::CONTENT_TYPE {
            content_type = value.into_owned();
        } else if name == http::header::LOCATION {
            secrets.learn_address(&value);
        } else {
            secrets.learn_header(name.as_str(), &value);
        }
    }
    content_type
}

fn masked_headers<'a>(
    headers: impl Iterator<Item = (&'a HeaderName, &'a HeaderValue)>,
    secrets: &Secrets,
) -> Vec<Header> {
    headers
        .map(|(name, value)| Header {
            name: name.as_str().to_owned(),
            value: secrets.mask_header(name.as_str(), &String::from_utf8_lossy(value.as_bytes())),
        })
        .collect()
}

/// A body's text, masked whole and then cut, so that no secret is cut in two and missed.
fn shown_body(content_type: &str, body: &LoggedBody, secrets: &Secrets) -> (String, bool) {
    let mut masked = secrets.mask_body(body.text(content_type));
    let cut = masked.len() > SHOWN_BODY;
    if cut {
        masked.truncate(masked.floor_char_boundary(SHOWN_BODY));
    }
    (masked, cut)
}

/// Whole milliseconds.
pub(crate) fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}
