//! Origins (RFC 6454): scheme, host and port, and which of them a connector file names.

use std::collections::BTreeSet;
use std::fmt;

use url::Url;

use crate::auth::{Auth, Multistep};
use crate::connector::Connector;
use crate::request::Request;
use crate::scalar::Template;
use crate::step::{Step, StepKind};

/// A scheme, a host and a port.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    /// `http` or `https`.
    pub scheme: String,
    /// Lower case; IPv6 in brackets.
    pub host: String,
    /// Always there: the scheme's own where an address names none.
    pub port: u16,
}

impl Origin {
    /// The origin of an address; `None` where it is neither http nor https.
    ///
    /// Nor where its host has a `*`, which no name in the DNS has but the URL standard lets through: written down,
    /// such an origin would be a pattern for many.
    pub fn of(url: &Url) -> Option<Self> {
        let host = url.host_str()?.to_ascii_lowercase();
        if !matches!(url.scheme(), "http" | "https") || host.contains('*') {
            return None;
        }
        Some(Self {
            scheme: url.scheme().to_owned(),
            host,
            port: url.port_or_known_default()?,
        })
    }

    /// Whether it is this machine's own loopback by its name or address.
    pub fn is_loopback(&self) -> bool {
        let host = self.host.trim_start_matches('[').trim_end_matches(']');
        host == "localhost"
            || host.ends_with(".localhost")
            || host
                .parse::<std::net::IpAddr>()
                .is_ok_and(|address| address.is_loopback())
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}://{}", self.scheme, self.host)?;
        match (self.scheme.as_str(), self.port) {
            ("http", 80) | ("https", 443) => Ok(()),
            (_, port) => write!(formatter, ":{port}"),
        }
    }
}

/// An entry of `allowed_origins`: an origin, with `*` for one or more labels at the front of its host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OriginPattern {
    /// This origin alone.
    Exact(Origin),
    /// Any host below `suffix` (`.salesforce.com`), on this scheme and port.
    Below {
        /// `http` or `https`.
        scheme: String,
        /// With its leading dot.
        suffix: String,
        /// The scheme's own where the pattern names none.
        port: u16,
    },
    /// Any host on this scheme, whatever the port.
    Any {
        /// `http` or `https`.
        scheme: String,
    },
}

impl OriginPattern {
    /// Reads an entry such as `https://*.salesforce.com`; `None` where it is no such thing.
    pub fn parse(text: &str) -> Option<Self> {
        let (scheme, rest) = text.trim().split_once("://")?;
        if !matches!(scheme, "http" | "https") {
            return None;
        }
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest == "*" {
            return Some(Self::Any {
                scheme: scheme.to_owned(),
            });
        }
        let (host, wild) = match rest.strip_prefix("*.") {
            Some(host) => (host, true),
            None => (rest, false),
        };
        if host.is_empty() || host.contains(['*', '/', '?', '#', '@', ' ']) {
            return None;
        }
        let origin = Origin::of(&Url::parse(&format!("{scheme}://{host}/")).ok()?)?;
        Some(if wild {
            Self::Below {
                scheme: origin.scheme,
                suffix: format!(".{}", origin.host),
                port: origin.port,
            }
        } else {
            Self::Exact(origin)
        })
    }

    /// Whether it means this origin.
    pub fn matches(&self, origin: &Origin) -> bool {
        match self {
            Self::Exact(exact) => exact == origin,
            Self::Below {
                scheme,
                suffix,
                port,
            } => {
                origin.scheme == *scheme
                    && origin.port == *port
                    && origin.host.len() > suffix.len()
                    && origin.host.ends_with(suffix.as_str())
            }
            Self::Any { scheme } => origin.scheme == *scheme,
        }
    }
}

/// The origins that a file names with literal addresses: those written up to the end of the host and port before
/// any expression begins.
pub fn literal_origins(connector: &Connector) -> BTreeSet<Origin> {
    address_templates(connector)
        .into_iter()
        .filter_map(|template| literal_origin(template.as_str()))
        .collect()
}

/// The origin of one address template, where it is literal.
fn literal_origin(template: &str) -> Option<Origin> {
    let part = origin_part(template)?;
    if part.contains("{{") || part.contains("{%") || part.contains("{#") {
        return None;
    }
    Origin::of(&Url::parse(part).ok()?)
}

/// The text of an address template from its scheme to the end of its host and port, expressions as written;
/// `None` for an address below the base URL.
pub fn origin_part(template: &str) -> Option<&str> {
    let template = template.trim();
    let start = if template.starts_with("{{") || template.starts_with("{%") {
        0
    } else {
        template.find("://")? + 3
    };
    let mut depth = 0_u32;
    let bytes = template.as_bytes();
    let mut at = start;
    while at < bytes.len() {
        match (bytes[at], bytes.get(at + 1)) {
            (b'{', Some(b'{' | b'%' | b'#')) => {
                depth += 1;
                at += 1;
            }
            (b'}' | b'%' | b'#', Some(b'}')) if depth > 0 => {
                depth -= 1;
                at += 1;
            }
            (b'/' | b'?' | b'#' | b'\\', _) if depth == 0 => return template.get(..at),
            _ => {}
        }
        at += 1;
    }
    Some(template)
}

