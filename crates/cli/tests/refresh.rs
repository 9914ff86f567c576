//! Sessions that stay alive, over processes: R1 to R8, F7, F8, F9, and `latchwork refresh`.

#![allow(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod support;

use latchwork_testkit::oidc::OidcOptions;
use latchwork_testkit::{Answer, Route};
use serde_json::{Value, json};
use support::{Done, Server, Workspace, call, login, signed_in, text};

/// A login by an API, and a refresh flow of one request; the session's own token is `first`.
fn steps_connector(server: &Server, on: &Value) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Steps", "kind": "rest", "base_url": server.origin(),
        "auth": {
            "method": "multistep",
            "steps": [{ "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login" } }],
            "refresh": {
                "mode": "steps", "on": on,
                "steps": [{ "id": "renew", "type": "api_request",
                    "request": { "method": "POST", "url": "/renew",
                        "body": { "type": "json", "value": { "with": "{{ login.body.renewal }}" } } } }],
                "updates": [{ "target": "login.body.token", "value": "{{ renew.body.token }}" }]
            },
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ]
        },
        "endpoints": [{ "id": "me", "name": "Me", "request": { "method": "POST", "url": "/me",
            "body": { "type": "json", "value": { "sent": "again" } } } }]
    })
}

fn steps_server(me: Vec<Answer>, renew: Vec<Answer>) -> Server {
    let route = |path: &str, answers: Vec<Answer>| Route {
        method: None,
        path: path.to_owned(),
        answers,
    };
    let login = Answer::json(json!({ "token": "first-token", "renewal": "renewal-token" }));
    Server::start(vec![
        route("/login", vec![login]),
        route("/me", me),
        route("/renew", renew),
    ])
}

fn over() -> Answer {
    Answer::status(401)
}

fn good() -> Answer {
    Answer::json(json!({ "name": "Ada" }))
}

fn renewed() -> Answer {
    Answer::json(json!({ "token": "second-token" }))
}

#[test]
fn r1_a_401_renews_the_session_and_the_call_is_made_once_more() {
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "cached");
    provider.expire_access_tokens();
    let done = call(&workspace, &file).ends(0);
    assert_eq!(done.json()["auth"], "refreshed");
    assert_eq!(done.json()["status"], 200);
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "cached");
    assert_eq!(provider.counts().token_requests("refresh_token"), 1);
    // The rotated refresh token is the one that is kept.
    provider.expire_access_tokens();
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "refreshed");
    assert_eq!(provider.counts().token_refusals("refresh_token"), 0);
}

#[test]
fn r1_r3_the_refresh_flow_updates_the_outputs_and_the_body_is_sent_again() {
    let server = steps_server(vec![over(), good()], vec![renewed()]);
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &json!({})));
    let done = call(&workspace, &file).ends(0);
    assert_eq!(done.json()["auth"], "refreshed");
    let sent: Vec<_> = server.requests();
    let me: Vec<_> = sent
        .iter()
        .filter(|request| request.target == "/me")
        .collect();
    assert_eq!(me.len(), 2);
    assert_eq!(
        me[0].header("authorization").as_deref(),
        Some("Bearer first-token")
    );
    assert_eq!(
        me[1].header("authorization").as_deref(),
        Some("Bearer second-token")
    );
    assert_eq!(me[1].body, me[0].body);
    // What the refresh flow left is what is cached.
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "cached");
    let last = server.requests().pop().expect("a request");
    assert_eq!(
        last.header("authorization").as_deref(),
        Some("Bearer second-token")
    );
    done.says_no("second-token").says_no("renewal-token");
    workspace.assert_keeps_no("second-token");
    workspace.assert_keeps_no("renewal-token");
}

#[test]
fn r6_an_answer_of_200_with_an_error_in_it_starts_a_refresh() {
    let ended = Answer::json(json!({ "error": "session_expired" }));
    let server = steps_server(vec![ended, good()], vec![renewed()]);
    let on = json!({ "when": "{{ body.error == 'session_expired' }}" });
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &on));
    let done = call(&workspace, &file).ends(0).json();
    assert_eq!(
        (&done["auth"], &done["body"]["name"]),
        (&json!("refreshed"), &json!("Ada"))
    );
}

