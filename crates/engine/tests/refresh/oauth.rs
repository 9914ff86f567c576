//! OAuth steps renew themselves: R2, Z21, F5, F7.

use latchwork_engine::CachedOutputs;
use latchwork_testkit::oauth::{AuthorizationServer, Endpoint, Script, TokenAnswer};
use serde_json::{Value, json};

use crate::session::{NOW, connector, engine, refresh};

/// An OAuth step, and a step behind it that uses its token.
fn auth(server: &AuthorizationServer, refresh: &Value) -> Value {
    json!({
        "method": "multistep",
        "steps": [
            { "id": "oauth", "type": "oauth2_authorization_code", "client_id": server.client_id(),
              "client_secret": server.client_secret(), "authorization_url": server.url(Endpoint::Authorization),
              "token_url": server.url(Endpoint::Token) },
            { "id": "tenant", "type": "set_variables",
              "outputs": [ { "name": "of", "value": "tenant of {{ oauth.access_token }}" } ] },
            { "id": "apart", "type": "set_variables", "outputs": [ { "name": "at", "value": "{{ uuid() }}" } ] } ],
        "refresh": refresh,
        "request_parameters": [
            { "location": "header", "name": "Authorization", "value": "Bearer {{ oauth.access_token }}" } ],
    })
}

/// A session whose refresh token the server knows, by signing in at it.
async fn session(server: &AuthorizationServer) -> CachedOutputs {
    let engine = latchwork_engine::Engine::default();
    let connector = connector(
        "http://127.0.0.1:9",
        &auth(server, &json!({ "mode": "none" })),
    );
    let (host, mut visits) = latchwork_testkit::FakeHost::with_browser();
    let mut run = engine
        .run(&connector, latchwork_engine::RunInput::default(), &host)
        .expect("a run");
    let person = async {
        let visit = visits.recv().await.expect("a visit");
        latchwork_testkit::oidc::Browser::new()
            .sign_in(visit.url.as_str())
            .await;
    };
    let (flow, ()) = tokio::join!(run.auth_flow(), person);
    flow.expect("signed in");
    run.cached_outputs()
}

async fn renewed(
    answers: Vec<TokenAnswer>,
) -> (
    AuthorizationServer,
    CachedOutputs,
    Result<Vec<String>, &'static str>,
    CachedOutputs,
) {
    let server = AuthorizationServer::start(Script {
        refresh: answers,
        ..Script::default()
    })
    .await;
    let before = session(&server).await;
    let (engine, _) = engine();
    let connector = connector(
        "http://127.0.0.1:9",
        &auth(&server, &json!({ "mode": "none" })),
    );
    let (result, after, _) = refresh(&engine, &connector, before.clone()).await;
    (
        server,
        before,
        result.map_err(|fault| fault.code.as_str()),
        after,
    )
}

#[tokio::test]
async fn an_oauth_step_renews_itself_and_only_what_used_it_runs_again() {
    let (_server, before, result, after) = renewed(vec![TokenAnswer::Good]).await;
    assert_eq!(result.expect("renewed"), ["oauth", "tenant"]);
    let token = &after.outputs["oauth"]["access_token"];
    assert_ne!(*token, before.outputs["oauth"]["access_token"]);
    assert_eq!(
        after.outputs["tenant"]["of"],
        format!("tenant of {}", token.as_str().unwrap_or_default())
    );
    assert_eq!(after.outputs["apart"], before.outputs["apart"]);
    assert!(after.expires_at.is_some_and(|at| at > NOW));
}

/// How often the server was asked for new tokens.
fn renewals(server: &AuthorizationServer) -> usize {
    let requests = server.requests_to(Endpoint::Token);
    let renewals = requests
        .iter()
        .filter(|request| request.parameter("grant_type") == Some("refresh_token"));
    renewals.count()
}

#[tokio::test]
async fn f7_a_true_invalid_grant_keeps_the_other_outputs() {
    let (server, before, result, after) = renewed(vec![TokenAnswer::InvalidGrant]).await;
    assert_eq!(result, Err("oauth.invalid_grant"));
    assert_eq!(after.outputs, before.outputs);
    assert_eq!(renewals(&server), 1);
}

