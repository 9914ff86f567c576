//! Templates: `Bearer {{ login.body.token }}` and what it becomes (CONTRACT, section 1).
//!
//! [`Templates`] renders a template for its place: as a value that keeps its JSON type, as text, as a condition,
//! as an address or as a header. A [`Scope`] holds the names it may use, a [`Moment`] the time and the random
//! values of one request. Everything is data: no file, network or environment can be reached from a template,
//! work and output are bounded, and what a value holds is never evaluated (SAFETY Z28).
//!
//! minijinja does the evaluation. Around it stand three things of our own:
//! - Undefined. minijinja either fails at the second lookup into nothing or lets it pass in silence. A template is
//!   therefore compiled with a mark on every lookup (see `program`), so that `default(…)` and `is defined` work at
//!   any depth, and any other use is an error that names what is there instead (see `absent`).
//! - Text. `true` and not `True`, nothing for null, JSON for lists and objects (see `text`).
//! - Addresses, in which a value is encoded by its place (see `url`).
//!
//! What can be known of a template without running it is `latchwork_model::template_syntax`.

mod absent;
mod convert;
mod cost;
mod environment;
mod error;
mod filters;
mod moment;
mod program;
mod render;
mod scope;
mod templates;
mod text;
mod url;

#[cfg(test)]
mod tests;

pub use error::TemplateError;
pub(crate) use filters::{hex, jwt_claims, rsa_sha256, signed_token};
pub use latchwork_model::template_syntax::literal_prefix;
pub use moment::Moment;
pub use scope::{Scope, ScopeValue};
pub use templates::Templates;
pub use url::{RenderedUrl, UrlStart};
