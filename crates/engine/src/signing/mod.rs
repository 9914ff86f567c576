//! Signatures over a request as it is sent: AWS Signature Version 4 and OAuth 1.0a (RFC 5849).
//!
//! A [`Signer`] has its credentials rendered and signs last of all, once query, body and headers are final; and once
//! more for each redirect within the origin that it was made for. At another origin nothing is signed: that is held
//! by [`crate::http`], which hands no signer on. Who is signed for is decided in [`crate::run`].

mod aws;
mod oauth1;
#[cfg(test)]
mod tests;

use std::fmt;
use std::sync::Arc;

use http::{HeaderName, HeaderValue, Method, header};
use latchwork_model::Signing;
use url::Url;

use crate::error::EngineError;
use crate::host::{Clock, Randomness};
use crate::request::Renderer;

/// Signs requests with credentials that are rendered.
#[derive(Clone)]
pub(crate) struct Signer {
    scheme: Scheme,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
}

#[derive(Clone)]
enum Scheme {
    Aws(aws::Credentials),
    Oauth1(oauth1::Credentials),
}

/// Credentials are nobody's to print.
impl fmt::Debug for Signer {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.scheme {
            Scheme::Aws(_) => "Signer(aws_sigv4)",
            Scheme::Oauth1(_) => "Signer(oauth1)",
        })
    }
}

/// A request that is signed. The address may be written in another way that means the same.
pub(crate) struct Signable<'r> {
    pub method: &'r Method,
    pub url: &'r mut Url,
    pub headers: &'r mut Vec<(HeaderName, HeaderValue)>,
    pub body: &'r [u8],
}

impl Signable<'_> {
    /// The headers of this name, as text.
    fn header(&self, name: &HeaderName) -> Option<&str> {
        let (_, value) = self.headers.iter().find(|(other, _)| other == name)?;
        std::str::from_utf8(value.as_bytes()).ok()
    }

    /// Sets a header, in place of all that have its name.
    fn set(&mut self, name: HeaderName, value: &str) -> Result<(), EngineError> {
        let mut value = HeaderValue::from_str(value).map_err(|_| EngineError::Signing {
            place: name.as_str().to_owned(),
            reason: "it would hold a character that headers cannot have".to_owned(),
        })?;
        value.set_sensitive(name == header::AUTHORIZATION);
        self.headers.retain(|(other, _)| *other != name);
        self.headers.push((name, value));
        Ok(())
    }
}

impl Signer {
    /// Renders the credentials; `place` is where they stand in the file.
    pub(crate) fn render(
        signing: &Signing,
        place: &str,
        renderer: &Renderer<'_>,
        clock: Arc<dyn Clock>,
        randomness: Arc<dyn Randomness>,
    ) -> Result<Self, EngineError> {
        let scheme = match signing {
            Signing::AwsSigv4(aws) => Scheme::Aws(aws::Credentials::render(aws, place, renderer)?),
            Signing::Oauth1(oauth) => {
                Scheme::Oauth1(oauth1::Credentials::render(oauth, place, renderer)?)
            }
        };
        Ok(Self {
            scheme,
            clock,
            randomness,
        })
    }

    /// What of the credentials is secret.
    pub(crate) fn secrets(&self) -> Vec<&str> {
        match &self.scheme {
            Scheme::Aws(credentials) => credentials.secrets(),
            Scheme::Oauth1(credentials) => credentials.secrets(),
        }
    }

    /// Signs a request, and gives the signature: it is shown to nobody.
    pub(crate) fn sign(&self, request: &mut Signable<'_>) -> Result<String, EngineError> {
        let now = self.clock.unix_seconds();
        match &self.scheme {
            Scheme::Aws(credentials) => aws::sign(
                credentials,
                aws::Rules::of(&credentials.service),
                now,
                request,
            ),
            Scheme::Oauth1(credentials) => {
                let mut nonce = [0; 16];
                self.randomness.fill(&mut nonce);
                oauth1::sign(credentials, &crate::template::hex(&nonce), now, request)
            }
        }
    }
}