#[tokio::test]
async fn f5_a_rotation_whose_answer_was_lost_is_asked_for_once_more() {
    let (server, before, result, after) =
        renewed(vec![TokenAnswer::Lost, TokenAnswer::InvalidGrant]).await;
    assert_eq!(result, Err("oauth.invalid_grant"));
    assert_eq!(after.outputs, before.outputs);
    assert_eq!(renewals(&server), 2);
}

#[tokio::test]
async fn a_rotated_token_is_kept_though_a_later_step_fails() {
    let server = AuthorizationServer::start(Script::default()).await;
    let before = session(&server).await;
    let refresh_flow = json!({ "mode": "steps",
        "steps": [ { "id": "renew", "type": "set_variables", "outputs": [ { "name": "x", "value": "{{ oauth.none }}" } ] } ],
        "updates": [ { "target": "tenant.of", "value": "{{ renew.x }}" } ] });
    let connector = connector("http://127.0.0.1:9", &auth(&server, &refresh_flow));
    let (engine, _) = engine();
    let (result, after, _) = refresh(&engine, &connector, before.clone()).await;
    result.expect_err("the refresh flow fails");
    assert_ne!(
        after.outputs["oauth"]["refresh_token"],
        before.outputs["oauth"]["refresh_token"]
    );
    assert_eq!(after.outputs["apart"], before.outputs["apart"]);
}

#[tokio::test]
async fn k1_what_an_update_puts_into_shared_outputs_is_shown_to_nobody() {
    let server = AuthorizationServer::start(Script::default()).await;
    let mut session = session(&server).await;
    session
        .outputs
        .get_mut("oauth")
        .map(|outputs| outputs.remove("refresh_token"));
    let mut auth = auth(
        &server,
        &json!({ "mode": "steps", "steps": [],
            "updates": [ { "target": "oauth.access_token", "value": "another-token" },
                         { "target": "apart.at", "value": "another-time" } ] }),
    );
    auth["steps"][0]["shared_credentials"] = json!(true);
    let connector = connector("http://127.0.0.1:9", &auth);
    let (engine, _) = engine();
    let host = latchwork_testkit::FakeHost::new();
    let mut run = engine
        .run(&connector, latchwork_engine::RunInput::default(), &host)
        .expect("a run");
    run.restore(session);
    run.refresh(latchwork_engine::RefreshReason::Asked)
        .await
        .expect("renewed");
    assert_eq!(
        run.shared_outputs().outputs["oauth"]["access_token"],
        "another-token"
    );
    assert_eq!(host.steps_with_outputs(), ["apart"]);
}

#[tokio::test]
async fn a_jwt_bearer_step_of_the_refresh_flow_brings_a_new_token() {
    let server = AuthorizationServer::start(Script::default()).await;
    let key = include_str!("../../src/template/tests/keys/rsa_pkcs8.pem");
    let api = crate::session::serve(vec![(
        "/me",
        vec![
            latchwork_testkit::Answer::status(401),
            latchwork_testkit::Answer::status(200),
        ],
    )])
    .await;
    let auth = json!({
        "method": "multistep",
        "steps": [ { "id": "login", "type": "set_variables", "outputs": [ { "name": "token", "value": "an-old-token" } ] } ],
        "request_parameters": [ { "location": "header", "name": "Authorization", "value": "Bearer {{ login.token }}" } ],
        "refresh": {
            "mode": "steps",
            "steps": [ {
                "id": "assert", "type": "oauth2_jwt_bearer", "token_url": server.url(Endpoint::Token),
                "client_id": "me", "client_auth": "none", "key": key, "algorithm": "RS256",
            } ],
            "updates": [ { "target": "login.token", "value": "{{ assert.access_token }}" } ],
        },
    });
    let connector = connector(api.origin(), &auth);
    let (engine, _) = engine();
    let session = crate::session::cached(json!({ "login": { "token": "an-old-token" } }), None);
    let ended = crate::session::call(&engine, &connector, session).await;
    assert_eq!(ended.status(), 200);
    assert_eq!(
        ended.refreshed.as_deref(),
        Some(&["login.token".to_owned()][..])
    );
    let token = ended.left.outputs["login"]["token"]
        .as_str()
        .expect("a token");
    assert_ne!(token, "an-old-token");
    let sent = api.requests()[1].header("authorization");
    assert_eq!(sent, Some(format!("Bearer {token}")));
    assert_eq!(server.requests_to(Endpoint::Token).len(), 1);
}
