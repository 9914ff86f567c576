//! Single sign-on for the settings screen: who is signed in, and what a sign-in is started with. No token is here.

use serde::{Deserialize, Serialize};

use super::run::ReturnsBy;

/// Who is signed in with single sign-on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SsoStatus {
    /// Whether anybody is.
    pub state: SsoState,
    /// The provider.
    pub issuer: Option<String>,
    /// The client that signed in.
    pub client_id: Option<String>,
    /// The person's name.
    pub name: Option<String>,
    /// The person's e-mail address.
    pub email: Option<String>,
    /// The person, as the provider counts them.
    pub subject: Option<String>,
    /// When the access token expires, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// The state in words, where there is more to say.
    pub message: Option<String>,
}

/// Whether anybody is signed in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SsoState {
    /// Nobody is.
    #[default]
    SignedOut,
    /// Someone is.
    SignedIn,
    /// Someone was, and only they can renew it.
    NeedsYou,
}

/// A sign-in with any OpenID Connect provider.
#[derive(Clone, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SsoSignIn {
    /// The provider.
    pub issuer: String,
    /// The client that is registered there.
    pub client_id: String,
    /// Its secret, where it has one.
    pub client_secret: Option<String>,
    /// What is asked for; the usual ones where the list is empty.
    pub scopes: Vec<String>,
    /// Which way the browser comes back.
    pub redirect: ReturnsBy,
}

/// How a sign-out ended. What was here is gone in any case.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct SignedOut {
    /// Whether the provider revoked all there was to revoke.
    pub revoked: bool,
    /// What happened, in words.
    pub message: String,
}
