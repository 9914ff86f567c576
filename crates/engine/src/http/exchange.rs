//! One request and its answer: our own redirect loop, the cookie jar, limits of time and size.
//!
//! reqwest alone would keep custom headers on the way to another origin, and knows no origins (SAFETY Z24, Z25).

use std::time::Instant;

use bytes::{Bytes, BytesMut};
use http::{HeaderMap, HeaderName, HeaderValue, Method, StatusCode, header};
use reqwest::{Client, Response};
use serde_json::{Map, Value};
use tokio::time::timeout;
use url::Url;

use super::address_guard::check_literal;
use super::cookies::CookieJar;
use super::faults::{fault, host_of, refusal, wire_error};
use super::limits::{BODY_LIMIT, Limits, REDIRECT_LIMIT};
use super::log::{ExchangeLog, LoggedRequest, LoggedResponse};
use super::origin_policy::OriginPolicy;
use super::phases::Phases;
use crate::error::{EngineError, HttpFaultKind};
use crate::signing::{Signable, Signer};

/// A request, rendered and ready to be sent.
#[derive(Clone, Debug)]
pub(crate) struct Outgoing {
    pub method: Method,
    pub url: Url,
    pub headers: Vec<(HeaderName, HeaderValue)>,
    pub body: Option<Bytes>,
    pub follow_redirects: bool,
    pub limits: Limits,
    /// What signs each request of the exchange, until it leaves the origin that it began at.
    pub signer: Option<Signer>,
}

/// An answer, whole and within the limits.
#[derive(Clone, Debug)]
pub(crate) struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
    /// Where it came from, after redirects.
    pub url: Url,
    /// All that the exchange set, over its redirects.
    pub cookies: Map<String, Value>,
}

/// Sends a request and reads its answer. `log` tells how far it got, also where it fails.
pub(crate) async fn exchange(
    client: &Client,
    origins: &OriginPolicy,
    outgoing: Outgoing,
    jar: &mut CookieJar,
    log: &mut ExchangeLog,
) -> Result<Answer, EngineError> {
    let started = Instant::now();
    let total = outgoing.limits.total;
    let host = host_of(&outgoing.url);
    // On the heap: whoever sends a request is no larger for it.
    let followed = Box::pin(follow(client, origins, outgoing, jar, log, started));
    let followed = timeout(total, followed);
    let (followed, phases) = Phases::of(followed).await;
    log.phases = phases;
    let result = match followed {
        Ok(result) => result,
        Err(_) => Err(fault(
            HttpFaultKind::Timeout,
            host,
            Some(format!("{} s", total.as_secs_f64())),
        )),
    };
    log.total = started.elapsed();
    result
}

async fn follow(
    client: &Client,
    origins: &OriginPolicy,
    mut outgoing: Outgoing,
    jar: &mut CookieJar,
    log: &mut ExchangeLog,
    started: Instant,
) -> Result<Answer, EngineError> {
    let mut cookies = Map::new();
    let mut origin = origins.check(&outgoing.url, "request.url")?;
    let wrote_cookie = outgoing
        .headers
        .iter()
        .any(|(name, _)| name == header::COOKIE);
    loop {
        check_literal(&outgoing.url).map_err(|refused| refusal(&refused))?;
        let mut headers = outgoing.headers.clone();
        if let Some(signer) = outgoing.signer.clone() {
            let signature = signer.sign(&mut Signable {
                method: &outgoing.method,
                url: &mut outgoing.url,
                headers: &mut headers,
                body: outgoing.body.as_deref().unwrap_or_default(),
            })?;
            log.signatures.push(signature);
        }
        if !wrote_cookie
            && let Some(value) = jar.header(&outgoing.url)
            && let Ok(value) = HeaderValue::from_str(&value)
        {
            headers.push((header::COOKIE, value));
        }
        if log.request.is_none() {
            log.request = Some(LoggedRequest {
                method: outgoing.method.clone(),
                url: outgoing.url.clone(),
                headers: headers.clone(),
                body: outgoing.body.clone().map(Into::into),
            });
        }
        let response = send(client, &outgoing, headers).await?;
        log.first_byte = Some(started.elapsed());
        jar.take(&outgoing.url, response.headers(), &mut cookies);
        let next = if outgoing.follow_redirects {
            redirect_target(response.status(), response.headers(), &outgoing.url)?
        } else {
            None
        };
        let Some(target) = next else {
            return read(response, outgoing, cookies, log).await;
        };
        if log.redirects.len() == REDIRECT_LIMIT {
            return Err(fault(
                HttpFaultKind::TooManyRedirects,
                host_of(&outgoing.url),
                None,
            ));
        }
        let status = response.status();
        log.redirects.push((status.as_u16(), target.clone()));
        // The hop itself is part of what came, should the next one fail.
        log.response = Some(LoggedResponse {
            version: response.version(),
            status: status.as_u16(),
            headers: response.headers().clone(),
            body: Bytes::new().into(),
            complete: false,
        });
        drop(response);
        if outgoing.url.scheme() == "https" && target.scheme() == "http" {
            // First of all: no approval of the origin would help.
            return Err(fault(
                HttpFaultKind::InsecureRedirect,
                host_of(&target),
                None,
            ));
        }
        let from = origin;
        origin = origins.check(&target, "request.url")?;
        redirect(&mut outgoing, status, target, from == origin);
    }
}

