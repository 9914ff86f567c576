//! What token endpoints answer: Z17, Z20, F24 to F30.

use latchwork_engine::{Engine, RunInput};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script, TokenAnswer};
use serde_json::{Value, json};

use crate::signing_in::{
    Ended, client_credentials, connector_of, in_time, run_with, sign_in, step,
};

async fn answered(answer: TokenAnswer, members: Value) -> Ended {
    let script = Script {
        token: vec![answer],
        ..Script::default()
    };
    client_credentials(script, members).await.1
}

#[tokio::test]
async fn the_clients_parameters_are_outputs_too() {
    let members = json!({ "scopes": ["a", "b"], "scope_separator": "," });
    let (server, ended) = sign_in(Script::default(), members).await;
    let outputs = ended.outputs();
    assert_eq!(outputs["client_id"], server.client_id());
    assert_eq!(outputs["client_secret"], server.client_secret());
    assert_eq!(
        outputs["authorization_url"],
        server.url(Endpoint::Authorization)
    );
    assert_eq!(outputs["token_url"], server.url(Endpoint::Token));
    assert_eq!(outputs["scopes"], json!(["a", "b"]));
    assert!(ended.text("redirect_uri").starts_with("http://127.0.0.1:"));
    assert_eq!(outputs["raw"]["access_token"], outputs["access_token"]);
}

#[tokio::test]
async fn z17_a_token_endpoint_that_redirects_is_not_followed() {
    let (server, ended) = client_credentials(
        Script {
            token: vec![TokenAnswer::Redirects],
            ..Script::default()
        },
        json!({}),
    )
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.redirects");
    assert!(server.requests_to(Endpoint::Elsewhere).is_empty());
}

#[tokio::test]
async fn z18_an_endpoint_without_tls_elsewhere_is_refused() {
    let server = AuthorizationServer::start(Script::default()).await;
    let members = json!({ "token_url": "http://login.example/token" });
    let step = step(&server, "oauth2_client_credentials", members);
    let ended = run_with(
        &Engine::default(),
        &connector_of(&json!([step])),
        RunInput::default(),
        FakeHost::new(),
        async {},
    )
    .await;
    assert_eq!(ended.fault().code.as_str(), "oauth.insecure_endpoint");
}

#[tokio::test]
async fn z20_token_types_of_every_kind_are_kept() {
    for (answer, expected) in [
        (TokenAnswer::TokenTypeMissing, None),
        (TokenAnswer::TokenTypeUnknown, Some("mac")),
        (TokenAnswer::TokenTypeOddCase, Some("bEARER")),
    ] {
        let ended = answered(answer, json!({})).await;
        let token_type = ended.outputs().get("token_type").and_then(Value::as_str);
        match expected {
            // None means bearer.
            None => assert_eq!(token_type, Some("Bearer")),
            Some(kept) => assert_eq!(token_type, Some(kept)),
        }
    }
}

#[tokio::test]
async fn z20_every_shape_of_expires_in_is_defined() {
    let now = Engine::default().now();
    let expires_at = |ended: &Ended| ended.outputs().get("expires_at").and_then(Value::as_i64);
    assert_eq!(
        expires_at(&answered(TokenAnswer::ExpiresInMissing, json!({})).await),
        None
    );
    let about = |ended: &Ended, seconds: i64| {
        let at = expires_at(ended).expect("an expiry");
        assert!(
            (at - now - seconds).abs() <= 30,
            "{at} is not {seconds} s from {now}"
        );
    };
    about(
        &answered(TokenAnswer::ExpiresInText, json!({})).await,
        3_600,
    );
    about(&answered(TokenAnswer::ExpiresInZero, json!({})).await, 0);
    let negative = expires_at(&answered(TokenAnswer::ExpiresInNegative, json!({})).await);
    assert!(negative.is_some_and(|at| at <= now), "{negative:?}");
    for huge in [TokenAnswer::ExpiresInHuge, TokenAnswer::ExpiresInBeyond] {
        let at = expires_at(&answered(huge, json!({})).await);
        assert_eq!(at, Some(i64::MAX));
    }
}

#[tokio::test]
async fn a_missing_expiry_is_taken_from_a_jwt() {
    let exp = Engine::default().now() + 777;
    let ended = answered(TokenAnswer::JwtWithoutExpiresIn { exp }, json!({})).await;
    assert_eq!(ended.outputs()["expires_at"], exp);
}

