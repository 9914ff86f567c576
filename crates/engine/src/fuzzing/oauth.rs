//! What OAuth reads: token answers, discovery documents, callbacks, and a provider's words.

use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, header};
use serde_json::{Map, Value};
use url::Url;

use crate::host::SystemClock;
use crate::http::Answer;
use crate::oauth::{
    CallbackRefusal, Delivery, Expected, Metadata, OauthError, PendingAuthorizations, Reading,
    ReceivedBy, TokenAnswer,
};

/// A token answer as a step reads it: the standard outputs that it has.
pub fn token_answer(
    status: u16,
    content_type: &[u8],
    body: &[u8],
    token_path: Option<&str>,
) -> Option<Result<Map<String, Value>, OauthError>> {
    let mut headers = HeaderMap::new();
    headers.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_bytes(content_type).ok()?,
    );
    let answer = Answer {
        status,
        headers,
        body: Bytes::copy_from_slice(body),
        url: Url::parse("https://login.example/token").ok()?,
        cookies: Map::new(),
    };
    let reading = Reading {
        token_path,
        names: None,
        own_access_token: false,
        now: 1_700_000_000,
    };
    Some(TokenAnswer::read(&answer, reading).map(|answer| answer.tokens))
}

/// A discovery document, read for an issuer.
pub fn discovery(document: &[u8], issuer: &str) -> Result<Metadata, OauthError> {
    Metadata::read(document, issuer)
}

/// A callback's address, brought twice to a sign-in that waits with this state: what each was told, and whether the
/// sign-in heard a code or an error.
pub fn callback_twice(
    address: &str,
    redirect_uri: &str,
    state: &str,
) -> ([Result<(), CallbackRefusal>; 2], bool) {
    let pending = Arc::new(PendingAuthorizations::new(Arc::new(SystemClock)));
    let expected = Expected {
        redirect_uri: redirect_uri.to_owned(),
        issuer: None,
        issuer_promised: false,
        state_names: vec!["state".to_owned()],
        code_names: vec!["code".to_owned()],
    };
    let mut waiting = pending.wait(state.to_owned(), expected, i64::MAX);
    let told = [(); 2].map(|()| pending.deliver(address, ReceivedBy::Paste));
    let mut heard = false;
    while let Some(delivery) = waiting.heard_so_far() {
        heard |= matches!(delivery, Delivery::Callback(_));
    }
    (told, heard)
}
