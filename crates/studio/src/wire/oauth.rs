//! What the editor's OAuth forms are told: an issuer's endpoints, the addresses to register, and a token looked into.
//!
//! A token itself and its signature are deliberately not here.

use latchwork_engine::Metadata;
use latchwork_model::ClientAuth;
use serde::Serialize;
use serde_json::Value;

/// What an issuer's metadata says, to be seen and changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct Discovered {
    /// The issuer, as its document writes it.
    pub issuer: String,
    /// The authorization endpoint.
    pub authorization_url: Option<String>,
    /// The token endpoint.
    pub token_url: Option<String>,
    /// The device authorization endpoint.
    pub device_authorization_url: Option<String>,
    /// The revocation endpoint.
    pub revocation_url: Option<String>,
    /// The registration endpoint.
    pub registration_url: Option<String>,
    /// The scopes that it names.
    pub scopes: Vec<String>,
    /// How a code challenge may be made.
    pub pkce: DiscoveredPkce,
    /// The client authentication that a client with a secret would take; none where the document names none.
    pub client_auth: Option<DiscoveredClientAuth>,
    /// Origins of endpoints that are not the issuer's own; a connector must allow them.
    pub origins: Vec<String>,
}

/// How a provider takes a code challenge (RFC 7636).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub enum DiscoveredPkce {
    /// By its hash.
    S256,
    /// Only as it is.
    #[serde(rename = "plain")]
    Plain,
    /// It does not say.
    #[serde(rename = "unknown")]
    Unknown,
}

/// How a client shows who it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DiscoveredClientAuth {
    /// In the `Authorization` header.
    Basic,
    /// In the body.
    Post,
    /// Not at all.
    None,
    /// With a signed token.
    PrivateKeyJwt,
}

impl Discovered {
    /// What the metadata of an issuer says.
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let challenges = &metadata.code_challenge_methods_supported;
        let pkce = if challenges.iter().any(|method| method == "S256") {
            DiscoveredPkce::S256
        } else if challenges.iter().any(|method| method == "plain") {
            DiscoveredPkce::Plain
        } else {
            DiscoveredPkce::Unknown
        };
        Self {
            issuer: metadata.issuer.clone(),
            authorization_url: metadata.authorization_endpoint.clone(),
            token_url: metadata.token_endpoint.clone(),
            device_authorization_url: metadata.device_authorization_endpoint.clone(),
            revocation_url: metadata.revocation_endpoint.clone(),
            registration_url: metadata.registration_endpoint.clone(),
            scopes: metadata.scopes_supported.clone(),
            pkce,
            client_auth: client_auth(metadata),
            origins: metadata.foreign_origins(),
        }
    }
}

/// What `auto` takes with a secret, as far as the document names any method that a client of ours has.
fn client_auth(metadata: &Metadata) -> Option<DiscoveredClientAuth> {
    let methods = metadata.token_endpoint_auth_methods_supported.as_ref()?;
    let named = |name: &str| methods.iter().any(|method| method == name);
    if named("client_secret_basic") || named("client_secret_post") {
        return Some(match metadata.client_auth(true) {
            ClientAuth::Post => DiscoveredClientAuth::Post,
            _ => DiscoveredClientAuth::Basic,
        });
    }
    if named("private_key_jwt") {
        return Some(DiscoveredClientAuth::PrivateKeyJwt);
    }
    named("none").then_some(DiscoveredClientAuth::None)
}

/// The redirect addresses that a provider may be told of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RedirectAddresses {
    /// On this machine; any port.
    pub loopback: String,
    /// Handed over by the system.
    pub deep_link: String,
    /// Whether deep links come here.
    pub deep_link_state: DeepLinkState,
    /// The same in words, where they do not.
    pub deep_link_note: Option<String>,
}

/// Whose the deep links' scheme is on this system.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum DeepLinkState {
    /// They come here.
    Ours,
    /// Another program gets them.
    OtherProgram,
    /// Nobody gets them.
    NotRegistered,
}

/// A token, looked into: what a JWT says of itself, without its signature; nothing of any other token.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct TokenView {
    /// Whether it is a JWT (RFC 7519).
    pub is_jwt: bool,
    /// Its `alg`.
    pub algorithm: Option<String>,
    /// Its `kid`.
    pub key_id: Option<String>,
    /// Its header.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
    pub header: Value,
    /// Its claims.
    #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
    pub claims: Value,
    /// `iat`, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub issued_at: Option<i64>,
    /// `nbf`, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub not_before: Option<i64>,
    /// `exp`, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// `iss`.
    pub issuer: Option<String>,
    /// `aud`.
    pub audience: Vec<String>,
    /// `sub`.
    pub subject: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_methods(methods: Option<&[&str]>) -> Option<DiscoveredClientAuth> {
        client_auth(&Metadata {
            token_endpoint_auth_methods_supported: methods
                .map(|methods| methods.iter().map(ToString::to_string).collect()),
            ..Metadata::default()
        })
    }

    #[test]
    fn the_client_authentication_is_the_one_that_auto_would_take() {
        use DiscoveredClientAuth::{Basic, None as Nothing, Post, PrivateKeyJwt};
        assert_eq!(with_methods(None), None);
        assert_eq!(with_methods(Some(&["tls_client_auth"])), None);
        assert_eq!(
            with_methods(Some(&["client_secret_post", "client_secret_basic", "none"])),
            Some(Basic)
        );
        assert_eq!(
            with_methods(Some(&["client_secret_post", "none"])),
            Some(Post)
        );
        assert_eq!(
            with_methods(Some(&["private_key_jwt", "none"])),
            Some(PrivateKeyJwt)
        );
        assert_eq!(with_methods(Some(&["none"])), Some(Nothing));
    }

    #[test]
    fn plain_is_told_only_where_the_hash_is_not_offered() {
        let pkce = |methods: &[&str]| {
            Discovered::of(&Metadata {
                code_challenge_methods_supported: methods.iter().map(ToString::to_string).collect(),
                ..Metadata::default()
            })
            .pkce
        };
        assert_eq!(pkce(&["plain", "S256"]), DiscoveredPkce::S256);
        assert_eq!(pkce(&["plain"]), DiscoveredPkce::Plain);
        assert_eq!(pkce(&[]), DiscoveredPkce::Unknown);
    }
}
