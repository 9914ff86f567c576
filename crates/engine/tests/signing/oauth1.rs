//! OAuth 1.0a (RFC 5849), from a connector file to what arrives.

use std::collections::BTreeMap;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchwork_testkit::{
    Answer, Certificates, FaultServer, PendingServer, Route, TlsKind, find_leak,
};
use ring::signature::{RSA_PKCS1_2048_8192_SHA256, UnparsedPublicKey};
use serde_json::{Value, json};

use crate::calls::{call, connector, request, signing};

const NOW: i64 = 1_318_622_958;

fn keys(method: &str) -> Value {
    json!({
        "type": "oauth1", "consumer_key": "the consumer", "consumer_secret": "canary-consumer&secret",
        "token": "canary-token", "token_secret": "canary-token-secret", "signature_method": method,
    })
}

async fn echo() -> FaultServer {
    FaultServer::start(vec![Route::new("*", Answer::json(json!({ "ok": true })))]).await
}

/// The parts of an `OAuth …` header, decoded.
fn parts(header: &str) -> BTreeMap<String, String> {
    let parts = header
        .strip_prefix("OAuth ")
        .expect("its scheme")
        .split(", ");
    parts
        .map(|part| {
            let (name, value) = part.split_once('=').expect("a name and a value");
            let value = value.trim_matches('"').replace('+', "%2B");
            let (_, value) = url::form_urlencoded::parse(format!("v={value}").as_bytes())
                .next()
                .map(|(name, value)| (name.into_owned(), value.into_owned()))
                .expect("a value");
            (name.to_owned(), value)
        })
        .collect()
}

#[tokio::test]
async fn a_call_carries_the_signed_header_with_time_and_nonce_of_the_engine() {
    let server = echo().await;
    let connector = connector(server.origin(), &signing(&keys("HMAC-SHA1")));
    let sent = request(
        &json!({ "method": "GET", "url": "/1.1/me", "query": [{ "name": "a b", "value": "é" }] }),
    );
    call(&connector, NOW, &sent).await;
    let header = server.requests()[0]
        .header("authorization")
        .expect("it is signed");
    let parts = parts(&header);
    assert_eq!(parts["oauth_consumer_key"], "the consumer");
    assert_eq!(parts["oauth_token"], "canary-token");
    assert_eq!(parts["oauth_timestamp"], "1318622958");
    assert_eq!(parts["oauth_nonce"], "000102030405060708090a0b0c0d0e0f");
    assert_eq!(parts["oauth_version"], "1.0");
    // RFC 5849 section 3.4.2, computed here from the base string as it must be.
    let base = format!(
        "GET&{}&{}",
        encode(&format!("{}/1.1/me", server.origin())),
        encode(&format!(
            "a%20b=%C3%A9&oauth_consumer_key=the%20consumer&oauth_nonce={}&oauth_signature_method=HMAC-SHA1\
             &oauth_timestamp=1318622958&oauth_token=canary-token&oauth_version=1.0",
            parts["oauth_nonce"]
        ))
    );
    let key = ring::hmac::Key::new(
        ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
        b"canary-consumer%26secret&canary-token-secret",
    );
    assert_eq!(
        parts["oauth_signature"],
        STANDARD.encode(ring::hmac::sign(&key, base.as_bytes()))
    );
}

fn encode(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                char::from(byte).to_string()
            }
            other => format!("%{other:02X}"),
        })
        .collect()
}

#[tokio::test]
async fn the_fields_of_a_form_are_signed_and_those_of_json_are_not() {
    let server = echo().await;
    let connector = connector(server.origin(), &signing(&keys("HMAC-SHA256")));
    let form = |value: &str| {
        request(&json!({
            "method": "POST", "url": "/",
            "body": { "type": "form", "fields": [{ "name": "status", "value": value }] },
        }))
    };
    let json_body = |value: &str| {
        request(&json!({
            "method": "POST", "url": "/",
            "body": { "type": "json", "value": { "status": value } },
        }))
    };
    for sent in [form("one"), form("two"), json_body("one"), json_body("two")] {
        call(&connector, NOW, &sent).await;
    }
    let signatures: Vec<String> = server
        .requests()
        .iter()
        .map(|seen| {
            parts(&seen.header("authorization").expect("it is signed"))["oauth_signature"].clone()
        })
        .collect();
    assert_ne!(signatures[0], signatures[1]);
    assert_eq!(signatures[2], signatures[3]);
}

#[tokio::test]
async fn an_empty_token_and_a_realm_are_said_as_they_are() {
    let server = echo().await;
    let mut keys = keys("HMAC-SHA256");
    keys["token"] = json!("");
    keys["token_secret"] = json!("");
    keys["realm"] = json!("1234567_SB1");
    let connector = connector(server.origin(), &signing(&keys));
    call(
        &connector,
        NOW,
        &request(&json!({ "method": "GET", "url": "/" })),
    )
    .await;
    let header = server.requests()[0]
        .header("authorization")
        .expect("it is signed");
    assert!(
        header.starts_with("OAuth realm=\"1234567_SB1\", "),
        "{header}"
    );
    assert!(!header.contains("oauth_token"), "{header}");
}

