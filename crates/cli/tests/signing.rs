//! Signed calls and signed assertions by the real program: a server that computes the signature itself agrees.

mod support;

use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use latchwork_testkit::oauth::{ClientAuth, Endpoint, ExpectedClient, Script};
use latchwork_testkit::{Answer, Route, SeenRequest};
use ring::{digest, hmac};
use serde_json::{Value, json};
use support::{Done, Provider, Server, Workspace, code_connector, with_step};

const ACCESS_KEY: &str = "AKIAEXAMPLE";
const SECRET_KEY: &str = "c4nary/Secret+Access/Key";
const SESSION: &str = "c4nary//Session+Token==";
const TOKEN_SECRET: &str = "c4nary&Token+Secret";

/// A server that echoes, but refuses what is called `/refused` in AWS's words: with what it was sent in them.
fn server() -> Server {
    let refusal = format!(
        "<Error><Code>SignatureDoesNotMatch</Code><CanonicalRequest>x-amz-security-token:{SESSION}\
         </CanonicalRequest><Key>{SECRET_KEY}</Key></Error>"
    );
    Server::start(vec![
        Route::new(
            "/refused",
            Answer {
                body: Some(json!(refusal)),
                ..Answer::status(403)
            },
        ),
        Route::new("*", Answer::json(json!({ "ok": true }))),
    ])
}

fn connector(origin: &str, auth: &Value) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Signed", "kind": "rest", "base_url": origin,
        "variables": [
            { "name": "secret", "secret": true }, { "name": "session", "secret": true },
            { "name": "token_secret", "secret": true },
        ],
        "auth": auth,
        "test": { "request": { "method": "GET", "url": "/refused" }, "advanced": true },
    })
}

fn aws() -> Value {
    json!({
        "method": "aws_sigv4", "access_key_id": ACCESS_KEY, "secret_access_key": "{{ vars.secret }}",
        "session_token": "{{ vars.session }}", "region": "eu-central-1", "service": "execute-api",
    })
}

fn oauth1() -> Value {
    json!({
        "method": "multistep", "steps": [], "request_parameters": [],
        "signing": {
            "type": "oauth1", "consumer_key": "consumer", "consumer_secret": "{{ vars.secret }}",
            "token": "{{ vars.session }}", "token_secret": "{{ vars.token_secret }}",
            "signature_method": "HMAC-SHA256",
        },
    })
}