#[test]
fn f9_a_401_that_stays_is_given_after_one_refresh() {
    let server = steps_server(vec![over()], vec![renewed()]);
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &json!({})));
    let done = call(&workspace, &file).ends(1);
    assert_eq!(
        (&done.json()["status"], &done.json()["auth"]),
        (&json!(401), &json!("refreshed"))
    );
    assert!(done.stderr.contains("renewed session"), "{}", done.stderr);
    assert_eq!((server.count("/renew"), server.count("/me")), (1, 2));
}

#[test]
fn f10_a_403_is_no_reason_to_renew() {
    let server = steps_server(vec![Answer::status(403)], vec![renewed()]);
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &json!({})));
    assert_eq!(call(&workspace, &file).ends(1).json()["status"], 403);
    assert_eq!(server.count("/renew"), 0);
}

#[test]
fn f8_a_429_is_waited_for_and_costs_nobody_the_session() {
    let mut busy = Answer::status(429);
    busy.headers.insert(
        "retry-after".to_owned(),
        serde_json::from_value(json!("1")).unwrap(),
    );
    let server = steps_server(vec![over(), good()], vec![busy, renewed()]);
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &json!({})));
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "refreshed");
    assert_eq!(server.count("/renew"), 2);
}

#[test]
fn r8_a_fault_that_stays_is_said_and_the_session_is_kept() {
    let server = steps_server(
        vec![over(), over(), good()],
        vec![
            Answer::status(503),
            Answer::status(503),
            Answer::status(503),
            renewed(),
        ],
    );
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &steps_connector(&server, &json!({})));
    let done = call(&workspace, &file).ends(1);
    assert_eq!(done.error_code(), "refresh.failed");
    assert!(done.text().contains("503"), "{}", done.text());
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "refreshed");
    assert_eq!(server.count("/login"), 1, "nobody had to sign in again");
}

#[test]
fn f7_r8_a_refused_refresh_asks_to_sign_in_again_once_and_for_all() {
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    provider.revoke_tokens();
    let done = call(&workspace, &file).ends(3);
    assert_eq!(done.error_code(), "session.needs_you");
    assert!(
        done.text().contains("grant"),
        "the provider's words: {}",
        done.text()
    );
    // The provider has said so, and is not asked again.
    assert_eq!(
        call(&workspace, &file).ends(3).error_code(),
        "session.needs_you"
    );
    assert_eq!(provider.counts().token_requests("refresh_token"), 1);
    let accounts = workspace
        .run_kept(&["accounts", &file, "--json"])
        .ends(0)
        .json();
    assert_eq!(accounts[0]["state"], "needs_you");
    login(&workspace, &file, &[]);
    let accounts = workspace
        .run_kept(&["accounts", &file, "--json"])
        .ends(0)
        .json();
    assert_eq!(accounts[0]["state"], "signed_in");
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "cached");
}

#[test]
fn refresh_renews_what_is_cached_and_says_what_took_new_values() {
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    let done = workspace
        .run_kept(&["refresh", &file, "--json"])
        .ends(0)
        .json();
    assert_eq!(
        (
            &done["connector"],
            &done["account"],
            &done["refreshed"],
            &done["updated"]
        ),
        (
            &json!("Harbour"),
            &json!("default"),
            &json!(true),
            &json!(["signin"])
        )
    );
    assert!(done["expires_at"].is_i64());
    assert_eq!(provider.counts().token_requests("refresh_token"), 1);
    let done = workspace.run_kept(&["refresh", &file]).ends(0);
    assert!(done.stderr.contains("renewed"), "{}", done.stderr);
    workspace.run_kept(&["logout", &file]).ends(0);
    let done = workspace.run_kept(&["refresh", &file, "--json"]).ends(3);
    assert_eq!(done.error_code(), "session.needs_you");
}

