//! An entry of `allowed_origins`, or of `--allow-origin`, and an address: an entry means its own scheme, and hosts
//! at or below its own (SAFETY Z25).
//!
//! The first line is the entry, the second the address.

use latchwork_model::{Origin, OriginPattern};
use url::Url;

use crate::input::{first_line, text};

/// An entry and an address.
pub fn run(data: &[u8]) {
    let text = text(data);
    let (entry, address) = first_line(&text);
    let Some(pattern) = OriginPattern::parse(entry) else {
        return;
    };
    if let OriginPattern::Exact(origin) = &pattern {
        let written = origin.to_string();
        assert_eq!(OriginPattern::parse(&written).as_ref(), Some(&pattern));
        let url = Url::parse(&written).expect("an origin is an address");
        assert_eq!(Origin::of(&url).as_ref(), Some(origin));
    }
    let Some(origin) = Url::parse(address.trim())
        .ok()
        .and_then(|url| Origin::of(&url))
    else {
        return;
    };
    if !pattern.matches(&origin) {
        return;
    }
    let scheme = entry.trim().split("://").next().unwrap_or_default();
    assert_eq!(origin.scheme, scheme, "another scheme");
    if let OriginPattern::Below { suffix, .. } = &pattern {
        let below = origin.host.strip_suffix(suffix.as_str());
        assert!(below.is_some_and(|labels| !labels.is_empty()));
        assert!(
            origin.host.parse::<std::net::IpAddr>().is_err(),
            "an address has no labels"
        );
    }
}
