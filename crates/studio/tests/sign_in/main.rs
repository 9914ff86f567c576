//! Signing in by OAuth as a window asks for it, against servers on loopback, each test on a data folder of its own.
//! The browser is the test.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod bundles;
mod canary;
mod clicks;
mod deep_links;
mod desk;
mod editor;
mod provider;
mod shared;
mod signing_out;
mod sso;
mod sso_renewal;
mod waiting;
