//! The refresh grant and revocation: Z21, Z23.

use latchwork_engine::{Engine, Revoked, RunInput};
use latchwork_testkit::FakeHost;
use latchwork_testkit::oauth::{
    AuthorizationServer, Endpoint, RevocationAnswer, Script, TokenAnswer,
};
use serde_json::{Value, json};

use crate::signing_in::{agreeing, connector_of, in_time, run, step};

async fn renewed(
    refresh: TokenAnswer,
    members: Value,
) -> (AuthorizationServer, Result<Value, &'static str>, Value) {
    let server = AuthorizationServer::start(Script {
        refresh: vec![refresh],
        ..Script::default()
    })
    .await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        members
    )]));
    let engine = Engine::default();
    let ended = run(&engine, &connector, RunInput::default(), agreeing).await;
    let before = Value::Object(ended.outputs().clone());
    let cached = ended.result.expect("it worked");
    let host = FakeHost::new();
    let result = in_time(async {
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.restore(cached);
        match run.renew("oauth").await {
            Ok(()) => Ok(Value::Object(
                run.step_outputs("oauth").expect("outputs").clone(),
            )),
            Err(failure) => Err(failure.fault.code.as_str()),
        }
    })
    .await;
    (server, result, before)
}

#[tokio::test]
async fn z21_a_new_refresh_token_replaces_the_old_one() {
    let (server, after, before) = renewed(TokenAnswer::Good, json!({})).await;
    let after = after.expect("renewed");
    assert_ne!(after["access_token"], before["access_token"]);
    assert_ne!(after["refresh_token"], before["refresh_token"]);
    let request = server
        .requests_to(Endpoint::Token)
        .pop()
        .expect("a request");
    assert_eq!(
        request.parameter("refresh_token"),
        before["refresh_token"].as_str()
    );
    assert_eq!(server.violations(), [] as [&str; 0]);
}

#[tokio::test]
async fn z21_an_answer_without_a_refresh_token_keeps_the_old_one() {
    let (_, after, before) = renewed(TokenAnswer::NoRefreshToken, json!({})).await;
    let after = after.expect("renewed");
    assert_ne!(after["access_token"], before["access_token"]);
    assert_eq!(after["refresh_token"], before["refresh_token"]);
    assert_eq!(after["callback"], before["callback"]);
}

#[tokio::test]
async fn a_refused_refresh_says_invalid_grant() {
    let (_, after, _) = renewed(TokenAnswer::InvalidGrant, json!({})).await;
    assert_eq!(after, Err("oauth.invalid_grant"));
}

#[tokio::test]
async fn refresh_parameters_and_headers_are_its_own() {
    let members = json!({
        "refresh_params": [{ "name": "tenant", "value": "t-1" }],
        "refresh_headers": [{ "name": "X-Refresh", "value": "yes" }],
        "token_params": [{ "name": "first", "value": "only" }],
    });
    let (server, after, _) = renewed(TokenAnswer::Good, members).await;
    after.expect("renewed");
    let requests = server.requests_to(Endpoint::Token);
    assert_eq!(requests[0].parameter("first"), Some("only"));
    assert_eq!(requests[0].parameter("tenant"), None);
    assert_eq!(requests[1].parameter("tenant"), Some("t-1"));
    assert_eq!(requests[1].parameter("first"), None);
    assert_eq!(requests[1].header("x-refresh").as_deref(), Some("yes"));
}

#[tokio::test]
async fn z23_tokens_are_revoked_where_the_provider_can_and_it_is_told_which() {
    for (answer, expected) in [
        (RevocationAnswer::Good, "yes"),
        (RevocationAnswer::Unavailable, "step.unexpected_status"),
        (RevocationAnswer::Redirects, "oauth.redirects"),
    ] {
        let server = AuthorizationServer::start(Script {
            revocation: vec![answer],
            ..Script::default()
        })
        .await;
        let members = json!({ "revocation_url": server.url(Endpoint::Revocation) });
        let connector = connector_of(&json!([step(
            &server,
            "oauth2_authorization_code",
            members
        )]));
        let engine = Engine::default();
        let ended = run(&engine, &connector, RunInput::default(), agreeing).await;
        let refresh_token = ended.text("refresh_token").to_owned();
        let host = FakeHost::new();
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.restore(ended.result.expect("it worked"));
        let revocations = in_time(run.revoke()).await;
        let outcome = match &revocations[0].outcome {
            Revoked::Yes => "yes",
            Revoked::NotOffered => "not offered",
            Revoked::Failed(fault) => fault.code.as_str(),
        };
        assert_eq!(outcome, expected);
        let request = &server.requests_to(Endpoint::Revocation)[0];
        assert_eq!(request.parameter("token"), Some(refresh_token.as_str()));
        assert_eq!(request.parameter("token_type_hint"), Some("refresh_token"));
    }
}

#[tokio::test]
async fn z23_without_a_revocation_endpoint_it_is_said_so() {
    let server = AuthorizationServer::start(Script::default()).await;
    let connector = connector_of(&json!([step(
        &server,
        "oauth2_authorization_code",
        json!({})
    )]));
    let engine = Engine::default();
    let ended = run(&engine, &connector, RunInput::default(), agreeing).await;
    let host = FakeHost::new();
    let mut run = engine
        .run(&connector, RunInput::default(), &host)
        .expect("a run");
    run.restore(ended.result.expect("it worked"));
    assert_eq!(run.revoke().await[0].outcome, Revoked::NotOffered);
}