/// Every address in a connector, as templates.
pub(crate) fn address_templates(connector: &Connector) -> Vec<&Template> {
    let mut addresses = vec![&connector.base_url];
    match &connector.auth {
        Auth::Multistep(Multistep { steps, refresh, .. }) => {
            for step in steps
                .iter()
                .chain(refresh.iter().flat_map(|refresh| &refresh.steps))
            {
                step_addresses(step, &mut addresses);
            }
        }
        Auth::Oauth2(grant) => {
            use crate::auth::Oauth2Grant as Grant;
            match grant {
                Grant::AuthorizationCode(step) => oauth_addresses(&step.oauth, &mut addresses),
                Grant::Pkce(step) => oauth_addresses(&step.oauth, &mut addresses),
                Grant::ClientCredentials(step) => oauth_addresses(&step.oauth, &mut addresses),
                Grant::DeviceCode(step) => {
                    oauth_addresses(&step.oauth, &mut addresses);
                    addresses.extend(&step.own.device_authorization_url);
                }
                Grant::JwtBearer(step) => oauth_addresses(&step.oauth, &mut addresses),
            }
        }
        _ => {}
    }
    let requests = connector.test.iter().map(|test| &test.request);
    let requests = requests.chain(connector.endpoints.iter().map(|endpoint| &endpoint.request));
    addresses.extend(requests.map(|request: &Request| &request.url));
    addresses
}

fn step_addresses<'a>(step: &'a Step, addresses: &mut Vec<&'a Template>) {
    match &step.kind {
        StepKind::ApiRequest(step) => addresses.push(&step.request.url),
        StepKind::Poll(step) => addresses.push(&step.request.url),
        StepKind::Oauth2DeviceCode(step) => {
            oauth_addresses(&step.oauth, addresses);
            addresses.extend(&step.own.device_authorization_url);
        }
        kind => {
            if let Some(oauth) = kind.oauth() {
                oauth_addresses(oauth, addresses);
            }
        }
    }
}

fn oauth_addresses<'a>(oauth: &'a crate::oauth::OauthFields, addresses: &mut Vec<&'a Template>) {
    addresses.extend(&oauth.issuer);
    addresses.extend(&oauth.authorization_url);
    addresses.extend(&oauth.token_url);
    addresses.extend(&oauth.refresh_url);
    addresses.extend(&oauth.revocation_url);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(text: &str) -> Origin {
        Origin::of(&Url::parse(text).unwrap()).unwrap()
    }

    #[test]
    fn z25_a_star_means_one_or_more_labels_and_never_the_bare_domain() {
        let pattern = OriginPattern::parse("https://*.salesforce.com").unwrap();
        assert!(pattern.matches(&origin("https://eu.salesforce.com/x")));
        assert!(pattern.matches(&origin("https://a.b.salesforce.com")));
        for other in [
            "https://salesforce.com",
            "https://evilsalesforce.com",
            "http://eu.salesforce.com",
        ] {
            assert!(!pattern.matches(&origin(other)), "{other}");
        }
        assert!(!pattern.matches(&origin("https://eu.salesforce.com:8443")));
        assert!(!pattern.matches(&origin("https://eu.salesforce.com.evil.example")));
    }

    #[test]
    fn z25_entries_that_are_no_origins_are_refused() {
        for text in [
            "*",
            "https://",
            "ftp://x",
            "https://a.*.b",
            "https://%2a.b",
            "https://%2A",
            "https://user@host",
            "https://x/path",
            "x.example",
        ] {
            assert_eq!(OriginPattern::parse(text), None, "{text}");
        }
        assert!(
            OriginPattern::parse("https://*")
                .unwrap()
                .matches(&origin("https://any.example:8443"))
        );
        assert!(
            !OriginPattern::parse("https://*")
                .unwrap()
                .matches(&origin("http://any.example"))
        );
    }

    #[test]
    fn the_origin_part_ends_with_the_host_and_keeps_expressions() {
        assert_eq!(
            origin_part("https://x.example/a"),
            Some("https://x.example")
        );
        assert_eq!(
            origin_part("https://{{ vars.a / 2 }}.example?x"),
            Some("https://{{ vars.a / 2 }}.example")
        );
        assert_eq!(
            origin_part("{{ grant.raw.instance_url }}/x"),
            Some("{{ grant.raw.instance_url }}")
        );
        assert_eq!(origin_part("/me"), None);
        assert_eq!(origin_part(""), None);
    }

    #[test]
    fn only_addresses_that_are_literal_name_an_origin() {
        assert_eq!(
            literal_origin("https://X.example:443/a?b")
                .unwrap()
                .to_string(),
            "https://x.example"
        );
        assert_eq!(
            literal_origin("http://127.0.0.1:8080").unwrap().to_string(),
            "http://127.0.0.1:8080"
        );
        assert_eq!(literal_origin("https://{{ a }}.example/"), None);
        assert_eq!(literal_origin("https://x.example{{ a }}/"), None);
        assert_eq!(literal_origin("{{ a }}/x"), None);
        assert_eq!(literal_origin("https://x.example{# a #}.b.example/"), None);
    }
}
