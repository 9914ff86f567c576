//! Each answer of the token endpoint, as it arrives.

use std::time::Duration;

use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, IdToken, Script, TokenAnswer};
use serde_json::{Value, json};

use crate::requests::{
    Got, client_credentials, code, exchange, form_request, get, post, read, refresh,
};

const NONE: [&str; 0] = [];

async fn with_token(answer: TokenAnswer) -> AuthorizationServer {
    AuthorizationServer::start(Script {
        token: vec![answer],
        ..Script::default()
    })
    .await
}

async fn answered(answer: TokenAnswer) -> Got {
    client_credentials(&with_token(answer).await).await
}

#[tokio::test]
async fn odd_token_answers_are_right_in_all_but_one_thing() {
    let usual = answered(TokenAnswer::Good).await.json();
    assert_eq!(
        usual,
        json!({ "access_token": "access-token-1", "token_type": "Bearer", "expires_in": 3_600 })
    );
    for (answer, member, value) in [
        (TokenAnswer::ExpiresInText, "expires_in", json!("3600")),
        (TokenAnswer::ExpiresInMissing, "expires_in", Value::Null),
        (TokenAnswer::ExpiresInZero, "expires_in", json!(0)),
        (TokenAnswer::ExpiresInNegative, "expires_in", json!(-3_600)),
        (TokenAnswer::ExpiresInHuge, "expires_in", json!(i64::MAX)),
        (TokenAnswer::ExpiresInBeyond, "expires_in", json!(1e300)),
        (TokenAnswer::TokenTypeMissing, "token_type", Value::Null),
        (TokenAnswer::TokenTypeUnknown, "token_type", json!("mac")),
        (TokenAnswer::TokenTypeOddCase, "token_type", json!("bEARER")),
        (TokenAnswer::With(json!({ "x": [1] })), "x", json!([1])),
    ] {
        let mut got = answered(answer.clone()).await.json();
        assert_eq!(got[member], value, "{answer:?}");
        got[member] = usual[member].clone();
        let mut usual = usual.clone();
        usual[member] = got[member].clone();
        assert_eq!(got, usual, "{answer:?}");
    }
    let got = answered(TokenAnswer::JwtWithoutExpiresIn { exp: 99 })
        .await
        .json();
    assert_eq!(got.get("expires_in"), None);
    assert_eq!(
        got["access_token"]
            .as_str()
            .map(|token| token.split('.').count()),
        Some(3)
    );
}

#[tokio::test]
async fn token_answers_come_in_odd_shapes() {
    let got = answered(TokenAnswer::FormEncoded).await;
    assert_eq!(
        got.text,
        "access_token=access-token-1&token_type=Bearer&expires_in=3600"
    );
    let kind = got.header("content-type").unwrap_or_default();
    assert!(kind.starts_with("application/x-www-form-urlencoded"));
    // Whoever reads the body as text takes the mark away: the length tells.
    let got = answered(TokenAnswer::ByteOrderMark).await;
    let usual = answered(TokenAnswer::Good).await;
    let length = |got: &Got| got.header("content-length").map(str::to_owned);
    let marked: usize = length(&got)
        .and_then(|text| text.parse().ok())
        .expect("a length");
    assert_eq!(length(&usual), Some((marked - 3).to_string()));
    let got = answered(TokenAnswer::DuplicateKeys).await;
    assert_eq!(got.text.matches("\"access_token\"").count(), 2);
    assert_eq!(got.json()["access_token"], "access-token-1");
    let got = answered(TokenAnswer::UnderAuthedUser).await.json();
    assert_eq!(got["authed_user"]["access_token"], "access-token-1");
    assert_eq!(got.get("access_token"), None);
}

