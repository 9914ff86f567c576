//! A request with its templates rendered, still open for request parameters.

use std::fmt::Display;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Method, header};
use latchwork_model::{Parameter, Request, Template, origin_part};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use url::Url;

use super::body::DraftBody;
use super::render::Renderer;
use crate::error::EngineError;
use crate::http::{Limits, Outgoing};

/// What may stay as it is in a query component: the unreserved characters (RFC 3986 section 2.3).
const QUERY: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A rendered request.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: DraftBody,
    pub follow_redirects: bool,
    pub timeout: Option<Duration>,
}

impl Draft {
    /// A POST to an address, with nothing in it yet.
    pub(crate) const fn to(url: Url) -> Self {
        Self {
            method: Method::POST,
            url,
            headers: Vec::new(),
            body: DraftBody::None,
            follow_redirects: true,
            timeout: None,
        }
    }

    /// Renders a request; `place` is where it stands, for faults.
    pub(crate) async fn render(
        request: &Request,
        place: &str,
        renderer: &Renderer<'_>,
    ) -> Result<Self, EngineError> {
        let url = full_url(&request.url, format_args!("{place}.url"), renderer)?;
        // Files are validated; what is typed for a single call comes as it is.
        let method =
            Method::from_bytes(request.method.as_bytes()).map_err(|_| EngineError::Input {
                name: "method".to_owned(),
                message: format!("`{}` is not an HTTP method", request.method),
            })?;
        let mut draft = Self {
            method,
            url,
            headers: Vec::new(),
            body: DraftBody::None,
            follow_redirects: request.follow_redirects,
            timeout: request
                .timeout_seconds
                .map(latchwork_model::Seconds::duration),
        };
        for (name, value) in
            render_parameters(&request.query, format_args!("{place}.query"), renderer)?
        {
            draft.add_query(&name, &value);
        }
        draft.body = DraftBody::render(&request.body, &format!("{place}.body"), renderer).await?;
        for (index, parameter) in request
            .headers
            .iter()
            .enumerate()
            .filter(|(_, parameter)| parameter.enabled)
        {
            let place = format_args!("{place}.headers[{index}]");
            let name = renderer.text(format_args!("{place}.name"), &parameter.name)?;
            let value = renderer.header(format_args!("{place}.value"), &parameter.value)?;
            if !(parameter.omit_empty && value.is_empty()) {
                draft.headers.push(header(&name, &value, place)?);
            }
        }
        Ok(draft)
    }

    /// Adds a query parameter behind those that are there.
    pub(crate) fn add_query(&mut self, name: &str, value: &str) {
        let pair = format!(
            "{}={}",
            utf8_percent_encode(name, QUERY),
            utf8_percent_encode(value, QUERY)
        );
        let query = match self.url.query() {
            Some(query) if !query.is_empty() => format!("{query}&{pair}"),
            _ => pair,
        };
        self.url.set_query(Some(&query));
    }

    /// Sets a header, in place of any that has its name.
    pub(crate) fn set_header(
        &mut self,
        name: &str,
        value: &str,
        place: &str,
    ) -> Result<(), EngineError> {
        let (name, value) = header(name, value, place)?;
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value));
        Ok(())
    }

    /// Closes the request: the body is bytes, with its content type where none was written out.
    pub(crate) fn finish(self, timeout: Option<Duration>) -> Outgoing {
        let mut headers = self.headers;
        let (content_type, body) = self.body.encode();
        if let Some(content_type) = content_type
            .filter(|content_type| !content_type.is_empty())
            .and_then(|content_type| HeaderValue::from_str(&content_type).ok())
            && !headers
                .iter()
                .any(|(name, _)| *name == header::CONTENT_TYPE)
        {
            headers.push((header::CONTENT_TYPE, content_type));
        }
        Outgoing {
            method: self.method,
            url: self.url,
            headers,
            body,
            follow_redirects: self.follow_redirects,
            limits: Limits::new(self.timeout.or(timeout)),
            signer: None,
        }
    }
}

/// The names and values of the parameters that are sent.
pub(crate) fn render_parameters(
    parameters: &[Parameter],
    place: impl Display,
    renderer: &Renderer<'_>,
) -> Result<Vec<(String, String)>, EngineError> {
    let mut pairs = Vec::with_capacity(parameters.len());
    for (index, parameter) in parameters
        .iter()
        .enumerate()
        .filter(|(_, parameter)| parameter.enabled)
    {
        let name = renderer.text(format_args!("{place}[{index}].name"), &parameter.name)?;
        let value = renderer.text(format_args!("{place}[{index}].value"), &parameter.value)?;
        if !(parameter.omit_empty && value.is_empty()) {
            pairs.push((name, value));
        }
    }
    Ok(pairs)
}

/// A request's whole address: an absolute one stands for itself, others are appended to the base URL.
fn full_url(
    template: &Template,
    place: impl Display,
    renderer: &Renderer<'_>,
) -> Result<Url, EngineError> {
    let place = &place;
    let source = template.as_str();
    let base = renderer.connector.base_url.as_str();
    let text = if source.is_empty() {
        renderer.url("base_url", base)?
    } else if source.starts_with('/') {
        // Each by itself: where values have a part in the base URL, its slash at the end is known only now.
        below(
            &renderer.url("base_url", base)?,
            &renderer.url(place, source)?,
        )
    } else {
        let text = match behind_expression(source) {
            // `{{ ask.site }}/login` is a path below a base URL, too.
            Some((start, path)) => below(&renderer.url(place, start)?, &renderer.url(place, path)?),
            None => renderer.url(place, source)?,
        };
        if text.starts_with('/') {
            below(&renderer.url("base_url", base)?, &text)
        } else {
            text
        }
    };
    let mut url = Url::parse(text.trim()).map_err(|error| EngineError::InvalidUrl {
        place: place.to_string(),
        value: text.split(['?', '#']).next().unwrap_or_default().to_owned(),
        reason: error.to_string(),
    })?;
    url.set_fragment(None);
    Ok(url)
}

/// A path below an address, with one slash between them.
fn below(base: &str, path: &str) -> String {
    format!("{}{path}", base.strip_suffix('/').unwrap_or(base))
}

/// An address that starts with one expression, in two: the expression, and the path behind it.
fn behind_expression(source: &str) -> Option<(&str, &str)> {
    let start =
        origin_part(source).filter(|start| start.starts_with("{{") && start.ends_with("}}"))?;
    let path = source
        .trim()
        .strip_prefix(start)
        .filter(|path| path.starts_with('/'))?;
    Some((start, path))
}

/// A header that HTTP can carry (RFC 9110 section 5.5).
fn header(
    name: &str,
    value: &str,
    place: impl Display,
) -> Result<(HeaderName, HeaderValue), EngineError> {
    let invalid = |reason| EngineError::InvalidHeader {
        place: place.to_string(),
        name: name
            .chars()
            .filter(|character| !character.is_control())
            .take(64)
            .collect(),
        reason,
    };
    let header_name = HeaderName::from_bytes(name.trim().as_bytes())
        .map_err(|_| invalid("has a name that is no header name"))?;
    if matches!(
        header_name,
        header::CONTENT_LENGTH | header::TRANSFER_ENCODING | header::CONNECTION
    ) {
        return Err(invalid("belongs to the connection and is set by itself"));
    }
    if value.contains(['\r', '\n', '\0']) {
        return Err(invalid("has a line break or NUL in its value"));
    }
    let header_value = HeaderValue::from_bytes(value.trim().as_bytes())
        .map_err(|_| invalid("has a control character in its value"))?;
    Ok((header_name, header_value))
}
