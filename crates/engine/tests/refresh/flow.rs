//! A refresh flow of its own steps, and *same as auth flow*.

use latchwork_engine::{RefreshStatus, RunEvent};
use latchwork_testkit::{Answer, Fault, FaultServer};
use serde_json::{Value, json};

use crate::session::{NOW, cached, call, connector, engine, refresh, serve};

/// A login, and a refresh flow of one request.
fn with_steps(updates: &Value) -> Value {
    json!({
        "method": "multistep",
        "steps": [
            { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login" } } ],
        "refresh": { "mode": "steps",
            "steps": [ { "id": "renew", "type": "api_request", "request": { "method": "POST", "url": "/renew",
                "body": { "type": "json", "value": { "with": "{{ login.body.refresh }}" } } } } ],
            "updates": updates },
        "request_parameters": [
            { "location": "header", "name": "X-Token", "value": "{{ login.body.token }}" } ],
    })
}

fn session() -> latchwork_engine::CachedOutputs {
    cached(
        json!({ "login": { "body": { "token": "old", "refresh": "r-1", "user": "ada" }, "status": 200 } }),
        None,
    )
}

#[tokio::test]
async fn r1_r3_a_401_renews_the_session_and_the_call_is_tried_once_more() {
    let server = serve(vec![
        (
            "/me",
            vec![Answer::status(401), Answer::json(json!({ "me": 1 }))],
        ),
        (
            "/renew",
            vec![Answer::json(json!({ "token": "new", "next": "r-2" }))],
        ),
    ])
    .await;
    let connector = connector(
        server.origin(),
        &with_steps(&json!([
            { "target": "login.body.token", "value": "{{ renew.body.token }}" },
            { "target": "login.body.refresh", "value": "{{ renew.body.next }}" },
        ])),
    );
    let (engine, _) = engine();
    let called = call(&engine, &connector, session()).await;
    assert_eq!(called.status(), 200);
    assert_eq!(
        called.refreshed.as_deref(),
        Some(
            [
                "login.body.token".to_owned(),
                "login.body.refresh".to_owned()
            ]
            .as_slice()
        )
    );
    let requests = server.requests();
    let tokens: Vec<Option<String>> = requests.iter().map(|seen| seen.header("x-token")).collect();
    assert_eq!(
        tokens,
        [Some("old".to_owned()), None, Some("new".to_owned())]
    );
    let body = &called.left.outputs["login"]["body"];
    assert_eq!(body["refresh"], "r-2");
    // What was not updated stays, and the refresh flow's own outputs are not kept.
    assert_eq!(body["user"], "ada");
    assert!(!called.left.outputs.contains_key("renew"));
}

#[tokio::test]
async fn f9_a_401_after_the_renewal_is_the_answer_and_there_is_no_loop() {
    let server = serve(vec![
        ("/me", vec![Answer::status(401)]),
        ("/renew", vec![Answer::json(json!({ "token": "new" }))]),
    ])
    .await;
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let connector = connector(server.origin(), &with_steps(&updates));
    let (engine, _) = engine();
    assert_eq!(call(&engine, &connector, session()).await.status(), 401);
    assert_eq!(server.requests().len(), 3);
}

#[tokio::test]
async fn f13_a_refresh_steps_own_401_starts_no_refresh() {
    let server = serve(vec![
        ("/me", vec![Answer::status(401)]),
        ("/renew", vec![Answer::status(401)]),
    ])
    .await;
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let connector = connector(server.origin(), &with_steps(&updates));
    let (engine, _) = engine();
    let called = call(&engine, &connector, session()).await;
    assert_eq!(called.fault().code.as_str(), "step.unexpected_status");
    assert!(called.needs_you);
    assert_eq!(server.requests().len(), 2);
    assert_eq!(called.left.outputs, session().outputs);
}

#[tokio::test]
async fn f14_updates_are_put_in_all_or_none() {
    for broken in [
        json!({ "target": "login.body.refresh", "value": "{{ renew.body.missing }}" }),
        json!({ "target": "login.body.none.deep", "value": "x" }),
    ] {
        let server = serve(vec![(
            "/renew",
            vec![Answer::json(json!({ "token": "new" }))],
        )])
        .await;
        let updates =
            json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }, broken]);
        let connector = connector(server.origin(), &with_steps(&updates));
        let (engine, _) = engine();
        let (result, left, events) = refresh(&engine, &connector, session()).await;
        assert!(result.is_err(), "{updates}");
        assert_eq!(left.outputs, session().outputs, "{updates}");
        assert!(events.iter().any(|event| matches!(
            event,
            RunEvent::RefreshFinished {
                status: RefreshStatus::Refused,
                error: Some(_),
                ..
            }
        )));
    }
}

