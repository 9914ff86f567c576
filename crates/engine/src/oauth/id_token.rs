//! The check of an ID token (OpenID Connect Core 1.0 section 3.1.3.7; SAFETY Z8).

use chrono::{DateTime, TimeDelta, Utc};
use openidconnect::core::{
    CoreIdToken, CoreIdTokenVerifier, CoreJsonWebKeySet, CoreJwsSigningAlgorithm,
};
use openidconnect::{ClaimsVerificationError, ClientId, ClientSecret, IssuerUrl, Nonce};
use serde_json::{Map, Value};

use super::client::OauthClient;
use super::error::OauthError;
use super::words::plain_words;
use crate::error::EngineError;
use crate::run::Run;
use crate::template::jwt_claims;

/// How far a clock may be off.
const LEEWAY: TimeDelta = TimeDelta::seconds(60);

/// The algorithms that are taken; `none` is not among them.
const ALGORITHMS: &[CoreJwsSigningAlgorithm] = &[
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha256,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha384,
    CoreJwsSigningAlgorithm::RsaSsaPkcs1V15Sha512,
    CoreJwsSigningAlgorithm::RsaSsaPssSha256,
    CoreJwsSigningAlgorithm::RsaSsaPssSha384,
    CoreJwsSigningAlgorithm::RsaSsaPssSha512,
    CoreJwsSigningAlgorithm::EcdsaP256Sha256,
    CoreJwsSigningAlgorithm::EcdsaP384Sha384,
    CoreJwsSigningAlgorithm::EdDsa,
    // With the client's secret only, which a public client does not have.
    CoreJwsSigningAlgorithm::HmacSha256,
    CoreJwsSigningAlgorithm::HmacSha384,
    CoreJwsSigningAlgorithm::HmacSha512,
];

/// What an ID token must fit.
pub(crate) struct IdTokenCheck<'a> {
    /// The audience.
    pub client_id: &'a str,
    /// The key of shared-secret algorithms.
    pub client_secret: Option<&'a str>,
    /// The issuer, where it is known.
    pub issuer: Option<&'a str>,
    /// The provider's keys. Without them the token is one that came straight from the token endpoint over TLS, which
    /// stands in for the signature (section 3.1.3.7, number 6).
    pub keys: Option<&'a [u8]>,
    /// The nonce that was sent.
    pub nonce: Option<&'a str>,
    /// Unix seconds.
    pub now: i64,
}

/// Checks an ID token and gives its claims.
pub(crate) fn check_id_token(
    token: &str,
    check: &IdTokenCheck<'_>,
) -> Result<Map<String, Value>, OauthError> {
    let refuse = |reason: String| OauthError::IdToken {
        reason: plain_words(&reason),
    };
    let parsed: CoreIdToken = token
        .parse()
        .map_err(|_| refuse("it is no ID token".to_owned()))?;
    // Also where no signature is checked: a token that says `none` is nobody's.
    match parsed.signing_alg() {
        Ok(algorithm) if ALGORITHMS.contains(algorithm) => {}
        _ => return Err(refuse("its algorithm is not allowed".to_owned())),
    }
    let keys = match check.keys {
        Some(keys) => serde_json::from_slice::<CoreJsonWebKeySet>(keys)
            .map_err(|_| refuse("the provider's keys cannot be read".to_owned()))?,
        None => CoreJsonWebKeySet::new(Vec::new()),
    };
    let issuer = IssuerUrl::new(check.issuer.unwrap_or("https://unknown.invalid").to_owned())
        .map_err(|_| refuse("the issuer is no address".to_owned()))?;
    let client_id = ClientId::new(check.client_id.to_owned());
    let verifier = match check.client_secret {
        Some(secret) => CoreIdTokenVerifier::new_confidential_client(
            client_id,
            ClientSecret::new(secret.to_owned()),
            issuer,
            keys,
        ),
        None => CoreIdTokenVerifier::new_public_client(client_id, issuer, keys),
    };
    let now = DateTime::<Utc>::from_timestamp(check.now, 0).unwrap_or_default();
    let mut verifier = verifier
        .set_allowed_algs(ALGORITHMS.iter().cloned())
        .require_issuer_match(check.issuer.is_some())
        .set_time_fn(move || now - LEEWAY)
        .set_issue_time_verifier_fn(move |issued| {
            if issued > now + LEEWAY {
                return Err("it was issued in the future".to_owned());
            }
            Ok(())
        });
    if check.keys.is_none() {
        verifier = verifier.insecure_disable_signature_check();
    }
    let expected = check.nonce.map(|nonce| Nonce::new(nonce.to_owned()));
    let same_nonce = |given: Option<&Nonce>| match (&expected, given) {
        (Some(expected), given) => openidconnect::NonceVerifier::verify(expected, given),
        (None, _) => Ok(()),
    };
    parsed
        .claims(&verifier, same_nonce)
        .map_err(|error| refuse(words(&error)))?;
    jwt_claims(token).ok_or_else(|| refuse("its claims are no JSON object".to_owned()))
}

fn words(error: &ClaimsVerificationError) -> String {
    match error {
        ClaimsVerificationError::SignatureVerification(source) => {
            format!("its signature is not right ({source})")
        }
        other => other.to_string(),
    }
}

impl Run<'_> {
    /// Checks the ID token that a step got, where the step asked for one or knows its issuer.
    pub(crate) async fn check_step_id_token(
        &mut self,
        client: &OauthClient<'_>,
        token: &str,
        nonce: Option<&str>,
    ) -> Result<(), EngineError> {
        let keys = match client
            .metadata
            .as_ref()
            .and_then(|metadata| metadata.jwks_uri.clone())
        {
            Some(address) => Some(self.fetch_document(&address, "jwks_uri").await?),
            None => None,
        };
        check_id_token(
            token,
            &IdTokenCheck {
                client_id: &client.id,
                client_secret: client.secret.as_ref().map(|secret| secret.as_str()),
                issuer: client
                    .metadata
                    .as_ref()
                    .map(|metadata| metadata.issuer.as_str()),
                keys: keys.as_deref(),
                nonce,
                now: self.clock().unix_seconds(),
            },
        )?;
        Ok(())
    }
}