#[test]
fn refresh_says_where_there_is_nothing_to_renew_with() {
    let server = steps_server(vec![good()], vec![renewed()]);
    let mut connector = steps_connector(&server, &json!({}));
    connector["auth"]["refresh"] = json!({ "mode": "none" });
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &connector);
    workspace.run_kept(&["login", &file]).ends(0);
    let done = workspace.run_kept(&["refresh", &file, "--json"]).ends(1);
    assert_eq!(done.error_code(), "refresh.failed");
}

/// A form and a login, whose refresh is the auth flow again: a call that meets a 401, and how often it logged in.
fn same_as_auth_flow(use_stored_credentials: bool) -> (Done, usize) {
    let server = steps_server(vec![over(), good()], vec![]);
    let mut connector = steps_connector(&server, &json!({}));
    let auth = &mut connector["auth"];
    auth["refresh"] = json!({
        "mode": "same_as_auth_flow", "use_stored_credentials": use_stored_credentials
    });
    auth["steps"] = json!([
        { "id": "ask", "type": "form", "title": "Who are you?",
          "fields": [{ "key": "pin", "label": "PIN", "type": "password" }] },
        { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login",
          "body": { "type": "json", "value": { "pin": "{{ ask.pin }}" } } } },
    ]);
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &connector);
    workspace
        .run_kept(&["login", &file, "--input", "ask.pin=p1n-canary-9"])
        .ends(0);
    let done = call(&workspace, &file);
    done.says_no("p1n-canary-9");
    (done, server.count("/login"))
}

#[test]
fn r4_r5_the_auth_flow_is_run_again_with_what_was_answered_before() {
    let (done, logins) = same_as_auth_flow(true);
    assert_eq!(done.ends(0).json()["auth"], "refreshed");
    assert_eq!(logins, 2);
    let (done, logins) = same_as_auth_flow(false);
    assert_eq!(done.ends(3).error_code(), "session.needs_you");
    assert_eq!(
        logins, 1,
        "the form is not answered behind its person's back"
    );
}

#[test]
fn test_tells_of_the_renewal_within_the_run() {
    let server = steps_server(vec![over(), good()], vec![renewed()]);
    let mut connector = steps_connector(&server, &json!({}));
    connector["test"] = json!({ "request": { "method": "GET", "url": "/me" } });
    let workspace = Workspace::new();
    let file = workspace.connector("a.connector.json", &connector);
    let events = workspace
        .run(&["test", &file, "--json"])
        .ends(0)
        .json_lines();
    let names: Vec<&str> = events.iter().map(|event| text(&event["event"])).collect();
    assert_eq!(
        names,
        [
            "run_started",
            "step_started",
            "step_finished",
            "call_refused",
            "refresh_started",
            "step_started",
            "step_finished",
            "refresh_finished",
            "test_finished",
            "run_finished",
        ]
    );
    assert_eq!(events[3]["status"], 401);
    assert_eq!(events[4]["reason"], "status_401");
    assert_eq!(events[7]["status"], "ok");
    assert_eq!(events[7]["updated"], json!(["login.body.token"]));
    assert_eq!(events[8]["status"], 200);
}

#[test]
fn k3_accounts_are_apart_and_named_by_who_they_are() {
    let (workspace, provider, file) = signed_in(&OidcOptions::default());
    login(&workspace, &file, &["--account", "Work"]);
    let accounts = workspace
        .run_kept(&["accounts", &file, "--json"])
        .ends(0)
        .json();
    let names: Vec<&str> = accounts
        .as_array()
        .unwrap()
        .iter()
        .map(|account| text(&account["account"]))
        .collect();
    assert_eq!(names, ["default", "Work"], "{accounts}");
    for account in accounts.as_array().unwrap() {
        assert!(account["label"].is_string(), "{account}");
        assert_eq!(account["active"], account["account"] == "default");
    }
    provider.expire_access_tokens();
    let work = ["call", &file, "me", "--json", "--account", "Work"];
    assert_eq!(
        workspace.run_kept(&work).ends(0).json()["auth"],
        "refreshed"
    );
    workspace
        .run_kept(&["logout", &file, "--account", "Work"])
        .ends(0);
    workspace.run_kept(&work).ends(3);
    assert_eq!(call(&workspace, &file).ends(0).json()["auth"], "refreshed");
}
