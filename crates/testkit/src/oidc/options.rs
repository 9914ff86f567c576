//! What a test may set about the provider, and the clients that it always knows (`crates/testkit/oidc/settings.mjs`).

use serde::Serialize;
use serde_json::Value;

/// How the provider behaves.
#[derive(Clone, Debug, Serialize)]
pub struct OidcOptions {
    /// A fixed port; 0 takes a free one.
    pub port: u16,
    /// How long access tokens work, in seconds.
    pub access_token_seconds: u32,
    /// How long refresh tokens work, in seconds.
    pub refresh_token_seconds: u32,
    /// How long device codes work, in seconds.
    pub device_code_seconds: u32,
    /// What access tokens are made of, where the client names no `resource`. For a resource they are always JWTs.
    pub token_format: TokenFormat,
    /// How long a rotated refresh token still works, in seconds. 0: using it again ends the whole grant.
    pub rotation_grace_seconds: u32,
    /// Who gets refresh tokens.
    pub refresh_tokens: RefreshTokens,
    /// Whether clients may register themselves (RFC 7591).
    pub registration: bool,
    /// More clients, as their registered metadata (RFC 7591).
    pub clients: Vec<Value>,
}

impl Default for OidcOptions {
    fn default() -> Self {
        Self {
            port: 0,
            access_token_seconds: 3_600,
            refresh_token_seconds: 86_400,
            device_code_seconds: 600,
            token_format: TokenFormat::default(),
            rotation_grace_seconds: 0,
            refresh_tokens: RefreshTokens::default(),
            registration: true,
            clients: Vec::new(),
        }
    }
}

/// What an access token is made of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TokenFormat {
    /// A word that only the provider can read.
    #[default]
    Opaque,
    /// A JWT for the provider's own `/api`. Userinfo does not take it: it is for someone else.
    Jwt,
}

/// Who gets refresh tokens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RefreshTokens {
    /// Every client that may use them.
    #[default]
    Always,
    /// Who asks for `offline_access`; in a browser the provider grants it with `prompt=consent` alone.
    OfflineAccess,
}

/// The clients that are always there. Native ones: any port of 127.0.0.1, `[::1]` and localhost at `/callback`, and
/// the deep links of the installed and the development studio. All may use codes, device codes and refresh tokens.
pub mod client {
    /// Without a secret, and so with PKCE.
    pub const PUBLIC: &str = "latchwork-public";
    /// [`SECRET`] by HTTP Basic; client credentials too.
    pub const BASIC: &str = "latchwork-basic";
    /// [`SECRET`] in the body; client credentials too.
    pub const POST: &str = "latchwork-post";
    /// `private_key_jwt` with [`OidcProvider::client_key`](super::super::OidcProvider::client_key); client
    /// credentials too.
    pub const KEY: &str = "latchwork-key";
    /// It has characters that must be encoded before they go into HTTP Basic (RFC 6749 section 2.3.1).
    pub const SECRET: &str = "a secret: 100% + & = / ?";
    /// The password of every user name.
    pub const PASSWORD: &str = "open sesame";
}