#[tokio::test]
async fn f24_a_500_offers_a_fresh_start_and_the_code_is_not_sent_again() {
    let (server, ended) = sign_in(
        Script {
            token: vec![TokenAnswer::ServerError],
            ..Script::default()
        },
        json!({}),
    )
    .await;
    let fault = ended.fault();
    assert_eq!(fault.code.as_str(), "oauth.token_error");
    assert!(fault.retryable);
    assert!(
        fault
            .hint
            .as_deref()
            .is_some_and(|hint| hint.contains("again")),
        "{:?}",
        fault.hint
    );
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
}

#[tokio::test]
async fn f25_f26_f27_f28_errors_are_said_in_the_providers_words() {
    for (answer, code, words) in [
        (TokenAnswer::Html, "oauth.token_error", "page"),
        (
            TokenAnswer::Empty400,
            "oauth.token_error",
            "400 with an empty body",
        ),
        (TokenAnswer::ErrorWithStatus200, "oauth.token_error", ""),
        (
            TokenAnswer::NotOkWithStatus200,
            "oauth.token_error",
            "invalid_code",
        ),
        (
            TokenAnswer::InvalidGrant,
            "oauth.invalid_grant",
            "invalid_grant",
        ),
        (TokenAnswer::Unavailable, "oauth.token_error", "503"),
    ] {
        let said = format!("{answer:?}");
        let ended = answered(answer, json!({})).await;
        let fault = ended.fault();
        assert_eq!(fault.code.as_str(), code, "{said}: {}", fault.message);
        assert!(fault.message.contains(words), "{said}: {}", fault.message);
    }
}

#[tokio::test]
async fn f29_forms_byte_order_marks_and_doubled_members_are_read() {
    for answer in [
        TokenAnswer::FormEncoded,
        TokenAnswer::ByteOrderMark,
        TokenAnswer::DuplicateKeys,
    ] {
        let said = format!("{answer:?}");
        let ended = answered(answer, json!({})).await;
        assert!(ended.text("access_token").starts_with("access"), "{said}");
    }
}

#[tokio::test]
async fn f30_a_cut_or_hanging_answer_fails_in_its_time() {
    let ended = answered(TokenAnswer::Cut, json!({})).await;
    assert_eq!(ended.fault().code.as_str(), "http.broken");
    let server = AuthorizationServer::start(Script {
        token: vec![TokenAnswer::Hangs],
        ..Script::default()
    })
    .await;
    let step = step(&server, "oauth2_client_credentials", json!({}));
    let input = RunInput {
        timeout: Some(std::time::Duration::from_millis(200)),
        ..RunInput::default()
    };
    let ended = in_time(run_with(
        &Engine::default(),
        &connector_of(&json!([step])),
        input,
        FakeHost::new(),
        async {},
    ))
    .await;
    assert_eq!(ended.fault().code.as_str(), "http.timeout");
}

#[tokio::test]
async fn f31_a_missing_token_names_what_is_there() {
    let answer = TokenAnswer::With(json!({ "access_token": null, "session": "x" }));
    let ended = answered(answer, json!({})).await;
    let fault = ended.fault();
    assert_eq!(fault.code.as_str(), "oauth.token_error");
    assert!(fault.message.contains("`session`"), "{}", fault.message);
}

#[tokio::test]
async fn a_token_object_is_found_at_its_path() {
    let ended = answered(
        TokenAnswer::UnderAuthedUser,
        json!({ "token_path": "authed_user" }),
    )
    .await;
    assert!(ended.text("access_token").starts_with("access"));
    let wrong = answered(
        TokenAnswer::UnderAuthedUser,
        json!({ "token_path": "data.user" }),
    )
    .await;
    assert!(
        wrong.fault().message.contains("`data.user`"),
        "{}",
        wrong.fault().message
    );
}

#[tokio::test]
async fn own_outputs_replace_the_standard_ones_and_expiry_goes_by_them() {
    let answer = TokenAnswer::With(json!({
        "access_token": null, "expires_in": null,
        "data": { "token": "of-our-own", "ttl_ms": 60_000 },
    }));
    let ended = answered(
        answer,
        json!({ "outputs": [
            { "name": "access_token", "value": "{{ raw.data.token }}" },
            { "name": "expires_in", "value": "{{ body.data.ttl_ms / 1000 }}" },
            { "name": "answered", "value": "{{ status }}" },
        ] }),
    )
    .await;
    assert_eq!(ended.text("access_token"), "of-our-own");
    assert_eq!(ended.outputs()["answered"], 200);
    let expires_at = ended.outputs()["expires_at"].as_i64().expect("an expiry");
    assert!((expires_at - Engine::default().now() - 60).abs() < 30);
}
