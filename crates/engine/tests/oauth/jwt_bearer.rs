//! The JWT bearer grant (RFC 7523 section 2.1): its claims, its keys, and what is told of it.

use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use latchwork_engine::{Engine, RunInput};
use latchwork_model::{JWT_ALGORITHMS, read_connector};
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, OauthRequest, Script, TokenAnswer};
use latchwork_testkit::{FakeHost, FixedClock, FixedRandomness, find_leak};
use ring::signature::{
    self, EcdsaKeyPair, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey, VerificationAlgorithm,
};
use serde_json::{Value, json};

use crate::signing_in::{Ended, connector_of, put, run_with};

pub(crate) const NOW: i64 = 1_800_000_000;
pub(crate) const RSA: &str = include_str!("../../src/template/tests/keys/rsa_pkcs8.pem");
const RSA_PUBLIC: &str = include_str!("../../src/template/tests/keys/rsa_pub1.pem");
pub(crate) const EC: &str = include_str!("../../src/template/tests/keys/ec_pkcs8.pem");
const ED: &str = include_str!("../../src/template/tests/keys/ed_pkcs8.pem");

/// Runs one JWT bearer step that has these members.
async fn jwt_bearer(script: Script, members: Value) -> (AuthorizationServer, Ended) {
    let server = AuthorizationServer::start(script).await;
    let mut step = json!({
        "id": "oauth", "type": "oauth2_jwt_bearer", "client_id": server.client_id(),
        "token_url": server.url(Endpoint::Token), "client_auth": "none",
        "key": RSA, "algorithm": "RS256", "claims": { "sub": "ada@example.com" },
    });
    put(&mut step, members);
    let ended = at_now(&json!([step])).await;
    (server, ended)
}

