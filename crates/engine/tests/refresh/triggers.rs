//! When a session is renewed: R6, F10.

use latchwork_engine::{RefreshReason, RunInput};
use latchwork_testkit::{Answer, FakeHost};
use serde_json::{Value, json};

use crate::session::{NOW, cached, call, connector, engine, serve};

fn with_triggers(on: &Value) -> Value {
    json!({
        "method": "multistep",
        "steps": [ { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login" } } ],
        "refresh": { "mode": "same_as_auth_flow", "on": on },
        "request_parameters": [
            { "location": "header", "name": "X-Token", "value": "{{ login.body.token }}" } ],
    })
}

async fn renewed(on: Value, first: Answer) -> bool {
    let server = serve(vec![
        ("/me", vec![first, Answer::status(200)]),
        ("/login", vec![Answer::json(json!({ "token": "new" }))]),
    ])
    .await;
    let connector = connector(server.origin(), &with_triggers(&on));
    let (engine, _) = engine();
    let session = cached(json!({ "login": { "body": { "token": "old" } } }), None);
    call(&engine, &connector, session).await.refreshed.is_some()
}

#[tokio::test]
async fn r6_f10_statuses_and_conditions_start_a_refresh_and_nothing_else_does() {
    let expired = || Answer::json(json!({ "error": "expired" }));
    let when = json!({ "when": "{{ body.error == 'expired' }}" });
    assert!(renewed(json!({}), Answer::status(401)).await);
    assert!(!renewed(json!({}), Answer::status(403)).await);
    assert!(renewed(json!({ "statuses": [403, "5xx"] }), Answer::status(403)).await);
    assert!(renewed(json!({ "statuses": [403, "5xx"] }), Answer::status(502)).await);
    assert!(!renewed(json!({ "statuses": [403] }), Answer::status(401)).await);
    assert!(renewed(when.clone(), expired()).await);
    assert!(!renewed(when, Answer::json(json!({ "ok": true }))).await);
    assert!(!renewed(json!({}), expired()).await);
}

#[tokio::test]
async fn r6_a_session_is_renewed_before_its_expiry_and_never_in_more_than_a_tenth_of_its_life() {
    let due = |before: i64, obtained_at: Option<i64>, expires_at: i64| {
        let on = json!({ "before_expiry_seconds": before });
        let connector = connector("http://127.0.0.1:9", &with_triggers(&on));
        let (engine, _) = engine();
        let host = FakeHost::new();
        let mut run = engine
            .run(&connector, RunInput::default(), &host)
            .expect("a run");
        run.restore(cached(json!({ "login": { "body": {} } }), Some(expires_at)));
        run.refresh_due(obtained_at)
    };
    assert_eq!(due(0, None, NOW), Some(RefreshReason::Expired));
    assert_eq!(due(0, None, NOW + 1), None);
    assert_eq!(due(60, None, NOW + 60), Some(RefreshReason::BeforeExpiry));
    assert_eq!(due(60, None, NOW + 61), None);
    // It lives for 100 s: a tenth is 10 s, whatever is asked for.
    assert_eq!(due(60, Some(NOW - 50), NOW + 50), None);
    assert_eq!(
        due(60, Some(NOW - 90), NOW + 10),
        Some(RefreshReason::BeforeExpiry)
    );
}

#[tokio::test]
async fn without_a_refresh_a_401_is_the_answer() {
    let server = serve(vec![("/me", vec![Answer::status(401)])]).await;
    let mut auth = with_triggers(&json!({}));
    auth["refresh"] = json!({ "mode": "none" });
    let connector = connector(server.origin(), &auth);
    let (engine, _) = engine();
    let session = cached(json!({ "login": { "body": { "token": "old" } } }), None);
    let called = call(&engine, &connector, session).await;
    assert_eq!((called.status(), called.refreshed), (401, None));
}

#[tokio::test]
async fn f17_a_clock_an_hour_off_costs_one_renewal_and_never_the_session() {
    let server = serve(vec![
        ("/me", vec![Answer::status(401), Answer::status(200)]),
        (
            "/login",
            vec![Answer::json(json!({ "token": "new", "expires_in": 600 }))],
        ),
    ])
    .await;
    let mut auth = with_triggers(&json!({}));
    auth["steps"][0]["outputs"] =
        json!([{ "name": "expires_in", "value": "{{ body.expires_in }}" }]);
    let connector = connector(server.origin(), &auth);
    let (engine, _) = engine();
    let outputs = || json!({ "login": { "body": { "token": "old" } } });
    // It was obtained by a clock that was an hour fast: it is over, and looks as if it had an hour left.
    let called = call(&engine, &connector, cached(outputs(), Some(NOW + 3_600))).await;
    assert_eq!(called.status(), 200);
    assert_eq!(called.left.expires_at, Some(NOW + 600));
    // It was obtained by one that was an hour slow: it is renewed although it was good, and is good afterwards.
    let host = FakeHost::new();
    let mut run = engine
        .run(&connector, RunInput::default(), &host)
        .expect("a run");
    run.restore(cached(outputs(), Some(NOW - 3_000)));
    assert_eq!(run.refresh_due(None), Some(RefreshReason::Expired));
    run.refresh(RefreshReason::Expired).await.expect("renewed");
    assert_eq!(run.refresh_due(Some(NOW)), None);
}
