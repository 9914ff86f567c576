//! `latchwork test`: *Test auth steps*, then the test request, told as it happens.

mod support;

use serde_json::{Value, json};
use support::{
    Done, EMAIL, PASSPHRASE, PASSWORD, Server, TOKEN, Workspace, form_connector, with_answers,
};

fn test_json(workspace: &Workspace, file: &str) -> Done {
    workspace.run(&with_answers(&["test", file, "--json"]))
}

fn names(events: &[Value]) -> Vec<&str> {
    events
        .iter()
        .map(|event| event["event"].as_str().expect("a name"))
        .collect()
}

fn has(event: &Value, members: &[&str]) {
    for member in members {
        assert!(
            event.get(member).is_some(),
            "`{member}` is missing: {event}"
        );
    }
}

#[test]
fn events_come_in_order_with_the_members_of_the_contract() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let events = test_json(&workspace, &file).ends(0).json_lines();
    assert_eq!(
        names(&events),
        [
            "run_started",
            "step_started",
            "form_requested",
            "step_finished",
            "step_started",
            "step_finished",
            "test_finished",
            "run_finished",
        ]
    );
    assert!(events[0]["run"].is_string(), "{}", events[0]);
    assert_eq!(
        (&events[1]["step"], &events[1]["type"]),
        (&json!("ask"), &json!("form"))
    );
    assert_eq!(events[2]["step"], "ask");
    assert_eq!(events[2]["fields"][1]["key"], "password");
    assert_eq!(
        (&events[4]["step"], &events[4]["type"]),
        (&json!("login"), &json!("api_request"))
    );
    for event in [&events[3], &events[5]] {
        has(event, &["step", "status", "duration_ms", "outputs"]);
        assert_eq!(event["status"], "ok");
        assert!(event["duration_ms"].is_u64());
    }
    assert!(
        events[3].get("exchange").is_none(),
        "a form sends nothing: {}",
        events[3]
    );
    assert_eq!(events[5]["exchange"]["response"]["status"], 200);
    assert_eq!(events[5]["outputs"]["body"]["plan"], "gold");
    has(&events[6], &["status", "duration_ms", "body"]);
    assert_eq!(events[6]["status"], 200);
    assert_eq!(events[6]["body"]["name"], "Ada");
    has(&events[7], &["ok", "duration_ms"]);
    assert_eq!(events[7]["ok"], true);
    assert!(events[7].get("error").is_none(), "{}", events[7]);
}

#[test]
fn secrets_are_masked_wherever_they_turn_up() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = test_json(&workspace, &file).ends(0);
    done.says_no(PASSWORD).says_no(TOKEN);
    let events = done.json_lines();
    assert_eq!(
        events[3]["outputs"],
        json!({ "email": EMAIL, "password": "•••" })
    );
    assert_eq!(events[5]["outputs"]["body"]["token"], "•••");
    // Not a member that is named like a secret: the same value elsewhere.
    assert_eq!(events[6]["body"]["seen"], "•••");
    let people = workspace.run(&with_answers(&["test", &file, "-v"])).ends(0);
    people.says_no(PASSWORD).says_no(TOKEN);
    assert!(people.text().contains("•••"));
}

#[test]
fn reveal_shows_secrets_and_keeps_none_of_them() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let events = workspace
        .run(&with_answers(&["test", &file, "--json", "--reveal"]))
        .ends(0)
        .json_lines();
    assert_eq!(events[3]["outputs"]["password"], PASSWORD);
    assert_eq!(events[5]["outputs"]["body"]["token"], TOKEN);
    workspace.assert_keeps_no(PASSWORD);
    workspace.assert_keeps_no(TOKEN);
}

#[test]
fn z29_the_history_is_kept_masked_and_nothing_else_is() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["test", &file])).ends(0);
    workspace.assert_keeps_no(PASSWORD);
    workspace.assert_keeps_no(TOKEN);
    let kept: String = workspace
        .files_below("data")
        .into_iter()
        .map(|(_, text)| text)
        .collect();
    assert!(kept.contains("step_finished"), "the history is not there");
    assert_eq!(
        workspace.run_kept(&["accounts", "--json"]).ends(0).json(),
        json!([])
    );
    // What was tested is no session: a call asks anew.
    let call = workspace
        .run_kept(&["call", &file, "bytes", "--json"])
        .ends(3);
    assert_eq!(call.error_code(), "input.needed");
}

#[test]
fn a_test_reads_no_cache() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    workspace.run_kept(&["test", &file]).ends(3);
    workspace.run_kept(&with_answers(&["test", &file])).ends(0);
    assert_eq!(server.count("/login"), 2);
}

#[test]
fn the_simple_test_request_takes_the_form_values_but_no_password() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    test_json(&workspace, &file).ends(0);
    let requests = server.requests();
    let me = requests
        .iter()
        .find(|request| request.target.starts_with("/me"))
        .unwrap();
    assert_eq!(me.target, "/me?email=ada%40example.com");
    assert_eq!(me.header("authorization"), Some(format!("Bearer {TOKEN}")));
}

#[test]
fn a_skipped_step_says_so_and_leaves_nothing() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    let steps = connector["auth"]["steps"].as_array_mut().unwrap();
    steps.push(
        json!({ "id": "extra", "type": "api_request", "when": "{{ login.body.plan == 'free' }}",
        "request": { "method": "GET", "url": "/extra" } }),
    );
    let file = workspace.connector("acme.connector.json", &connector);
    let events = test_json(&workspace, &file).ends(0).json_lines();
    let skipped = events
        .iter()
        .find(|event| event["step"] == "extra" && event["event"] == "step_finished")
        .unwrap();
    assert_eq!(skipped["status"], "skipped");
    assert_eq!(skipped["outputs"], json!({}));
    assert_eq!(server.count("/extra"), 0);
}

#[test]
fn people_read_the_report_on_standard_output() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = workspace
        .latchwork(&with_answers(&["test", &file]))
        .env("LATCHWORK_PASSPHRASE", PASSPHRASE)
        .run()
        .ends(0);
    for word in ["ask", "login", "test request", "200", "login.body"] {
        assert!(done.text().contains(word), "{word}: {}", done.text());
    }
    let quiet = workspace
        .run(&with_answers(&["test", &file, "--quiet"]))
        .ends(0);
    assert_eq!(quiet.stderr, "");
}

#[test]
fn until_ends_after_a_step_and_sends_no_test_request() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let events = workspace
        .run(&with_answers(&["test", &file, "--until", "ask", "--json"]))
        .ends(0)
        .json_lines();
    assert_eq!(
        names(&events),
        [
            "run_started",
            "step_started",
            "form_requested",
            "step_finished",
            "run_finished",
        ]
    );
    let done = workspace.run(&with_answers(&["test", &file, "--until", "nowhere"]));
    assert!(done.ends(2).stderr.contains("nowhere"));
}