/// Runs steps at a time and with a chance that are fixed.
pub(crate) async fn at_now(steps: &Value) -> Ended {
    let engine = Engine::new(
        Arc::new(FixedClock::at(NOW)),
        Arc::new(FixedRandomness::default()),
    );
    let connector = connector_of(steps);
    run_with(
        &engine,
        &connector,
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await
}

/// The one token request.
fn token_request(server: &AuthorizationServer) -> OauthRequest {
    let mut requests = server.requests_to(Endpoint::Token);
    assert_eq!(requests.len(), 1);
    requests.remove(0)
}

/// A token's header and claims.
pub(crate) fn read(token: &str) -> (Value, Value) {
    let mut parts = token.split('.').map(|part| {
        let bytes = URL_SAFE_NO_PAD.decode(part).expect("base64url");
        serde_json::from_slice(&bytes).unwrap_or(Value::Null)
    });
    (
        parts.next().expect("a header"),
        parts.next().expect("claims"),
    )
}

fn der(pem: &str) -> Vec<u8> {
    pem::parse(pem).expect("PEM").into_contents()
}

fn verifies(token: &str, algorithm: &'static dyn VerificationAlgorithm, key: &[u8]) -> bool {
    let (message, signature) = token.rsplit_once('.').expect("a signature");
    let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
    UnparsedPublicKey::new(algorithm, key)
        .verify(message.as_bytes(), &signature)
        .is_ok()
}

#[tokio::test]
async fn the_grant_has_the_claims_of_rfc_7523_and_those_of_the_file() {
    let (server, ended) = jwt_bearer(
        Script::default(),
        json!({ "scopes": ["a", "b"], "key_id": "key-1", "lifetime_seconds": 120 }),
    )
    .await;
    assert!(ended.outputs().contains_key("access_token"));
    let request = token_request(&server);
    assert_eq!(
        request.parameter("grant_type"),
        Some("urn:ietf:params:oauth:grant-type:jwt-bearer")
    );
    assert_eq!(request.parameter("scope"), Some("a b"));
    assert_eq!(request.parameter("client_id"), None);
    let (header, claims) = read(request.parameter("assertion").expect("an assertion"));
    assert_eq!(
        header,
        json!({ "alg": "RS256", "typ": "JWT", "kid": "key-1" })
    );
    assert_eq!(
        claims,
        json!({
            "sub": "ada@example.com", "iss": server.client_id(), "aud": server.url(Endpoint::Token),
            "iat": NOW, "exp": NOW + 120,
        })
    );
}

#[tokio::test]
async fn claims_of_the_file_win_over_those_that_come_by_themselves() {
    let claims = json!({
        "iss": "service@project.example", "aud": "https://login.example", "exp": "{{ now() + 60 }}",
        "jti": "{{ uuid() }}", "scope": "x",
    });
    let (server, _) = jwt_bearer(Script::default(), json!({ "claims": claims })).await;
    let request = token_request(&server);
    let (_, claims) = read(request.parameter("assertion").expect("an assertion"));
    assert_eq!(claims["iss"], "service@project.example");
    assert_eq!(claims["aud"], "https://login.example");
    assert_eq!(claims["exp"], NOW + 60);
    assert_eq!(claims["scope"], "x");
    assert_eq!(claims["jti"].as_str().map(str::len), Some(36));
}

#[tokio::test]
async fn every_algorithm_that_a_file_may_name_signs() {
    let random = ring::rand::SystemRandom::new();
    let ec = EcdsaKeyPair::from_pkcs8(
        &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
        &der(EC),
        &random,
    )
    .expect("a key");
    let ed = Ed25519KeyPair::from_pkcs8_maybe_unchecked(&der(ED)).expect("a key");
    let p384 = EcdsaKeyPair::generate_pkcs8(&signature::ECDSA_P384_SHA384_FIXED_SIGNING, &random)
        .expect("a key");
    let p384_pair = EcdsaKeyPair::from_pkcs8(
        &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
        p384.as_ref(),
        &random,
    )
    .expect("a key");
    let p384_pem = pem::encode(&pem::Pem::new("PRIVATE KEY", p384.as_ref()));
    let rsa_public = der(RSA_PUBLIC);
    for algorithm in JWT_ALGORITHMS {
        let key = match *algorithm {
            "ES256" => EC,
            "ES384" => &p384_pem,
            "EdDSA" => ED,
            name if name.starts_with("HS") => "a shared secret of some length",
            _ => RSA,
        };
        let members = json!({ "algorithm": algorithm, "key": key });
        let (server, ended) = jwt_bearer(Script::default(), members).await;
        assert!(ended.outputs().contains_key("access_token"), "{algorithm}");
        let request = token_request(&server);
        let token = request.parameter("assertion").expect("an assertion");
        assert_eq!(read(token).0["alg"], *algorithm);
        let (verifying, public): (&'static dyn VerificationAlgorithm, &[u8]) = match *algorithm {
            "RS256" => (&signature::RSA_PKCS1_2048_8192_SHA256, &rsa_public),
            "RS384" => (&signature::RSA_PKCS1_2048_8192_SHA384, &rsa_public),
            "RS512" => (&signature::RSA_PKCS1_2048_8192_SHA512, &rsa_public),
            "PS256" => (&signature::RSA_PSS_2048_8192_SHA256, &rsa_public),
            "PS384" => (&signature::RSA_PSS_2048_8192_SHA384, &rsa_public),
            "PS512" => (&signature::RSA_PSS_2048_8192_SHA512, &rsa_public),
            "ES256" => (
                &signature::ECDSA_P256_SHA256_FIXED,
                ec.public_key().as_ref(),
            ),
            "ES384" => (
                &signature::ECDSA_P384_SHA384_FIXED,
                p384_pair.public_key().as_ref(),
            ),
            "EdDSA" => (&signature::ED25519, ed.public_key().as_ref()),
            hmac => {
                let algorithm = match hmac {
                    "HS256" => ring::hmac::HMAC_SHA256,
                    "HS384" => ring::hmac::HMAC_SHA384,
                    _ => ring::hmac::HMAC_SHA512,
                };
                let (message, signature) = token.rsplit_once('.').expect("a signature");
                let signature = URL_SAFE_NO_PAD.decode(signature).expect("base64url");
                let key = ring::hmac::Key::new(algorithm, key.as_bytes());
                ring::hmac::verify(&key, message.as_bytes(), &signature).expect("it verifies");
                continue;
            }
        };
        assert!(verifies(token, verifying, public), "{algorithm}");
    }
}

#[tokio::test]
async fn a_key_of_another_kind_is_said_and_nothing_is_sent() {
    for (members, words) in [
        (json!({ "key": EC }), "`RS256`: this is no RSA private key"),
        (
            json!({ "key": RSA, "algorithm": "ES256" }),
            "`ES256`: this is no elliptic curve private key",
        ),
        (
            json!({ "key": "nothing" }),
            "`RS256`: this is no RSA private key",
        ),
        (
            json!({ "key": "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----" }),
            "`RS256`: the key is encrypted; give it without a passphrase",
        ),
    ] {
        let (server, ended) = jwt_bearer(Script::default(), members).await;
        let fault = ended.fault();
        assert_eq!(fault.code.as_str(), "signing.failed");
        assert_eq!(fault.step.as_deref(), Some("oauth"));
        assert!(
            fault.message.starts_with("key: ") && fault.message.contains(words),
            "{}",
            fault.message
        );
        assert!(server.requests_to(Endpoint::Token).is_empty());
    }
}

#[tokio::test]
async fn z29_key_and_assertion_are_told_to_nobody() {
    for token in [TokenAnswer::Good, TokenAnswer::InvalidGrant] {
        let script = Script {
            token: vec![token],
            ..Script::default()
        };
        let key = "canary-shared-secret-of-some-length";
        let (server, ended) = jwt_bearer(script, json!({ "algorithm": "HS256", "key": key })).await;
        let request = token_request(&server);
        let assertion = request.parameter("assertion").expect("an assertion");
        let events = serde_json::to_string(&ended.events).expect("events are JSON");
        let fault = ended.result.as_ref().err();
        let told = events + &serde_json::to_string(&fault).expect("a fault is JSON");
        assert!(told.contains("jwt-bearer"), "{told}");
        for secret in [
            key,
            assertion,
            assertion.rsplit('.').next().unwrap_or_default(),
        ] {
            assert_eq!(find_leak(&told, secret), None, "{secret} in {told}");
        }
    }
}

#[tokio::test]
async fn the_preset_is_the_same_step() {
    let server = AuthorizationServer::start(Script::default()).await;
    let file = json!({
        "format": "latchwork.connector/1", "name": "Preset", "kind": "rest", "base_url": "http://127.0.0.1:9",
        "auth": {
            "method": "oauth2", "grant": "jwt_bearer", "client_id": "me", "client_auth": "none",
            "token_url": server.url(Endpoint::Token), "key": ED, "algorithm": "EdDSA",
        },
    });
    let connector = read_connector(&file.to_string()).expect("a valid connector");
    let ended = run_with(
        &Engine::default(),
        &connector,
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await;
    assert!(ended.outputs().contains_key("access_token"));
    let request = token_request(&server);
    let (header, claims) = read(request.parameter("assertion").expect("an assertion"));
    assert_eq!(
        (&header["alg"], &claims["iss"]),
        (&json!("EdDSA"), &json!("me"))
    );
}