#[tokio::test]
async fn f8_a_passing_fault_is_tried_again_and_costs_nobody_the_session() {
    let mut busy = Answer::status(429);
    busy.headers.insert(
        "Retry-After".to_owned(),
        latchwork_testkit::HeaderValues::One("7".to_owned()),
    );
    let server = serve(vec![(
        "/renew",
        vec![
            busy,
            Answer::status(503),
            Answer::json(json!({ "token": "new" })),
        ],
    )])
    .await;
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let connector = connector(server.origin(), &with_steps(&updates));
    let (engine, clock) = engine();
    let (result, left, _) = refresh(&engine, &connector, session()).await;
    result.expect("the third time it works");
    assert_eq!(clock.waits(), [7, 2]);
    assert_eq!(left.outputs["login"]["body"]["token"], "new");

    let server = serve(vec![("/renew", vec![Answer::status(503)])]).await;
    let connector = crate::session::connector(server.origin(), &with_steps(&updates));
    let (result, left, events) = refresh(&engine, &connector, session()).await;
    assert!(result.expect_err("it stays so").retryable);
    assert_eq!(left.outputs, session().outputs);
    assert_eq!(server.requests().len(), 3);
    assert!(events.iter().any(|event| matches!(
        event,
        RunEvent::RefreshFinished {
            status: RefreshStatus::Failed,
            ..
        }
    )));
}

#[tokio::test]
async fn f5_an_answer_that_is_lost_twice_is_said() {
    let lost = || Answer {
        fault: Some(Fault::Close),
        ..Answer::default()
    };
    let good = Answer::json(json!({ "token": "new" }));
    let server = serve(vec![("/renew", vec![lost(), lost(), good])]).await;
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let connector = connector(server.origin(), &with_steps(&updates));
    let (engine, _) = engine();
    let (result, left, _) = refresh(&engine, &connector, session()).await;
    let fault = result.expect_err("it is asked for once more, and no more");
    assert_eq!(fault.code.as_str(), "http.broken");
    assert!(fault.retryable);
    assert_eq!(left.outputs, session().outputs);
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn r8_what_goes_wrong_on_the_way_is_no_refusal() {
    let updates = json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]);
    let (nobody, _port) = FaultServer::refused_origin();
    let huge = Answer {
        fault: Some(Fault::Huge(11 * 1024 * 1024)),
        ..Answer::default()
    };
    let server = serve(vec![("/renew", vec![huge])]).await;
    for (origin, code, attempts) in [
        (nobody.as_str(), "http.connect", 0),
        // Once more would be no smaller.
        (server.origin(), "http.too_large", 1),
    ] {
        let connector = connector(origin, &with_steps(&updates));
        let (engine, _) = engine();
        let (result, left, events) = refresh(&engine, &connector, session()).await;
        assert_eq!(result.expect_err("it fails").code.as_str(), code);
        assert_eq!(left.outputs, session().outputs);
        let failed = events.iter().any(|event| {
            let status = RefreshStatus::Failed;
            matches!(event, RunEvent::RefreshFinished { status: found, .. } if *found == status)
        });
        assert!(failed, "{code}: {events:?}");
        if attempts > 0 {
            assert_eq!(server.requests().len(), attempts);
        }
    }
}

