//! The wire: one request and its answer, with the redirects, limits and refusals of SAFETY Z24 to Z27.
//!
//! What a request says is made in [`crate::request`]; what an answer means is read in [`crate::answer`].

mod address_guard;
mod client;
mod cookies;
mod exchange;
mod faults;
mod limits;
mod log;
mod origin_policy;
mod phases;
mod proxy;

pub(crate) use client::{Clients, NetworkSettings};
pub(crate) use cookies::CookieJar;
pub use cookies::StoredCookies;
pub(crate) use exchange::{Answer, Outgoing, exchange};
#[cfg(feature = "fuzzing")]
pub(crate) use exchange::{redirect, redirect_target};
pub(crate) use limits::Limits;
pub(crate) use log::{ExchangeLog, millis};
pub use origin_policy::OriginPolicy;
pub(crate) use proxy::{proxy_address, proxy_secrets};
