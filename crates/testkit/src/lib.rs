//! What tests stand on: a host that answers from a map, time and chance that are fixed, and a server on loopback
//! whose answers and faults are data. For OAuth there are two peers, each with an example in its documentation:
//! [`oidc`], a certified provider with the browser of who signs in there, and [`oauth`], which answers as odd
//! providers do and notes what a client does wrong.
//!
//! Nothing here is in any program, and nothing here judges what the engine does: that is each test's own.

mod certificates;
mod fake_host;
mod files;
mod fixed;
mod leak;
mod matching;
pub mod oauth;
pub mod oidc;
mod proxy;
mod server;

pub use certificates::{Certificates, TlsKind};
pub use fake_host::{Asked, FakeHost, Visits};
pub use files::run_each_file;
pub use fixed::{FixedClock, FixedRandomness};
pub use leak::find_leak;
pub use matching::{Exactness, mismatch};
pub use proxy::{ProxyKind, ProxyServer};
pub use server::{Answer, Fault, FaultServer, HeaderValues, PendingServer, Route, SeenRequest};