#[tokio::test]
async fn refusals_come_as_odd_providers_send_them() {
    for (answer, status, expected) in [
        (
            TokenAnswer::ErrorWithStatus200,
            200,
            "\"error\":\"invalid_request\"",
        ),
        (
            TokenAnswer::NotOkWithStatus200,
            200,
            r#"{"ok":false,"error":"invalid_code"}"#,
        ),
        (TokenAnswer::Empty400, 400, ""),
        (TokenAnswer::ServerError, 500, "server_error"),
        (TokenAnswer::Unavailable, 503, ""),
        (
            TokenAnswer::InvalidGrant,
            400,
            "\"error\":\"invalid_grant\"",
        ),
        (
            TokenAnswer::TooManyRequests("17".to_owned()),
            429,
            "slow_down",
        ),
        (TokenAnswer::Redirects, 307, ""),
        (TokenAnswer::Html, 200, "<!doctype html>"),
    ] {
        let got = answered(answer.clone()).await;
        assert_eq!(got.status, status, "{answer:?}");
        assert!(got.text.contains(expected), "{answer:?}: {}", got.text);
        assert!(!got.text.contains("access_token"), "{answer:?}");
    }
    let got = answered(TokenAnswer::TooManyRequests("17".to_owned())).await;
    assert_eq!(got.header("retry-after"), Some("17"));
}

#[tokio::test]
async fn whoever_follows_a_redirect_of_the_token_endpoint_is_noted() {
    let server = with_token(TokenAnswer::Redirects).await;
    let got = client_credentials(&server).await;
    assert_eq!(server.violations(), NONE);
    let location = got.header("location").expect("a redirect");
    assert_eq!(location, server.url(Endpoint::Elsewhere));
    get(location).await;
    assert_eq!(
        server.violations(),
        ["a redirect to elsewhere was followed"]
    );
}

#[tokio::test]
async fn a_slow_answer_waits_for_the_test_and_the_entries_follow_one_another() {
    let server = AuthorizationServer::start(Script {
        token: vec![TokenAnswer::Slow, TokenAnswer::Empty400, TokenAnswer::Good],
        ..Script::default()
    })
    .await;
    {
        let mut slow = Box::pin(client_credentials(&server));
        tokio::select! {
            got = &mut slow => panic!("it is too early for {}", got.text),
            () = server.connections().request_count_reaches(1) => {}
        }
        // Others are served meanwhile, and before it.
        tokio::select! {
            biased;
            got = &mut slow => panic!("it is too early for {}", got.text),
            got = client_credentials(&server) => assert_eq!(got.status, 400),
        }
        server.release();
        assert_eq!(slow.await.status, 200);
    }
    assert_eq!(client_credentials(&server).await.status, 200);
}

#[tokio::test]
async fn an_answer_that_never_comes_is_seen_to_be_given_up() {
    for answer in [TokenAnswer::Hangs, TokenAnswer::Slow] {
        let server = with_token(answer).await;
        let form = [("grant_type", "client_credentials")];
        let request =
            form_request(&server, Endpoint::Token, &form).timeout(Duration::from_millis(50));
        let error = read(request).await.err().expect("it is given up");
        assert!(error.is_timeout(), "{error}");
        server.connections().closed_count_reaches(1).await;
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_has_taken_effect() {
    let server = AuthorizationServer::start(Script {
        refresh: vec![TokenAnswer::Lost, TokenAnswer::Good],
        ..Script::default()
    })
    .await;
    exchange(&server, &code(&server, &[]).await, &[]).await;
    let form = [
        ("grant_type", "refresh_token"),
        ("refresh_token", "refresh-token-1"),
    ];
    assert!(post(&server, Endpoint::Token, &form).await.is_err());
    assert_eq!(refresh(&server, "refresh-token-1").await.status, 400);
    let cut = with_token(TokenAnswer::Cut).await;
    assert!(
        post(
            &cut,
            Endpoint::Token,
            &[("grant_type", "client_credentials")]
        )
        .await
        .is_err()
    );
}

#[tokio::test]
async fn an_id_token_has_the_nonce_of_its_request() {
    use base64::Engine as _;
    let server = AuthorizationServer::start(Script {
        id_token: Some(IdToken::Good),
        now: Some(1_000),
        ..Script::default()
    })
    .await;
    let code = code(&server, &[("nonce", "of-this-request")]).await;
    let answer = exchange(&server, &code, &[]).await.json();
    let token = answer["id_token"].as_str().expect("an ID token");
    let claims = token.split('.').nth(1).expect("three parts");
    let claims = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(claims);
    let claims: Value = serde_json::from_slice(&claims.expect("base64")).expect("JSON");
    assert_eq!(claims["nonce"], "of-this-request");
    assert_eq!(claims["aud"], server.client_id());
    assert_eq!(claims["exp"], 4_600);
}
