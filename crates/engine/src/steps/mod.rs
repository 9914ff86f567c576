//! One file a step kind. Each takes the run and gives the step's outputs, or says why it failed.

mod api_request;
mod basic_auth;
mod form;
mod oauth;

pub(crate) use api_request::{holds, own_outputs, poll, send};
pub(crate) use basic_auth::basic_auth;
pub use form::check_answers;
pub(crate) use form::form;
pub(crate) use oauth::{oauth, refresh, settle_expiry, sso_token};