/// Turns a request into the one that a redirect asks for (RFC 9110 section 15.4).
pub(crate) fn redirect(
    outgoing: &mut Outgoing,
    status: StatusCode,
    target: Url,
    same_origin: bool,
) {
    let to_get = match status {
        StatusCode::SEE_OTHER => outgoing.method != Method::HEAD,
        // What every client does since the first browsers, allowed by RFC 9110 sections 15.4.2 and 15.4.3.
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND => outgoing.method == Method::POST,
        _ => false,
    };
    if to_get {
        outgoing.method = Method::GET;
    }
    if to_get || !same_origin {
        outgoing.body = None;
        outgoing
            .headers
            .retain(|(name, _)| name != header::CONTENT_TYPE && name != header::CONTENT_ENCODING);
    }
    if !same_origin {
        // To another origin nothing that the connector added goes along, and nothing is signed for it.
        outgoing.headers.clear();
        outgoing.signer = None;
    }
    outgoing.url = target;
}

/// Where an answer redirects to, where it does.
pub(crate) fn redirect_target(
    status: StatusCode,
    headers: &HeaderMap,
    url: &Url,
) -> Result<Option<Url>, EngineError> {
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return Ok(None);
    }
    let Some(location) = headers.get(header::LOCATION) else {
        return Ok(None);
    };
    let location = String::from_utf8_lossy(location.as_bytes());
    let mut target = url
        .join(location.trim())
        .map_err(|error| EngineError::InvalidUrl {
            place: "Location".to_owned(),
            value: location
                .split(['?', '#'])
                .next()
                .unwrap_or_default()
                .to_owned(),
            reason: error.to_string(),
        })?;
    // Credentials in a redirect's address are nobody's we know.
    let _ = target.set_username("");
    let _ = target.set_password(None);
    target.set_fragment(None);
    Ok(Some(target))
}

async fn send(
    client: &Client,
    outgoing: &Outgoing,
    headers: Vec<(HeaderName, HeaderValue)>,
) -> Result<Response, EngineError> {
    let mut map = HeaderMap::with_capacity(headers.len());
    for (name, value) in headers {
        map.append(name, value);
    }
    let mut request = reqwest::Request::new(outgoing.method.clone(), outgoing.url.clone());
    *request.headers_mut() = map;
    *request.body_mut() = outgoing.body.clone().map(Into::into);
    match timeout(outgoing.limits.idle, client.execute(request)).await {
        Ok(Ok(response)) if response.status() == StatusCode::PROXY_AUTHENTICATION_REQUIRED => {
            Err(fault(
                HttpFaultKind::Proxy,
                host_of(&outgoing.url),
                Some("it answered 407".to_owned()),
            ))
        }
        Ok(Ok(response)) => Ok(response),
        Ok(Err(error)) => Err(wire_error(&error, &outgoing.url)),
        Err(_) => Err(idle_fault(outgoing)),
    }
}

async fn read(
    mut response: Response,
    outgoing: Outgoing,
    cookies: Map<String, Value>,
    log: &mut ExchangeLog,
) -> Result<Answer, EngineError> {
    let status = response.status().as_u16();
    let headers = response.headers().clone();
    let mut body = BytesMut::new();
    let outcome = loop {
        match timeout(outgoing.limits.idle, response.chunk()).await {
            Ok(Ok(Some(chunk))) => {
                let room = BODY_LIMIT - body.len();
                body.extend_from_slice(chunk.get(..room).unwrap_or(&chunk));
                if chunk.len() > room {
                    break Err(fault(HttpFaultKind::TooLarge, host_of(&outgoing.url), None));
                }
            }
            Ok(Ok(None)) => break Ok(()),
            Ok(Err(error)) => break Err(wire_error(&error, &outgoing.url)),
            Err(_) => break Err(idle_fault(&outgoing)),
        }
    };
    let body = body.freeze();
    log.response = Some(LoggedResponse {
        version: response.version(),
        status,
        headers: headers.clone(),
        body: body.clone().into(),
        complete: outcome.is_ok(),
    });
    outcome?;
    Ok(Answer {
        status,
        headers,
        body,
        url: outgoing.url,
        cookies,
    })
}

fn idle_fault(outgoing: &Outgoing) -> EngineError {
    let detail = format!("nothing came for {} s", outgoing.limits.idle.as_secs_f64());
    fault(HttpFaultKind::Timeout, host_of(&outgoing.url), Some(detail))
}
