//! What cannot be seen from outside: rules that no service of its own has, and strings that are signed.
//!
//! Requests as a server gets them are in `crates/engine/tests/signing`.

mod aws;
mod oauth1;

use http::{HeaderName, HeaderValue, Method};
use url::Url;

use super::Signable;

/// A request to be signed.
struct Unsigned {
    method: Method,
    url: Url,
    headers: Vec<(HeaderName, HeaderValue)>,
    body: Vec<u8>,
}

impl Unsigned {
    fn new(method: &str, address: &str, headers: &[(String, String)], body: &str) -> Self {
        let headers = headers.iter().map(|(name, value)| {
            (
                HeaderName::from_bytes(name.as_bytes()).expect("a header name"),
                HeaderValue::from_str(value.trim()).expect("a header value"),
            )
        });
        Self {
            method: Method::from_bytes(method.as_bytes()).expect("a method"),
            url: Url::parse(address).expect("an address"),
            headers: headers.collect(),
            body: body.as_bytes().to_vec(),
        }
    }

    fn signable(&mut self) -> Signable<'_> {
        Signable {
            method: &self.method,
            url: &mut self.url,
            headers: &mut self.headers,
            body: &self.body,
        }
    }

    fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(other, _)| other == name);
        found.map_or("", |(_, value)| value.to_str().expect("text"))
    }
}
