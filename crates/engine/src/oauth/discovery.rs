//! Discovery: an issuer's endpoints, from OpenID Connect Discovery 1.0 section 4 or RFC 8414 section 3.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use latchwork_model::{ClientAuth, Origin};
use serde::Deserialize;
use url::Url;

use super::error::OauthError;

/// How long a document is good for, in seconds.
const GOOD_FOR: i64 = 600;

/// What a provider's metadata says; what is of no use here is passed over.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub struct Metadata {
    /// The issuer; equals the one that was asked.
    pub issuer: String,
    /// The authorization endpoint.
    pub authorization_endpoint: Option<String>,
    /// The token endpoint.
    pub token_endpoint: Option<String>,
    /// The device authorization endpoint (RFC 8628 section 4).
    pub device_authorization_endpoint: Option<String>,
    /// The revocation endpoint.
    pub revocation_endpoint: Option<String>,
    /// The registration endpoint.
    pub registration_endpoint: Option<String>,
    /// The userinfo endpoint.
    pub userinfo_endpoint: Option<String>,
    /// The keys that ID tokens are signed with.
    pub jwks_uri: Option<String>,
    /// The scopes that it names.
    pub scopes_supported: Vec<String>,
    /// How clients may show who they are.
    pub token_endpoint_auth_methods_supported: Option<Vec<String>>,
    /// What the assertions of `private_key_jwt` may be signed with.
    pub token_endpoint_auth_signing_alg_values_supported: Option<Vec<String>>,
    /// How a code challenge may be made (RFC 7636).
    pub code_challenge_methods_supported: Vec<String>,
    /// The algorithms of ID tokens.
    pub id_token_signing_alg_values_supported: Vec<String>,
    /// Whether callbacks name their issuer (RFC 9207 section 3).
    pub authorization_response_iss_parameter_supported: bool,
}

impl Metadata {
    /// Reads a document that was fetched for this issuer, which it must name to the letter (SAFETY Z4).
    pub(crate) fn read(document: &[u8], issuer: &str) -> Result<Self, OauthError> {
        let fail = |reason: String| OauthError::Discovery {
            issuer: issuer.to_owned(),
            reason,
        };
        let metadata: Self = serde_json::from_slice(document)
            .map_err(|_| fail("its answer is no discovery document".to_owned()))?;
        if metadata.issuer != issuer {
            return Err(fail(format!(
                "its document is of the issuer `{}`",
                super::words::plain_words(&metadata.issuer)
            )));
        }
        Ok(metadata)
    }

    /// What [`ClientAuth::Auto`] comes to: what the metadata asks for, else basic with a secret and none without.
    pub fn client_auth(&self, has_secret: bool) -> ClientAuth {
        let methods = self.token_endpoint_auth_methods_supported.as_deref();
        auto_client_auth(methods, has_secret)
    }

    /// Origins of the endpoints that are not the issuer's own.
    pub fn foreign_origins(&self) -> Vec<String> {
        let own = Url::parse(&self.issuer)
            .ok()
            .and_then(|url| Origin::of(&url));
        let endpoints = [
            &self.token_endpoint,
            &self.device_authorization_endpoint,
            &self.revocation_endpoint,
            &self.registration_endpoint,
            &self.jwks_uri,
        ];
        let origins: BTreeSet<Origin> = endpoints
            .into_iter()
            .flatten()
            .filter_map(|endpoint| Origin::of(&Url::parse(endpoint).ok()?))
            .filter(|origin| Some(origin) != own.as_ref())
            .collect();
        origins.iter().map(ToString::to_string).collect()
    }
}

/// The client authentication where the file says `auto`.
pub(crate) fn auto_client_auth(methods: Option<&[String]>, has_secret: bool) -> ClientAuth {
    if !has_secret {
        return ClientAuth::None;
    }
    match methods {
        Some(methods)
            if !methods.iter().any(|method| method == "client_secret_basic")
                && methods.iter().any(|method| method == "client_secret_post") =>
        {
            ClientAuth::Post
        }
        _ => ClientAuth::Basic,
    }
}

/// The addresses at which an issuer's document may be, in the order in which they are tried.
pub(crate) fn document_addresses(issuer: &Url) -> Vec<Url> {
    let path = issuer.path().trim_end_matches('/');
    let mut addresses = Vec::new();
    for candidate in [
        format!("{path}/.well-known/openid-configuration"),
        format!("/.well-known/oauth-authorization-server{path}"),
        format!("/.well-known/openid-configuration{path}"),
    ] {
        let mut address = issuer.clone();
        address.set_path(&candidate);
        address.set_query(None);
        address.set_fragment(None);
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

/// The documents of a process, by issuer.
#[derive(Default)]
pub(crate) struct MetadataCache(Mutex<HashMap<String, (i64, Arc<Metadata>)>>);

impl MetadataCache {
    /// A document that is still good.
    pub(crate) fn get(&self, issuer: &str, now: i64) -> Option<Arc<Metadata>> {
        let documents = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (read_at, metadata) = documents.get(issuer)?;
        // A clock that was set back makes nothing good for longer.
        ((0..GOOD_FOR).contains(&now.saturating_sub(*read_at))).then(|| Arc::clone(metadata))
    }

    /// Keeps a document.
    pub(crate) fn put(&self, issuer: &str, now: i64, metadata: Arc<Metadata>) {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(issuer.to_owned(), (now, metadata));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn addresses(issuer: &str) -> Vec<String> {
        document_addresses(&Url::parse(issuer).unwrap())
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_document_is_looked_for_where_openid_connect_and_rfc_8414_put_it() {
        assert_eq!(
            addresses("https://a.example"),
            [
                "https://a.example/.well-known/openid-configuration",
                "https://a.example/.well-known/oauth-authorization-server"
            ]
        );
        assert_eq!(
            addresses("https://a.example/tenant/"),
            [
                "https://a.example/tenant/.well-known/openid-configuration",
                "https://a.example/.well-known/oauth-authorization-server/tenant",
                "https://a.example/.well-known/openid-configuration/tenant"
            ]
        );
    }

    #[test]
    fn z4_a_document_of_another_issuer_is_refused() {
        let document = br#"{"issuer":"https://b.example","token_endpoint":"https://b.example/t"}"#;
        assert!(Metadata::read(document, "https://b.example").is_ok());
        for asked in [
            "https://a.example",
            "https://b.example/",
            "https://B.example",
        ] {
            assert!(Metadata::read(document, asked).is_err(), "{asked}");
        }
        assert!(Metadata::read(b"<html>", "https://b.example").is_err());
    }

    #[test]
    fn auto_takes_what_the_metadata_asks_for() {
        let methods = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let post = methods(&["client_secret_post", "private_key_jwt"]);
        let both = methods(&["client_secret_post", "client_secret_basic"]);
        assert_eq!(auto_client_auth(Some(&post), true), ClientAuth::Post);
        assert_eq!(auto_client_auth(Some(&both), true), ClientAuth::Basic);
        assert_eq!(auto_client_auth(None, true), ClientAuth::Basic);
        assert_eq!(auto_client_auth(Some(&both), false), ClientAuth::None);
    }
}
