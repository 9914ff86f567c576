//! A client of the provider as plain as can be: what it sends stands here, and nothing is read into the answers.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use latchwork_testkit::oidc::{OidcOptions, OidcProvider, client};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use url::Url;
use url::form_urlencoded::byte_serialize;

/// 43 characters, as few as are allowed (RFC 7636 section 4.1).
pub const VERIFIER: &str = "dBjftJeZ4CVP-mBDD26cHl1BnOsAPQqXKXyjWqYaPAE";
pub const REDIRECT: &str = "http://127.0.0.1/callback";

pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// An authorization address with PKCE; `more` replaces or adds.
pub fn authorization_url(provider: &OidcProvider, more: &[(&str, &str)]) -> String {
    let challenge = challenge(VERIFIER);
    let standard = [
        ("client_id", client::PUBLIC),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", "openid email contacts.read"),
        ("state", "a-state-of-this-test"),
        ("nonce", "a-nonce"),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
    ];
    let replaced = |name| more.iter().any(|(other, _)| *other == name);
    let mut url =
        Url::parse(&format!("{}/auth", provider.issuer())).expect("an issuer is an address");
    url.query_pairs_mut()
        .extend_pairs(standard.iter().filter(|(name, _)| !replaced(*name)))
        .extend_pairs(more);
    url.into()
}

fn http() -> reqwest::Client {
    // Another test of this process may have chosen it already.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder()
        .no_proxy()
        .build()
        .expect("a client can be made")
}

/// Posts a form, with this `Authorization` header where there is one.
pub async fn post(url: &str, form: &[(&str, &str)], authorization: Option<&str>) -> (u16, Value) {
    let body = url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(form)
        .finish();
    let mut request = http()
        .post(url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(body);
    if let Some(authorization) = authorization {
        request = request.header("authorization", authorization);
    }
    read(request).await
}

pub async fn post_json(url: &str, body: &Value) -> (u16, Value) {
    let request = http()
        .post(url)
        .header("content-type", "application/json")
        .body(body.to_string());
    read(request).await
}

pub async fn get(url: &str, token: Option<&str>) -> (u16, Value) {
    let mut request = http().get(url);
    if let Some(token) = token {
        request = request.header("authorization", format!("Bearer {token}"));
    }
    read(request).await
}

async fn read(request: reqwest::RequestBuilder) -> (u16, Value) {
    let answer = request.send().await.expect("the provider answers");
    let status = answer.status().as_u16();
    let text = answer.text().await.expect("an answer is text");
    (
        status,
        serde_json::from_str(&text).unwrap_or(Value::String(text)),
    )
}

pub async fn token(
    provider: &OidcProvider,
    form: &[(&str, &str)],
    authorization: Option<&str>,
) -> (u16, Value) {
    post(&format!("{}/token", provider.issuer()), form, authorization).await
}

/// Exchanges a code of the public client.
pub async fn exchange(provider: &OidcProvider, code: &str, verifier: &str) -> (u16, Value) {
    let form = [
        ("grant_type", "authorization_code"),
        ("client_id", client::PUBLIC),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", verifier),
    ];
    token(provider, &form, None).await
}

pub async fn refresh(provider: &OidcProvider, refresh_token: &str) -> (u16, Value) {
    let form = [
        ("grant_type", "refresh_token"),
        ("client_id", client::PUBLIC),
        ("refresh_token", refresh_token),
    ];
    token(provider, &form, None).await
}

/// HTTP Basic with id and secret form-encoded first (RFC 6749 section 2.3.1).
pub fn basic(id: &str, secret: &str) -> String {
    let encoded =
        |text: &str| -> String { byte_serialize(text.as_bytes()).collect::<Vec<_>>().concat() };
    plain_basic(&encoded(id), &encoded(secret))
}

/// HTTP Basic as browsers do it, which is wrong here.
pub fn plain_basic(id: &str, secret: &str) -> String {
    format!("Basic {}", STANDARD.encode(format!("{id}:{secret}")))
}

/// A signed client assertion (RFC 7523), for `RS256` or `ES256`.
pub fn assertion(provider: &OidcProvider, algorithm: &str) -> String {
    let now = std::time::SystemTime::now()
        .duration_since(std::time::UNIX_EPOCH)
        .expect("it is after 1970")
        .as_secs();
    let part = |value: Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!(
        "{}.{}",
        part(json!({ "alg": algorithm, "typ": "JWT" })),
        part(json!({
            "iss": client::KEY, "sub": client::KEY, "aud": provider.issuer(), "jti": algorithm,
            "iat": now, "exp": now + 60,
        })),
    );
    let key = pem::parse(provider.client_key(algorithm)).expect("the key is PEM");
    let chance = ring::rand::SystemRandom::new();
    let signature = if algorithm == "RS256" {
        let key = ring::rsa::KeyPair::from_pkcs8(key.contents()).expect("an RSA key");
        let mut signature = vec![0; key.public().modulus_len()];
        key.sign(
            &ring::signature::RSA_PKCS1_SHA256,
            &chance,
            signed.as_bytes(),
            &mut signature,
        )
        .expect("it signs");
        signature
    } else {
        let fixed = &ring::signature::ECDSA_P256_SHA256_FIXED_SIGNING;
        let key = ring::signature::EcdsaKeyPair::from_pkcs8(fixed, key.contents(), &chance)
            .expect("an elliptic key");
        let signature = key.sign(&chance, signed.as_bytes()).expect("it signs");
        signature.as_ref().to_vec()
    };
    format!("{signed}.{}", URL_SAFE_NO_PAD.encode(signature))
}

pub fn start() -> OidcProvider {
    OidcProvider::start(&OidcOptions::default())
}

pub fn text<'answer>(answer: &'answer Value, name: &str) -> &'answer str {
    answer[name]
        .as_str()
        .unwrap_or_else(|| panic!("{name} in {answer}"))
}
