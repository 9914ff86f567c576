//! `Set-Cookie` headers: cookies go back to the site that set them and to no other, in a header that can be sent,
//! and a jar that was stored is the same jar (SAFETY F34).
//!
//! The first line is the address that set them, the second another address, all other lines are the headers.

use latchwork_engine::fuzzing::Jar;
use latchwork_model::Origin;
use url::Url;

use crate::input::first_line_bytes;

/// Two addresses and headers.
pub fn run(data: &[u8]) {
    let (from, rest) = first_line_bytes(data);
    let (to, lines) = first_line_bytes(rest);
    let (Some(from), Some(to)) = (address(from), address(to)) else {
        return;
    };
    let mut jar = Jar::default();
    let set = jar.take(&from, lines.split(|byte| *byte == b'\n'));
    let home = jar.header(&from);
    if set.is_empty() {
        assert_eq!(home, None, "a cookie out of nothing");
    }
    for header in [home.as_ref(), jar.header(&to).as_ref()]
        .into_iter()
        .flatten()
    {
        let sendable = header
            .bytes()
            .all(|byte| byte == b'\t' || (byte >= b' ' && byte != 0x7f));
        assert!(sendable && !header.is_empty(), "{header:?}");
    }
    if jar.header(&to).is_some() {
        assert!(same_site(&from, &to), "from {from} to {to}");
    }
    let text = serde_json::to_string(&jar.store()).expect("a jar is JSON");
    let stored = serde_json::from_str(&text).expect("a stored jar can be read");
    assert_eq!(Jar::restore(&stored).header(&from), home);
}

fn address(line: &[u8]) -> Option<Url> {
    let url = Url::parse(std::str::from_utf8(line).ok()?).ok()?;
    Origin::of(&url).map(|_| url)
}

/// Whether both are one host, or have a domain of two labels or more in common; on one port, where it is not the
/// scheme's own.
fn same_site(one: &Url, other: &Url) -> bool {
    let port = |url: &Url| url.port().filter(|port| !matches!(port, 80 | 443));
    if port(one) != port(other) {
        return false;
    }
    let (one, other) = (one.host_str(), other.host_str());
    let (Some(one), Some(other)) = (one, other) else {
        return false;
    };
    if one == other {
        return true;
    }
    let is_address =
        |host: &str| host.starts_with('[') || host.parse::<std::net::Ipv4Addr>().is_ok();
    let shared = one
        .rsplit('.')
        .zip(other.rsplit('.'))
        .take_while(|(one, other)| one == other && !one.is_empty());
    !is_address(one) && !is_address(other) && shared.count() >= 2
}
