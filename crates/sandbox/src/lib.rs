//! The practice provider that ships with the studio: "Harbour CRM", a small company's API on loopback.
//!
//! This crate owns a playground in which every sign-in of the main job can be tried without an account anywhere,
//! and the sample connectors that use it. It is off until asked for, keeps everything in memory, within bounds,
//! and is gone when [`Sandbox`] is dropped. It is no test double for OAuth, and nothing of it is secret: its
//! credentials stand on its own front page.

mod clock;
mod contact;
mod csrf;
mod demo;
mod identity;
mod problem;
mod query;
mod raw_body;
mod routes;
mod samples;
mod server;
mod session;
mod state;
#[cfg(test)]
mod tests;

pub use clock::{Clock, SystemClock};
pub use demo::{API_KEY, EMAIL, PASSWORD};
pub use samples::{Sample, sample_apps, samples};
pub use server::{DEFAULT_PORT, Sandbox, SandboxError, SandboxOptions, serve};
