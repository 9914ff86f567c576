//! OAuth 2.0 (RFC 6749, with RFC 7009, 7523, 7591, 7636, 8252, 8414, 8628, 9207): what the step kinds share.
//!
//! A callback is matched in one place ([`PendingAuthorizations`]). Endpoints are https or on this machine, and their
//! redirects are not followed. Deliberately not here: which browser is opened and how (the host's), and where
//! tokens are kept (the store's).

mod callback;
mod client;
mod discovery;
mod error;
mod id_token;
mod loopback;
mod page;
mod pending;
mod redirect;
mod registration;
mod requests;
mod revocation;
mod token_answer;
mod words;

pub(crate) use callback::Callback;
pub(crate) use client::{OauthClient, TokenUse, override_pairs, sign};
pub use discovery::Metadata;
pub(crate) use discovery::MetadataCache;
pub use error::OauthError;
pub use pending::{CallbackRefusal, PendingAuthorizations, ReceivedBy};
pub(crate) use pending::{Delivery, Expected};
pub(crate) use redirect::RedirectWay;
pub(crate) use requests::{Endpoint, OauthReply, require_secure};
pub use revocation::{Revocation, Revoked};
pub(crate) use token_answer::{Reading, TokenAnswer};
pub(crate) use words::plain_words;

/// The device code grant (RFC 8628 section 3.4).
pub(crate) const DEVICE_GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";
/// The JWT bearer grant (RFC 7523 section 2.1).
pub(crate) const JWT_BEARER_GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The redirect address of deep links, where the host names no other.
pub const DEEP_LINK_ADDRESS: &str = "studio.latchwork://oauth/callback";
/// The redirect address of a sign-in whose address is pasted, where the file names none: nobody listens there, and
/// the browser keeps the address that it could not reach in its address bar.
pub(crate) const PASTE_ADDRESS: &str = "http://127.0.0.1/callback";
