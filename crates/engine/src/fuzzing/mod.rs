//! Doors for the fuzz targets in `fuzz/`, behind the feature `fuzzing`: what reads an answer, and what makes a
//! request, without a wire.
//!
//! They hand on to what a run uses and add nothing to it. No program turns the feature on.

pub mod oauth;

use std::sync::OnceLock;

use bytes::Bytes;
use futures::executor::block_on;
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use latchwork_model::{Connector, Origin, Request};
use serde_json::{Map, Value};
use url::Url;

use crate::answer;
use crate::error::EngineError;
use crate::http::{
    CookieJar, Limits, OriginPolicy, Outgoing, StoredCookies, redirect, redirect_target,
};
use crate::request::{Draft, Renderer};
use crate::template::{Moment, Scope, Templates};

/// An answer's body as a run reads it; none where these bytes are no header's value.
pub fn body(content_type: &[u8], bytes: &[u8]) -> Option<Value> {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_bytes(content_type).ok()?,
    );
    Some(answer::body(&headers, bytes))
}

/// The cookie jar of a run.
#[derive(Clone, Debug, Default)]
pub struct Jar(CookieJar);

impl Jar {
    /// Takes in `Set-Cookie` headers; those that are no header's value are left out. Gives the cookies' names and
    /// values.
    pub fn take<'a>(
        &mut self,
        url: &Url,
        set_cookie: impl IntoIterator<Item = &'a [u8]>,
    ) -> Map<String, Value> {
        let mut headers = HeaderMap::new();
        for line in set_cookie {
            if let Ok(value) = HeaderValue::from_bytes(line) {
                headers.append(header::SET_COOKIE, value);
            }
        }
        let mut set = Map::new();
        self.0.take(url, &headers, &mut set);
        set
    }

    /// The `Cookie` header's value for an address.
    pub fn header(&self, url: &Url) -> Option<String> {
        self.0.header(url)
    }

    /// The jar as it is stored.
    pub fn store(&self) -> StoredCookies {
        self.0.store()
    }

    /// A jar as it was stored.
    pub fn restore(stored: &StoredCookies) -> Self {
        Self(CookieJar::restore(stored))
    }
}

/// A request as it would go over the wire.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The method.
    pub method: Method,
    /// The address.
    pub url: Url,
    /// The headers, in their order.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The body.
    pub body: Option<Bytes>,
}

impl Sent {
    /// A request of a connector with its templates rendered, where its origin is one that the connector names.
    pub fn prepare(
        connector: &Connector,
        request: &Request,
        scope: &Scope,
    ) -> Result<Self, EngineError> {
        static TEMPLATES: OnceLock<Templates> = OnceLock::new();
        let renderer = Renderer {
            templates: TEMPLATES.get_or_init(Templates::new),
            scope,
            moment: &Moment::new(1_700_000_000, |bytes| bytes.fill(0xab)),
            connector,
        };
        let draft = block_on(Draft::render(request, "request", &renderer))?;
        let outgoing = draft.finish(None);
        OriginPolicy::of(connector).check(&outgoing.url, "request.url")?;
        Ok(outgoing.into())
    }

    /// The request that an answer with this status and `Location` leads to. Whether its origin is allowed is not
    /// asked here. None where it redirects nowhere.
    pub fn redirected(self, status: u16, location: &[u8]) -> Result<Option<Self>, EngineError> {
        let (Ok(status), Ok(location)) = (
            StatusCode::from_u16(status),
            HeaderValue::from_bytes(location),
        ) else {
            return Ok(None);
        };
        let headers = HeaderMap::from_iter([(header::LOCATION, location)]);
        let Some(target) = redirect_target(status, &headers, &self.url)? else {
            return Ok(None);
        };
        let same_origin = Origin::of(&self.url) == Origin::of(&target);
        let mut outgoing = Outgoing {
            method: self.method,
            url: self.url,
            headers: self.headers,
            body: self.body,
            follow_redirects: true,
            limits: Limits::new(None),
            signer: None,
        };
        redirect(&mut outgoing, status, target, same_origin);
        Ok(Some(outgoing.into()))
    }
}

impl From<Outgoing> for Sent {
    fn from(outgoing: Outgoing) -> Self {
        Self {
            method: outgoing.method,
            url: outgoing.url,
            headers: outgoing.headers,
            body: outgoing.body,
        }
    }
}
