//! An authorization server that answers as no certified one would, and that looks closely at what it is sent.
//!
//! What it answers is a [`Script`]: everything is right unless the test says otherwise, and each list is for one
//! request after another, its last entry for all that follow. It keeps every request, and notes as a violation what
//! a client must not do: a code sent twice, a verifier that does not fit, a secret where none belongs.
//!
//! There is no login page: the authorization endpoint sends the browser back at once.
//!
//! ```no_run
//! use latchwork_testkit::oauth::{AuthorizationServer, CallbackAnswer, Endpoint, Script, TokenAnswer};
//! use latchwork_testkit::oidc::Browser;
//!
//! # async fn example(authorization_url: &str) {
//! let server = AuthorizationServer::start(Script {
//!     callback: vec![CallbackAnswer::WrongState, CallbackAnswer::Good],
//!     token: vec![TokenAnswer::ServerError, TokenAnswer::Good],
//!     ..Script::default()
//! }).await;
//! let urls = (server.url(Endpoint::Authorization), server.url(Endpoint::Token));
//! // … a run with these two; for each address that it wants opened:
//! Browser::new().sign_in(authorization_url).await;
//! let requests = server.requests_to(Endpoint::Token);
//! assert_eq!(requests[0].parameter("code"), Some("code-2"));
//! assert_eq!(server.violations(), [] as [&str; 0]);
//! # }
//! ```

mod authorization;
mod client;
mod device;
mod discovery;
mod endpoint;
mod grants;
mod identity;
mod proof;
mod recorded;
mod registration;
mod revocation;
mod script;
mod server;
mod state;
mod token;

pub use authorization::{CallbackAnswer, hostile_description};
pub use client::{ClientAuth, ExpectedClient};
pub use device::{DeviceAnswer, DevicePoll};
pub use discovery::DiscoveryAnswer;
pub use endpoint::Endpoint;
pub use identity::IdToken;
pub use proof::PkceRule;
pub use recorded::OauthRequest;
pub use registration::RegistrationAnswer;
pub use revocation::RevocationAnswer;
pub use script::Script;
pub use server::AuthorizationServer;
pub use token::TokenAnswer;
