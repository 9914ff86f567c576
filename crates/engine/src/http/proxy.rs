//! A proxy's address out of a connector file: what it may be, and what of it is secret.
//!
//! Only the file names a proxy. What the system or the environment names (`HTTPS_PROXY` and its kin) is not looked at:
//! where a sign-in goes is not for the place it is started from to say.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use percent_encoding::percent_decode_str;
use url::Url;

use super::address_guard::check_literal;
use super::faults::refusal;
use crate::error::EngineError;

/// What proxies speak: HTTP with or without TLS, and SOCKS 5 with names found here or there.
const SCHEMES: &[&str] = &["http", "https", "socks5", "socks5h"];

/// Reads a proxy's address; without a scheme it is an http one. No message holds it: it may have a password.
pub(crate) fn proxy_address(text: &str) -> Result<Url, EngineError> {
    let fault = |reason: String| EngineError::Network {
        field: "proxy",
        reason,
    };
    let address = if text.contains("://") {
        Url::parse(text)
    } else {
        Url::parse(&format!("http://{text}"))
    };
    let address = address.map_err(|error| fault(format!("it is not an address: {error}")))?;
    if !SCHEMES.contains(&address.scheme()) {
        return Err(fault(format!(
            "the scheme `{}` is none of {}",
            address.scheme(),
            SCHEMES.join(", ")
        )));
    }
    let Some(host) = address.host_str() else {
        return Err(fault("it has no host".to_owned()));
    };
    // A number in an address of SOCKS is no number to the URL parser, which knows hosts of its special schemes only.
    if let Ok(as_http) = Url::parse(&format!("http://{host}")) {
        check_literal(&as_http).map_err(|refused| refusal(&refused))?;
    }
    Ok(address)
}

/// The password of a proxy's address in the shapes in which it goes over the wire. Where there is none, the user's name
/// is one: a token stands there.
pub(crate) fn proxy_secrets(address: &Url) -> Vec<String> {
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (user, password) = (address.username(), address.password().unwrap_or_default());
    let written = if password.is_empty() { user } else { password };
    if written.is_empty() {
        return Vec::new();
    }
    let basic = STANDARD.encode(format!("{}:{}", decoded(user), decoded(password)));
    vec![written.to_owned(), decoded(written), basic]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_scheme_is_an_http_one() {
        let address = proxy_address("proxy.example:3128").expect("an address");
        assert_eq!(address.as_str(), "http://proxy.example:3128/");
    }

    #[test]
    fn what_is_wrong_with_an_address_is_said_without_it() {
        for (text, words) in [
            ("ftp://a:secret-word@proxy.example", "`ftp`"),
            ("http://a:secret-word@[bad", "not an address"),
            ("http://", "not an address"),
        ] {
            let message = proxy_address(text).expect_err("it is none").to_string();
            assert!(message.starts_with("network.proxy: "), "{message}");
            assert!(message.contains(words), "{message}");
            assert!(!message.contains("secret-word"), "{message}");
        }
    }

    #[test]
    fn z26_a_proxy_at_a_metadata_address_is_refused_however_it_is_written() {
        for text in [
            "http://169.254.169.254",
            "169.254.169.254:80",
            "socks5://169.254.169.254:1080",
            "socks5h://0xa9fea9fe",
            "http://[fd00:ec2::254]:3128",
        ] {
            let error = proxy_address(text).expect_err("it is refused");
            assert!(
                matches!(error, EngineError::AddressRefused { .. }),
                "{text}: {error}"
            );
        }
        assert!(proxy_address("socks5://127.0.0.1:1080").is_ok());
    }

    #[test]
    fn a_token_in_place_of_a_name_is_secret() {
        let address = proxy_address("http://tok-123456@proxy.example").expect("an address");
        assert_eq!(proxy_secrets(&address)[0], "tok-123456");
    }

    #[test]
    fn a_password_is_secret_as_it_is_written_and_as_it_is_sent() {
        let address = proxy_address("http://ann:p%40ss-word@proxy.example").expect("an address");
        let basic = STANDARD.encode("ann:p@ss-word");
        assert_eq!(
            proxy_secrets(&address),
            ["p%40ss-word", "p@ss-word", &basic]
        );
        let open = proxy_address("http://proxy.example").expect("an address");
        assert!(proxy_secrets(&open).is_empty());
    }
}
