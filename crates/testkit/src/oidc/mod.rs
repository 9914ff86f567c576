//! A certified OpenID provider in a process of its own, and the browser of the person who signs in there.
//!
//! The provider is `oidc-provider` from npm (`crates/testkit/oidc`), with code and PKCE, client credentials, device
//! codes, refresh token rotation with reuse detection, dynamic registration, revocation, introspection and userinfo.
//! [`OidcOptions`] says what can be set, [`client`] which clients are always there. What no certified provider would
//! answer comes from [`oauth`](crate::oauth) instead.
//!
//! ```no_run
//! use latchwork_testkit::oidc::{Browser, OidcOptions, OidcProvider, client};
//!
//! # async fn example(authorization_url: &str) {
//! let provider = OidcProvider::start(&OidcOptions { access_token_seconds: 5, ..OidcOptions::default() });
//! let file = serde_json::json!({ "issuer": provider.issuer(), "client_id": client::PUBLIC });
//! // … the run asks for a browser, with an authorization address:
//! let arrival = Browser::new().sign_in(authorization_url).await;
//! assert_eq!(arrival.page.expect("the run listens").status, 200);
//! // … the run ends; the access token works, until it is made to stop:
//! assert_eq!(provider.counts().token_requests("authorization_code"), 1);
//! provider.expire_access_tokens(); // {issuer}/api/… now answers 401
//! # }
//! ```

mod browser;
mod options;
mod page;
mod provider;

pub use browser::{Arrival, Browser, Page};
pub use options::{OidcOptions, RefreshTokens, TokenFormat, client};
pub use provider::{Counts, OidcProvider};
