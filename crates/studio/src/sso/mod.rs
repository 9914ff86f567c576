//! Single sign-on with any OpenID Connect provider: one sign-in for the person, used by the SSO token step.
//!
//! A sign-in is a run of a connector that is made here, with one authorization code step, by the same engine. Its
//! session is sealed as cached outputs are, under an id that no connector of the library can have, and bound to issuer
//! and client. Settings that are no secret lie open beside it.

mod client;
mod person;
mod record;
mod session;
mod sign_in;
mod sign_out;
mod status;

pub(crate) use client::SSO_CONNECTOR;
