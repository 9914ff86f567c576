//! What goes wrong on the wire, told apart and in words: reqwest gives it as one error.

use std::error::Error as StdError;

use url::Url;

use super::address_guard::RefusedAddress;
use crate::error::{EngineError, HttpFault, HttpFaultKind, shown};

/// How much of an address an error shows, in bytes.
const SHOWN_ADDRESS: usize = 200;

pub(super) fn fault(kind: HttpFaultKind, host: String, detail: Option<String>) -> EngineError {
    HttpFault { kind, host, detail }.into()
}

pub(super) fn refusal(refused: &RefusedAddress) -> EngineError {
    EngineError::AddressRefused {
        host: refused.host.clone(),
        address: refused.address.to_string(),
    }
}

pub(super) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port()
        .map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Tells apart what reqwest gives as one error.
pub(super) fn wire_error(error: &reqwest::Error, url: &Url) -> EngineError {
    if error.is_builder() {
        // It never left: `Url` takes addresses that HTTP does not, such as one of more than 65,534 bytes.
        let mut value = shown(url);
        value.truncate(value.floor_char_boundary(SHOWN_ADDRESS));
        let reason =
            "it cannot be sent: it is too long, or has a character that an address cannot have"
                .to_owned();
        return EngineError::InvalidUrl {
            place: "request.url".to_owned(),
            value,
            reason,
        };
    }
    let mut proxy = false;
    let mut tls = None;
    let mut refused_connection = None;
    let mut cause: Option<&(dyn StdError + 'static)> = Some(error);
    while let Some(current) = cause {
        if let Some(refused) = current.downcast_ref::<RefusedAddress>() {
            return refusal(refused);
        }
        let innermost = innermost(current);
        if let Some(found) = innermost.downcast_ref::<rustls::Error>() {
            tls = Some(tls_words(found));
        }
        if let Some(io) = innermost.downcast_ref::<std::io::Error>() {
            refused_connection = Some(io_words(io));
        }
        let words = current.to_string();
        proxy |= words.contains("proxy") || words.contains("tunnel");
        cause = current.source();
    }
    let host = host_of(url);
    if let Some(words) = tls {
        return fault(HttpFaultKind::Tls, host, Some(words));
    }
    if proxy {
        return fault(HttpFaultKind::Proxy, host, refused_connection);
    }
    if error.is_dns() {
        return fault(
            HttpFaultKind::Dns,
            url.host_str().unwrap_or_default().to_owned(),
            None,
        );
    }
    if error.is_timeout() {
        return fault(
            HttpFaultKind::Timeout,
            host,
            Some("while connecting".to_owned()),
        );
    }
    if error.is_connect() {
        return fault(HttpFaultKind::Connect, host, refused_connection);
    }
    fault(HttpFaultKind::Broken, host, refused_connection)
}

/// What an I/O error carries inside, which is no source of it: a TLS error comes in two of them.
fn innermost<'a>(error: &'a (dyn StdError + 'static)) -> &'a (dyn StdError + 'static) {
    match error
        .downcast_ref::<std::io::Error>()
        .and_then(std::io::Error::get_ref)
    {
        Some(inner) => innermost(inner),
        None => error,
    }
}

fn io_words(error: &std::io::Error) -> String {
    match error.kind() {
        std::io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        std::io::ErrorKind::ConnectionReset => "connection reset".to_owned(),
        std::io::ErrorKind::NetworkUnreachable | std::io::ErrorKind::HostUnreachable => {
            "no network".to_owned()
        }
        std::io::ErrorKind::UnexpectedEof => "it broke off".to_owned(),
        _ => error.to_string(),
    }
}

const UNTRUSTED: &str = "its certificate is self-signed or from an authority that is not trusted";

/// What is wrong with a certificate, in words.
fn tls_words(error: &rustls::Error) -> String {
    use rustls::CertificateError as Certificate;
    match error {
        rustls::Error::InvalidCertificate(certificate) => match certificate {
            Certificate::Expired | Certificate::ExpiredContext { .. } => "its certificate has expired".to_owned(),
            Certificate::NotValidYet | Certificate::NotValidYetContext { .. } => {
                "its certificate is not valid yet".to_owned()
            }
            Certificate::UnknownIssuer
            // A trusted authority has the same name and another key.
            | Certificate::BadSignature
            | Certificate::UnsupportedSignatureAlgorithmForPublicKeyContext { .. } => UNTRUSTED.to_owned(),
            // rustls has no name for it: what `openssl req -x509` makes.
            Certificate::Other(other) if other.to_string().contains("CaUsedAsEndEntity") => UNTRUSTED.to_owned(),
            Certificate::NotValidForName | Certificate::NotValidForNameContext { .. } => {
                "its certificate is for another host".to_owned()
            }
            Certificate::Revoked => "its certificate was revoked".to_owned(),
            other => format!("its certificate is not accepted: {other}"),
        },
        other => other.to_string(),
    }
}
