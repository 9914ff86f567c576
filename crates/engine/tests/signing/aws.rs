//! AWS Signature Version 4, from a connector file to what arrives.

use latchwork_testkit::{Answer, FaultServer, HeaderValues, Route, find_leak};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::calls::{call, connector, request, signing};

/// Examples that AWS has published, with what their requests are signed with.
#[derive(Deserialize)]
struct Published {
    groups: Vec<Group>,
}

#[derive(Deserialize)]
struct Group {
    access_key_id: String,
    secret_access_key: String,
    region: String,
    service: String,
    now: i64,
    examples: Vec<Example>,
}

#[derive(Deserialize)]
struct Example {
    name: String,
    method: String,
    target: String,
    headers: Vec<(String, String)>,
    body: Option<String>,
    session_token: Option<String>,
    /// Set where the example goes by other rules than its service has: those are the unit tests'.
    rules: Option<Value>,
    content_sha256: Option<String>,
    authorization: String,
}

const KEYS: (&str, &str) = ("AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
const SUITE_TIME: i64 = 1_440_938_160;

fn keys(service: &str) -> Value {
    json!({
        "type": "aws_sigv4", "access_key_id": KEYS.0, "secret_access_key": KEYS.1,
        "session_token": "canary-session-token", "region": "us-east-1", "service": service,
    })
}

async fn echo() -> FaultServer {
    FaultServer::start(vec![Route::new("*", Answer::json(json!({ "ok": true })))]).await
}

#[tokio::test]
async fn requests_are_signed_as_in_the_examples_that_aws_has_published() {
    let published: Published =
        serde_json::from_str(include_str!("aws_published.json")).expect("examples");
    let mut compared = 0;
    for group in &published.groups {
        for example in group
            .examples
            .iter()
            .filter(|example| example.rules.is_none())
        {
            let server = echo().await;
            let auth = signing(&json!({
                "type": "aws_sigv4",
                "access_key_id": group.access_key_id,
                "secret_access_key": group.secret_access_key,
                "session_token": example.session_token,
                "region": group.region, "service": group.service,
            }));
            let headers: Vec<Value> = example
                .headers
                .iter()
                .map(|(name, value)| json!({ "name": name, "value": value }))
                .collect();
            let mut sent = json!({
                "method": example.method, "url": example.target, "headers": headers,
            });
            if let Some(body) = &example.body {
                let content_type = example
                    .headers
                    .iter()
                    .find(|(name, _)| name == "Content-Type");
                let content_type = content_type.map_or("", |(_, value)| value);
                sent["body"] =
                    json!({ "type": "text", "content_type": content_type, "content": body });
            }
            let called = call(
                &connector(server.origin(), &auth),
                group.now,
                &request(&sent),
            )
            .await;
            assert!(
                called.answer.is_ok(),
                "{}: {:?}",
                example.name,
                called.answer
            );
            let [seen] = &server.requests()[..] else {
                panic!("{}: one request", example.name);
            };
            let authorization = seen.header("authorization").unwrap_or_default();
            assert_eq!(authorization, example.authorization, "{}", example.name);
            assert_eq!(
                seen.header("x-amz-security-token"),
                example.session_token,
                "{}",
                example.name
            );
            assert_eq!(
                seen.header("x-amz-content-sha256"),
                example.content_sha256,
                "{}",
                example.name
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 31, "so many examples are there");
}

#[tokio::test]
async fn the_preset_signs_as_its_steps_would() {
    let server = echo().await;
    let preset = json!({
        "method": "aws_sigv4", "access_key_id": KEYS.0, "secret_access_key": KEYS.1,
        "region": "us-east-1", "service": "service",
    });
    let sent = request(&json!({
        "method": "GET", "url": "/", "headers": [{ "name": "Host", "value": "example.amazonaws.com" }],
    }));
    call(&connector(server.origin(), &preset), SUITE_TIME, &sent).await;
    // The suite's `get-vanilla`.
    let authorization = server.requests()[0]
        .header("authorization")
        .unwrap_or_default();
    assert!(
        authorization.ends_with("5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"),
        "{authorization}"
    );
}

#[tokio::test]
async fn a_host_with_a_port_is_signed_as_it_is_sent() {
    let server = echo().await;
    let connector = connector(server.origin(), &signing(&keys("service")));
    let plain = request(&json!({ "method": "GET", "url": "/" }));
    call(&connector, SUITE_TIME, &plain).await;
    let host = server.requests()[0].header("host").expect("a host");
    let written = request(&json!({
        "method": "GET", "url": "/", "headers": [{ "name": "Host", "value": host }],
    }));
    call(&connector, SUITE_TIME, &written).await;
    let [first, second] = &server.requests()[..] else {
        panic!("two requests");
    };
    assert!(host.contains(':'), "{host}");
    assert_eq!(
        first.header("authorization"),
        second.header("authorization")
    );
}

#[tokio::test]
async fn a_redirect_within_the_origin_is_signed_anew_for_its_address() {
    let redirect = Answer {
        headers: [(
            "Location".to_owned(),
            HeaderValues::One("/second".to_owned()),
        )]
        .into(),
        ..Answer::status(307)
    };
    let server = FaultServer::start(vec![
        Route::new("/first", redirect),
        Route::new("/second", Answer::status(200)),
    ])
    .await;
    let connector = connector(server.origin(), &signing(&keys("service")));
    let body = json!({ "type": "text", "content_type": "text/plain", "content": "a" });
    let sent = |url: &str| request(&json!({ "method": "POST", "url": url, "body": body }));
    call(&connector, SUITE_TIME, &sent("/first")).await;
    call(&connector, SUITE_TIME, &sent("/second")).await;
    let [first, hop, direct] = &server.requests()[..] else {
        panic!("three requests");
    };
    assert_eq!(hop.target, "/second");
    assert_ne!(hop.header("authorization"), first.header("authorization"));
    assert_eq!(hop.header("authorization"), direct.header("authorization"));
}

#[tokio::test]
async fn z24_a_redirect_to_another_origin_is_neither_signed_nor_given_anything() {
    let other = echo().await;
    let back = format!("{}/away", other.origin());
    let redirect = Answer {
        headers: [("Location".to_owned(), HeaderValues::One(back))].into(),
        ..Answer::status(307)
    };
    let server = FaultServer::start(vec![Route::new("*", redirect)]).await;
    let mut connector = connector(server.origin(), &signing(&keys("s3")));
    connector.allowed_origins.push(other.origin().to_owned());
    let sent = request(&json!({ "method": "GET", "url": "/bucket/object" }));
    let called = call(&connector, SUITE_TIME, &sent).await;
    assert!(called.answer.is_ok(), "{:?}", called.answer);
    assert!(server.requests()[0].header("authorization").is_some());
    let [away] = &other.requests()[..] else {
        panic!("one request");
    };
    let names: Vec<&str> = away.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert!(
        !names
            .iter()
            .any(|name| *name == "authorization" || name.starts_with("x-amz")),
        "{names:?}"
    );
}

#[tokio::test]
async fn a_hash_that_the_request_brings_along_is_what_is_signed() {
    let server = echo().await;
    let connector = connector(server.origin(), &signing(&keys("vpc-lattice-svcs")));
    let sent = |body: &str| {
        request(&json!({
            "method": "POST", "url": "/",
            "headers": [{ "name": "x-amz-content-sha256", "value": "UNSIGNED-PAYLOAD" }],
            "body": { "type": "text", "content_type": "text/plain", "content": body },
        }))
    };
    call(&connector, SUITE_TIME, &sent("a")).await;
    call(&connector, SUITE_TIME, &sent("b")).await;
    let [first, second] = &server.requests()[..] else {
        panic!("two requests");
    };
    let hash = first.header("x-amz-content-sha256");
    assert_eq!(hash.as_deref(), Some("UNSIGNED-PAYLOAD"));
    assert_eq!(
        first.header("authorization"),
        second.header("authorization")
    );
}

#[tokio::test]
async fn z29_keys_session_token_and_signature_are_told_to_nobody() {
    let first = echo().await;
    let sent = request(&json!({
        "method": "GET", "url": "/visible", "headers": [{ "name": "Host", "value": "example.amazonaws.com" }],
    }));
    call(
        &connector(first.origin(), &signing(&keys("s3"))),
        SUITE_TIME,
        &sent,
    )
    .await;
    let authorization = first.requests()[0]
        .header("authorization")
        .expect("it is signed");
    let signature = authorization
        .split("Signature=")
        .nth(1)
        .expect("a signature");

    // AWS says in its refusals what it got and what it expected: the canonical request, with the session token in it.
    let refusal = format!(
        "<Error><Message>visible refusal</Message><SignatureProvided>{signature}</SignatureProvided>\
         <CanonicalRequest>x-amz-security-token:canary-session-token {}</CanonicalRequest></Error>",
        KEYS.1
    );
    let second = FaultServer::start(vec![Route::new(
        "*",
        Answer {
            body: Some(json!(refusal)),
            ..Answer::status(403)
        },
    )])
    .await;
    let called = call(
        &connector(second.origin(), &signing(&keys("s3"))),
        SUITE_TIME,
        &sent,
    )
    .await;
    assert_eq!(
        second.requests()[0].header("authorization"),
        Some(authorization.clone())
    );
    let told = called.told();
    assert!(
        told.contains("/visible") && told.contains("visible refusal"),
        "{told}"
    );
    for secret in [KEYS.1, "canary-session-token", signature] {
        assert_eq!(find_leak(&told, secret), None, "{secret} in {told}");
    }
}

#[tokio::test]
async fn what_is_missing_is_said_with_its_place_and_nothing_is_sent() {
    let server = echo().await;
    for (member, method, place) in [
        ("region", "multistep", "auth.signing.region"),
        (
            "secret_access_key",
            "multistep",
            "auth.signing.secret_access_key",
        ),
        ("access_key_id", "aws_sigv4", "auth.access_key_id"),
    ] {
        let mut members = keys("service");
        members[member] = json!(" ");
        let auth = if method == "multistep" {
            signing(&members)
        } else {
            members.as_object_mut().expect("an object").remove("type");
            members["method"] = json!(method);
            members
        };
        let sent = request(&json!({ "method": "GET", "url": "/" }));
        let called = call(&connector(server.origin(), &auth), SUITE_TIME, &sent).await;
        let fault = called.answer.expect_err("it cannot be signed");
        assert_eq!(fault.code.as_str(), "signing.failed");
        assert_eq!(fault.message, format!("{place}: it is empty"));
    }
    assert!(server.requests().is_empty());
}