#[tokio::test]
async fn the_expiry_after_a_refresh_is_that_of_what_was_renewed() {
    let server = serve(vec![(
        "/renew",
        vec![Answer::json(json!({ "token": "new", "ttl": 120 }))],
    )])
    .await;
    let over = cached(
        json!({ "login": { "body": { "token": "old" }, "expires_in": 60 } }),
        Some(NOW - 5),
    );
    let (engine, _) = engine();
    for (updates, expected) in [
        (
            json!([{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]),
            None,
        ),
        (
            json!([
                { "target": "login.body.token", "value": "{{ renew.body.token }}" },
                { "target": "login.expires_in", "value": "{{ renew.body.ttl }}" },
            ]),
            Some(NOW + 120),
        ),
    ] {
        let mut auth = with_steps(&updates);
        auth["refresh"]["steps"][0]["request"]["body"] = json!({ "type": "none" });
        let connector = connector(server.origin(), &auth);
        let (result, left, _) = refresh(&engine, &connector, over.clone()).await;
        result.expect("renewed");
        assert_eq!(left.expires_at, expected);
    }
}

fn same_as_auth_flow(stored: bool, one_time: bool) -> Value {
    json!({
        "method": "multistep",
        "steps": [
            { "id": "signin", "type": "form", "title": "Sign in", "fields": [
                { "key": "name", "label": "Name", "type": "text" },
                { "key": "code", "label": "Code", "type": "password", "one_time": one_time } ] },
            { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login",
                "body": { "type": "json", "value": { "name": "{{ signin.name }}" } } } } ],
        "refresh": { "mode": "same_as_auth_flow", "use_stored_credentials": stored },
        "request_parameters": [
            { "location": "header", "name": "X-Token", "value": "{{ login.body.token }}" } ],
    })
}

#[tokio::test]
async fn r4_r5_the_auth_flow_runs_again_with_what_was_given_before() {
    let server = serve(vec![
        ("/me", vec![Answer::status(401), Answer::status(200)]),
        ("/login", vec![Answer::json(json!({ "token": "new" }))]),
    ])
    .await;
    let connector = connector(server.origin(), &same_as_auth_flow(true, false));
    let session = cached(
        json!({ "signin": { "name": "ada", "code": "s3cret" }, "login": { "body": { "token": "old" } } }),
        None,
    );
    let (engine, _) = engine();
    let called = call(&engine, &connector, session).await;
    assert_eq!(called.status(), 200);
    assert_eq!(called.left.outputs["login"]["body"]["token"], "new");
    assert!(server.requests()[1].text().contains("ada"));
    // The form was not asked.
    assert!(
        !called
            .events
            .iter()
            .any(|event| matches!(event, RunEvent::FormRequested { .. }))
    );
}

#[tokio::test]
async fn f15_z32b_a_refresh_that_would_need_its_person_says_so_and_never_asks() {
    for (stored, one_time, outputs) in [
        (false, false, json!({ "name": "ada", "code": "x" })),
        (true, true, json!({ "name": "ada" })),
        (true, false, json!({ "name": "ada" })),
    ] {
        let server = serve(vec![("/me", vec![Answer::status(401)])]).await;
        let connector = connector(server.origin(), &same_as_auth_flow(stored, one_time));
        let session = cached(
            json!({ "signin": outputs, "login": { "body": { "token": "old" } } }),
            None,
        );
        let (engine, _) = engine();
        let called = call(&engine, &connector, session.clone()).await;
        assert_eq!(called.fault().code.as_str(), "session.needs_you");
        assert!(called.needs_you);
        assert_eq!(called.left.outputs, session.outputs);
        assert_eq!(server.requests().len(), 1);
    }
}
