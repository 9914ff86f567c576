//! OAuth 1.0a signatures (RFC 5849 section 3).
//!
//! What has a crate for it is old or brings SHA-1 and RSA of its own; this is little, and the cryptography is ring's.
//! Asking for the credentials (RFC 5849 section 2) is not here: those are requests like others.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header;
use latchwork_model::{OAuth1, Oauth1Method, Template};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use ring::hmac;
use url::{Url, form_urlencoded};
use zeroize::Zeroizing;

use super::Signable;
use crate::error::{EngineError, shown};
use crate::oauth::require_secure;
use crate::request::Renderer;
use crate::template::rsa_sha256;

/// What stays as it is: RFC 5849 section 3.6.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Credentials, rendered.
#[derive(Clone)]
pub(super) struct Credentials {
    pub consumer_key: String,
    /// The shared secret; for RSA the private key.
    pub consumer_secret: Zeroizing<String>,
    /// Empty where there is none (RFC 5849 section 3.1).
    pub token: Zeroizing<String>,
    pub token_secret: Zeroizing<String>,
    pub method: Oauth1Method,
    pub realm: Option<String>,
    /// Where they stand in the file, for faults.
    pub place: String,
}

impl Credentials {
    pub(super) fn render(
        oauth: &OAuth1,
        place: &str,
        renderer: &Renderer<'_>,
    ) -> Result<Self, EngineError> {
        let text = |name: &str, template: &Template| {
            renderer.text(format_args!("{place}.{name}"), template)
        };
        let fault = |name: &str, reason: String| EngineError::Signing {
            place: format!("{place}.{name}"),
            reason,
        };
        let consumer_key = text("consumer_key", &oauth.consumer_key)?;
        if consumer_key.is_empty() {
            return Err(fault("consumer_key", "it is empty".to_owned()));
        }
        let realm = match &oauth.realm {
            Some(realm) => Some(text("realm", realm)?).filter(|realm| !realm.is_empty()),
            None => None,
        };
        Ok(Self {
            consumer_key,
            consumer_secret: text("consumer_secret", &oauth.consumer_secret)?.into(),
            token: text("token", &oauth.token)?.into(),
            token_secret: text("token_secret", &oauth.token_secret)?.into(),
            method: Oauth1Method::named(&oauth.signature_method).ok_or_else(|| {
                let names = Oauth1Method::NAMES.join(", ");
                fault(
                    "signature_method",
                    format!("`{}` is none of {names}", oauth.signature_method),
                )
            })?,
            realm,
            place: place.to_owned(),
        })
    }

    pub(super) fn secrets(&self) -> Vec<&str> {
        vec![&self.consumer_secret, &self.token, &self.token_secret]
    }
}

/// Signs a request, and gives the signature.
pub(super) fn sign(
    credentials: &Credentials,
    nonce: &str,
    now: i64,
    request: &mut Signable<'_>,
) -> Result<String, EngineError> {
    if credentials.method == Oauth1Method::Plaintext {
        // The signature is the secrets themselves (RFC 5849 section 3.4.4).
        require_secure(request.url, "").map_err(|_| EngineError::Signing {
            place: format!("{}.signature_method", credentials.place),
            reason: format!(
                "PLAINTEXT sends the secrets themselves, and {} is not https",
                shown(request.url)
            ),
        })?;
    }
    let timestamp = now.to_string();
    let mut own = vec![
        ("oauth_consumer_key", credentials.consumer_key.as_str()),
        ("oauth_nonce", nonce),
        ("oauth_signature_method", credentials.method.as_str()),
        ("oauth_timestamp", &timestamp),
        ("oauth_version", "1.0"),
    ];
    if !credentials.token.is_empty() {
        own.push(("oauth_token", &credentials.token));
    }
    let base = base_string(request, &own);
    let signature = signature(credentials, &base)?;
    own.push(("oauth_signature", &signature));
    request.set(
        header::AUTHORIZATION,
        &authorization(credentials.realm.as_deref(), &own),
    )?;
    Ok(signature)
}

/// The string that is signed (RFC 5849 section 3.4.1.1).
pub(super) fn base_string(request: &Signable<'_>, own: &[(&str, &str)]) -> String {
    let mut parameters: Vec<(String, String)> = own
        .iter()
        .map(|(name, value)| (encode(name), encode(value)))
        .collect();
    let mut read = |pairs: &[u8]| {
        let pairs = form_urlencoded::parse(pairs);
        parameters.extend(pairs.map(|(name, value)| (encode(&name), encode(&value))));
    };
    read(request.url.query().unwrap_or_default().as_bytes());
    if is_form(request) {
        read(request.body);
    }
    // By what they are once they are encoded, names first (RFC 5849 section 3.4.1.3.2).
    parameters.sort();
    let parameters: Vec<String> = parameters
        .into_iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    format!(
        "{}&{}&{}",
        encode(request.method.as_str()),
        encode(&base_address(request.url)),
        encode(&parameters.join("&"))
    )
}

/// The address without its query, and without a port that is its scheme's own (RFC 5849 section 3.4.1.2).
pub(super) fn base_address(url: &Url) -> String {
    let mut address = url.clone();
    address.set_query(None);
    address.set_fragment(None);
    // Both fail only for addresses that cannot have a user.
    let _ = address.set_username("");
    let _ = address.set_password(None);
    address.to_string()
}

/// Whether the body's fields are signed (RFC 5849 section 3.4.1.3.1).
fn is_form(request: &Signable<'_>) -> bool {
    request
        .header(&header::CONTENT_TYPE)
        .and_then(|value| value.split(';').next())
        .is_some_and(|media_type| {
            media_type
                .trim()
                .eq_ignore_ascii_case("application/x-www-form-urlencoded")
        })
}

pub(super) fn signature(credentials: &Credentials, base: &str) -> Result<String, EngineError> {
    let key = Zeroizing::new(format!(
        "{}&{}",
        encode(&credentials.consumer_secret),
        encode(&credentials.token_secret)
    ));
    let hmac = |algorithm| {
        let key = hmac::Key::new(algorithm, key.as_bytes());
        STANDARD.encode(hmac::sign(&key, base.as_bytes()))
    };
    Ok(match credentials.method {
        Oauth1Method::HmacSha1 => hmac(hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY),
        Oauth1Method::HmacSha256 => hmac(hmac::HMAC_SHA256),
        Oauth1Method::HmacSha512 => hmac(hmac::HMAC_SHA512),
        Oauth1Method::RsaSha256 => {
            let signed = rsa_sha256(&credentials.consumer_secret, base.as_bytes());
            let signed = signed.map_err(|reason| EngineError::Signing {
                place: format!("{}.consumer_secret", credentials.place),
                reason,
            })?;
            STANDARD.encode(signed)
        }
        Oauth1Method::Plaintext => key.to_string(),
    })
}

/// The header's value (RFC 5849 section 3.5.1).
fn authorization(realm: Option<&str>, own: &[(&str, &str)]) -> String {
    // A realm is a quoted string, and not encoded.
    let realm = realm.map(|realm| {
        let realm = realm.replace('\\', "\\\\").replace('"', "\\\"");
        format!("realm=\"{realm}\"")
    });
    let own = own
        .iter()
        .map(|(name, value)| format!("{}=\"{}\"", encode(name), encode(value)));
    let parts: Vec<String> = realm.into_iter().chain(own).collect();
    format!("OAuth {}", parts.join(", "))
}

fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}