fn run(workspace: &Workspace, arguments: &[&str]) -> Done {
    workspace
        .latchwork(arguments)
        .env("LATCHWORK_PASSPHRASE", support::PASSPHRASE)
        .env("LATCHWORK_VAR_secret", SECRET_KEY)
        .env("LATCHWORK_VAR_session", SESSION)
        .env("LATCHWORK_VAR_token_secret", TOKEN_SECRET)
        // What the environment names is nobody's business: a call through this would fail.
        .env("HTTP_PROXY", "http://127.0.0.1:9")
        .env("http_proxy", "http://127.0.0.1:9")
        .env("ALL_PROXY", "http://127.0.0.1:9")
        .run()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

fn sha256(text: &str) -> String {
    hex(digest::digest(&digest::SHA256, text.as_bytes()).as_ref())
}

fn hmac_sha256(key: &[u8], text: &str) -> Vec<u8> {
    let key = hmac::Key::new(hmac::HMAC_SHA256, key);
    hmac::sign(&key, text.as_bytes()).as_ref().to_vec()
}

/// The signature that AWS would compute of a request of these canonical parts.
fn aws_signature(seen: &SeenRequest, query: &str, body: &str) -> String {
    let header = |name: &str| seen.header(name).unwrap_or_default();
    let date_time = header("x-amz-date");
    let date = &date_time[..8];
    let canonical = format!(
        "{}\n/stage/items\n{query}\ncontent-type:{}\nhost:{}\nx-amz-date:{date_time}\nx-amz-security-token:{SESSION}\n\n\
         content-type;host;x-amz-date;x-amz-security-token\n{}",
        seen.method,
        header("content-type"),
        header("host"),
        sha256(body)
    );
    let scope = format!("{date}/eu-central-1/execute-api/aws4_request");
    let to_sign = format!(
        "AWS4-HMAC-SHA256\n{date_time}\n{scope}\n{}",
        sha256(&canonical)
    );
    let key = ["eu-central-1", "execute-api", "aws4_request"].iter().fold(
        hmac_sha256(format!("AWS4{SECRET_KEY}").as_bytes(), date),
        |key, part| hmac_sha256(&key, part),
    );
    hex(&hmac_sha256(&key, &to_sign))
}

#[test]
fn a_call_is_signed_for_aws_over_query_and_body() {
    let (workspace, server) = (Workspace::new(), server());
    let file = workspace.connector("aws.connector.json", &connector(server.origin(), &aws()));
    run(&workspace, &["check", &file]).ends(0);
    let body = r#"{"name":"Ada Lovelace"}"#;
    let call = [
        "call",
        &file,
        "POST /stage/items",
        "--query",
        "b=2 3",
        "--query",
        "a=1",
        "--header",
        "Content-Type=application/json",
        "--data",
        body,
        "--json",
    ];
    let answer = run(&workspace, &call).ends(0).json();
    assert_eq!(answer["status"], 200);
    let seen = server.seen("/stage/items");
    let authorization = seen.header("authorization").unwrap_or_default();
    let expected = aws_signature(&seen, "a=1&b=2%203", body);
    assert!(
        authorization.starts_with(&format!("AWS4-HMAC-SHA256 Credential={ACCESS_KEY}/"))
            && authorization.ends_with(&format!("Signature={expected}")),
        "{authorization} is not of {expected}"
    );
}

#[test]
fn a_call_is_signed_with_oauth_1() {
    let (workspace, server) = (Workspace::new(), server());
    let file = workspace.connector("one.connector.json", &connector(server.origin(), &oauth1()));
    run(&workspace, &["check", &file]).ends(0);
    let call = ["call", &file, "GET /items", "--query", "q=a b", "--json"];
    let answer = run(&workspace, &call).ends(0).json();
    assert_eq!(answer["status"], 200);
    let seen = server.seen("/items");
    let header = seen.header("authorization").unwrap_or_default();
    let part = |name: &str| {
        let rest = header
            .split(&format!("{name}=\""))
            .nth(1)
            .unwrap_or_default();
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let encode = |text: &str| -> String {
        let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        text.bytes().fold(String::new(), |mut all, byte| {
            if kept(byte) {
                all.push(char::from(byte));
            } else {
                let _ = write!(all, "%{byte:02X}");
            }
            all
        })
    };
    let parameters = format!(
        "oauth_consumer_key=consumer&oauth_nonce={}&oauth_signature_method=HMAC-SHA256&oauth_timestamp={}\
         &oauth_token={}&oauth_version=1.0&q=a%20b",
        part("oauth_nonce"),
        part("oauth_timestamp"),
        encode(SESSION)
    );
    let base = format!(
        "GET&{}&{}",
        encode(&format!("{}/items", server.origin())),
        encode(&parameters)
    );
    let key = format!("{}&{}", encode(SECRET_KEY), encode(TOKEN_SECRET));
    let expected = STANDARD.encode(hmac_sha256(key.as_bytes(), &base));
    assert_eq!(part("oauth_signature"), encode(&expected), "{header}");
    assert_eq!(part("oauth_nonce").len(), 32);
}

#[test]
fn z29_what_signs_is_in_no_output_and_no_file() {
    for auth in [aws(), oauth1()] {
        let (workspace, server) = (Workspace::new(), server());
        let file = workspace.connector("signed.connector.json", &connector(server.origin(), &auth));
        // Refused, with its own secrets in the answer; the run is kept in the history.
        let tested = run(&workspace, &["test", &file, "--json"]).ends(1);
        assert!(
            tested.text().contains("SignatureDoesNotMatch"),
            "{}",
            tested.text()
        );
        let called = run(&workspace, &["call", &file, "GET /items", "--json", "-v"]).ends(0);
        let header = server
            .seen("/items")
            .header("authorization")
            .unwrap_or_default();
        let signature = header
            .rsplit(['=', '"'])
            .find(|part| part.len() > 20)
            .unwrap_or_default();
        assert!(!signature.is_empty(), "{header}");
        for secret in [SECRET_KEY, SESSION, TOKEN_SECRET, signature] {
            tested.says_no(secret);
            called.says_no(secret);
            workspace.assert_keeps_no(secret);
        }
    }
}

#[test]
fn a_jwt_bearer_connector_gets_its_token_by_itself_and_serves_the_next_call() {
    let key = include_str!("../../engine/src/template/tests/keys/rsa_pkcs8.pem");
    let workspace = Workspace::new();
    let provider = Provider::start(Script {
        client: ExpectedClient::with(ClientAuth::None),
        ..Script::default()
    });
    let mut connector = with_step(
        code_connector(&provider),
        &json!({
            "type": "oauth2_jwt_bearer", "authorization_url": null, "client_auth": "none",
            "key": "{{ vars.key }}", "algorithm": "RS256", "key_id": "key-1",
            "claims": { "sub": "ada@example.com" },
        }),
    );
    connector["variables"] = json!([{ "name": "key", "secret": true }]);
    let file = workspace.connector("service.connector.json", &connector);
    run(&workspace, &["check", &file]).ends(0);
    let with_key = |key: &str, arguments: &[&str]| {
        workspace
            .latchwork(arguments)
            .env("LATCHWORK_PASSPHRASE", support::PASSPHRASE)
            .env("LATCHWORK_VAR_key", key)
            .run()
    };
    let refused = with_key("nothing", &["call", &file, "me", "--json"]).ends(1);
    assert_eq!(refused.error_code(), "signing.failed");
    let message = refused.json()["error"]["message"].to_string();
    assert!(
        message.contains("key: `RS256`: this is no RSA private key"),
        "{message}"
    );
    for auth in ["ran", "cached"] {
        let done = with_key(key, &["call", &file, "me", "--json"]).ends(0);
        assert_eq!(done.json()["auth"], auth);
    }
    provider.assert_content();
    let [request] = &provider.requests_to(Endpoint::Token)[..] else {
        panic!("one token request");
    };
    let assertion = request.parameter("assertion").unwrap_or_default();
    assert_eq!(assertion.split('.').count(), 3, "{assertion}");
    let tested = with_key(key, &["test", &file, "--json"]).ends(0);
    tested.says_no(assertion);
    workspace.assert_keeps_no(assertion);
    workspace.assert_keeps_no(key.lines().nth(1).unwrap_or_default());
}

#[test]
fn a_signature_method_that_is_none_is_no_valid_file() {
    let workspace = Workspace::new();
    let mut auth = oauth1();
    auth["signing"]["signature_method"] = json!("RSA-SHA1");
    let file = workspace.connector(
        "bad.connector.json",
        &connector("https://api.example", &auth),
    );
    let done = run(&workspace, &["check", &file, "--json"]).ends(2);
    let found = &done.json()[0];
    assert_eq!(found["path"], "auth.signing.signature_method");
    assert!(found["help"].to_string().contains("RSA-SHA256"), "{found}");
}