#[tokio::test]
async fn rsa_signatures_are_those_of_the_private_key() {
    let server = echo().await;
    let mut keys = keys("RSA-SHA256");
    keys["consumer_secret"] = json!(include_str!("../../src/template/tests/keys/rsa_pkcs8.pem"));
    let connector = connector(server.origin(), &signing(&keys));
    let sent = request(&json!({ "method": "GET", "url": "/" }));
    let called = call(&connector, NOW, &sent).await;
    assert!(called.answer.is_ok(), "{:?}", called.answer);
    let header = server.requests()[0]
        .header("authorization")
        .expect("it is signed");
    let parts = parts(&header);
    let base = format!(
        "GET&{}&{}",
        encode(&format!("{}/", server.origin())),
        encode(&format!(
            "oauth_consumer_key=the%20consumer&oauth_nonce={}&oauth_signature_method=RSA-SHA256\
             &oauth_timestamp={NOW}&oauth_token=canary-token&oauth_version=1.0",
            parts["oauth_nonce"]
        ))
    );
    let public =
        pem::parse(include_str!("../../src/template/tests/keys/rsa_pub1.pem")).expect("a key");
    let signature = STANDARD.decode(&parts["oauth_signature"]).expect("base64");
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, public.contents())
        .verify(base.as_bytes(), &signature)
        .expect("the signature is that of the base string");
}

#[tokio::test]
async fn a_wrong_key_is_said_with_its_place_and_nothing_is_sent() {
    let server = echo().await;
    let connector = connector(server.origin(), &signing(&keys("RSA-SHA256")));
    let sent = request(&json!({ "method": "GET", "url": "/" }));
    let fault = call(&connector, NOW, &sent)
        .await
        .answer
        .expect_err("no key");
    assert_eq!(fault.code.as_str(), "signing.failed");
    assert!(
        fault.message.starts_with("auth.signing.consumer_secret: ")
            && fault.message.contains("no RSA private key"),
        "{}",
        fault.message
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn plaintext_goes_over_https_alone() {
    let certificates = Certificates::default();
    let bound = PendingServer::bind().await.secure();
    let server = bound.serve(
        vec![Route::new("*", Answer::json(json!({})))],
        Some(certificates.server(TlsKind::Valid)),
    );
    let mut secure = connector(server.origin(), &signing(&keys("PLAINTEXT")));
    secure.network = Some(latchwork_model::Network {
        ca_certificate: Some(certificates.authority_pem()),
        ..Default::default()
    });
    let sent = request(&json!({ "method": "GET", "url": "/" }));
    let called = call(&secure, NOW, &sent).await;
    assert!(called.answer.is_ok(), "{:?}", called.answer);
    let header = server.requests()[0]
        .header("authorization")
        .expect("it is signed");
    assert_eq!(
        parts(&header)["oauth_signature"],
        "canary-consumer%26secret&canary-token-secret"
    );
    let told = called.told();
    for secret in [
        "canary-consumer&secret",
        "canary-token-secret",
        "canary-token",
    ] {
        assert_eq!(find_leak(&told, secret), None, "{secret} in {told}");
    }

    // A name that is not this machine's: nothing is resolved, since nothing is sent.
    let open = connector("http://api.example", &signing(&keys("PLAINTEXT")));
    let fault = call(&open, NOW, &sent)
        .await
        .answer
        .expect_err("it is not https");
    assert_eq!(fault.code.as_str(), "signing.failed");
    assert!(
        fault.message.starts_with("auth.signing.signature_method: ")
            && fault.message.contains("http://api.example/"),
        "{}",
        fault.message
    );
}

#[tokio::test]
async fn z29_secrets_and_signature_are_told_to_nobody() {
    let bound = PendingServer::bind().await;
    let base = format!(
        "GET&{}&{}",
        encode(&format!("{}/visible", bound.origin())),
        encode(&format!(
            "oauth_consumer_key=the%20consumer&oauth_nonce=000102030405060708090a0b0c0d0e0f\
             &oauth_signature_method=HMAC-SHA256&oauth_timestamp={NOW}&oauth_token=canary-token&oauth_version=1.0"
        ))
    );
    let key = ring::hmac::Key::new(
        ring::hmac::HMAC_SHA256,
        b"canary-consumer%26secret&canary-token-secret",
    );
    let signature = STANDARD.encode(ring::hmac::sign(&key, base.as_bytes()));
    let refusal = format!(
        "visible refusal: {signature} of canary-token with canary-consumer%26secret&canary-token-secret"
    );
    let answer = Answer {
        body: Some(json!(refusal)),
        ..Answer::status(401)
    };
    let server = bound.serve(vec![Route::new("*", answer)], None);
    let connector = connector(server.origin(), &signing(&keys("HMAC-SHA256")));
    let sent = request(&json!({ "method": "GET", "url": "/visible" }));
    let called = call(&connector, NOW, &sent).await;
    let header = server.requests()[0]
        .header("authorization")
        .expect("it is signed");
    assert_eq!(parts(&header)["oauth_signature"], signature);
    let told = called.told();
    assert!(
        told.contains("/visible") && told.contains("visible refusal"),
        "{told}"
    );
    for secret in [
        "canary-consumer&secret",
        "canary-token",
        "canary-token-secret",
        &signature,
    ] {
        assert_eq!(find_leak(&told, secret), None, "{secret} in {told}");
    }
}
