//! `network`: proxy, authority and client certificate are those of everything that a connector sends.

mod certificates;
mod proxies;
mod sessions;
