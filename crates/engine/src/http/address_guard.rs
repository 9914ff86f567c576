//! Refuses link-local and cloud metadata addresses once a name is resolved, and connects to the address that was
//! checked (SAFETY Z26). Loopback and private networks pass: people build against them.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Instant;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};
use url::{Host, Url};

use super::phases::Phases;

/// A name or address that leads where no request may go.
#[derive(Clone, Debug, thiserror::Error)]
#[error("{host} leads to {address}")]
pub(crate) struct RefusedAddress {
    /// The host of the address.
    pub host: String,
    /// What it resolved to.
    pub address: IpAddr,
}

/// The system's resolver, with refused addresses taken out of its answers.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct GuardedResolver;

impl Resolve for GuardedResolver {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let host = name.as_str().to_owned();
            let (phases, started) = (Phases::current(), Instant::now());
            let found = tokio::net::lookup_host((host.as_str(), 0)).await;
            if let Some(phases) = phases {
                phases.resolved(started.elapsed());
            }
            let found: Vec<SocketAddr> = found?.collect();
            if let Some(refused) = found.iter().find(|address| is_refused(address.ip())) {
                return Err(Box::new(RefusedAddress {
                    host,
                    address: refused.ip(),
                }) as _);
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}

/// Checks an address whose host is an IP literal, which no resolver ever sees.
pub(crate) fn check_literal(url: &Url) -> Result<(), RefusedAddress> {
    let address = match url.host() {
        Some(Host::Ipv4(address)) => IpAddr::V4(address),
        Some(Host::Ipv6(address)) => IpAddr::V6(address),
        _ => return Ok(()),
    };
    if is_refused(address) {
        return Err(RefusedAddress {
            host: url.host_str().unwrap_or_default().to_owned(),
            address,
        });
    }
    Ok(())
}

fn is_refused(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_refused_v4(address),
        IpAddr::V6(address) => {
            address.is_unicast_link_local()
                || METADATA_V6.contains(&address)
                || embedded_v4(address).is_some_and(is_refused_v4)
        }
    }
}

fn is_refused_v4(address: Ipv4Addr) -> bool {
    // 169.254.0.0/16 holds the metadata services of AWS, Azure, Google and others.
    address.is_link_local() || METADATA_V4.contains(&address)
}

/// Metadata services outside the link-local range: Alibaba Cloud, Azure's wire server, Oracle Cloud.
const METADATA_V4: &[Ipv4Addr] = &[
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(168, 63, 129, 16),
    Ipv4Addr::new(192, 0, 0, 192),
];

/// AWS's metadata service on IPv6.
const METADATA_V6: &[Ipv6Addr] = &[Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254)];

/// The IPv4 address inside a mapped (RFC 4291 section 2.5.5.2) or NAT64 (RFC 6052) one.
fn embedded_v4(address: Ipv6Addr) -> Option<Ipv4Addr> {
    if let Some(mapped) = address.to_ipv4_mapped() {
        return Some(mapped);
    }
    match address.segments() {
        [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            let [a, b] = high.to_be_bytes();
            let [c, d] = low.to_be_bytes();
            Some(Ipv4Addr::new(a, b, c, d))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn z26_link_local_and_metadata_addresses_are_refused_in_every_spelling() {
        for host in [
            "169.254.169.254",
            "169.254.0.1",
            "[fe80::1]",
            "[::ffff:169.254.169.254]",
            "[fd00:ec2::254]",
            "100.100.100.200",
            "[64:ff9b::a9fe:a9fe]",
            "0xa9fea9fe",
            "2852039166",
        ] {
            let url = Url::parse(&format!("http://{host}/latest")).unwrap();
            assert!(check_literal(&url).is_err(), "{host}");
        }
        for host in [
            "127.0.0.1",
            "[::1]",
            "10.0.0.1",
            "192.168.1.1",
            "8.8.8.8",
            "example.com",
            "localhost",
        ] {
            let url = Url::parse(&format!("http://{host}/")).unwrap();
            assert!(check_literal(&url).is_ok(), "{host}");
        }
    }
}
