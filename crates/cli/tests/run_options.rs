//! What `test`, `call` and `login` are given: answers, variables, and what is wrong with them.

mod support;

use serde_json::{Value, json};
use support::{Server, Workspace, form_connector, open_connector, with_answers};

#[test]
fn a_missing_answer_ends_with_3_and_a_refused_one_with_1() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = workspace.run(&["call", &file, "bytes", "--json"]).ends(3);
    assert_eq!(done.error_code(), "input.needed");
    assert_eq!(done.json()["error"]["step"], "ask");
    let arguments = [
        "call",
        &file,
        "bytes",
        "--json",
        "--input",
        "ask.email=nobody",
        "--input",
        "ask.password=pw",
    ];
    assert_eq!(
        workspace.run(&arguments).ends(1).error_code(),
        "form.invalid_email"
    );
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn answers_come_from_a_file_and_the_command_line_wins() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.write(
        "answers.json",
        json!({ "ask": { "email": "file@example.com", "password": "of the file" } }).to_string(),
    );
    let arguments = [
        "call",
        &file,
        "bytes",
        "--input-file",
        "answers.json",
        "--input",
        "ask.email=line@example.com",
    ];
    workspace.run(&arguments).ends(0);
    let sent: Value = serde_json::from_str(&server.seen("/login").text()).unwrap();
    assert_eq!(
        sent,
        json!({ "user": "line@example.com", "password": "of the file" })
    );
}

#[test]
fn variables_come_from_line_file_and_environment() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = open_connector(server.origin());
    connector["variables"] = json!([{ "name": "tenant", "value": "of the connector" }, { "name": "api_key", "secret": true }]);
    connector["auth"] = json!({ "method": "api_key", "location": "header", "name": "X-Key", "value": "{{ vars.api_key }}" });
    let file = workspace.connector("keys.connector.json", &connector);
    workspace.write("vars.json", json!({ "api_key": "of the file" }).to_string());
    let call = |extra: &[&str], environment: &[(&str, &str)]| {
        let arguments = [&["call", file.as_str(), "GET /echo/k", "--json"], extra].concat();
        let mut command = workspace.latchwork(&arguments);
        for (name, value) in environment {
            command = command.env(name, value);
        }
        command.run()
    };
    let key = |done: support::Done| done.ends(0).json()["body"]["headers"]["x-key"].clone();
    let environment = [("LATCHWORK_VAR_api_key", "of the environment")];
    assert_eq!(key(call(&[], &environment)), "of the environment");
    assert_eq!(
        key(call(&[], &[("LATCHWORK_VAR_API_KEY", "in capitals")])),
        "in capitals"
    );
    assert_eq!(
        key(call(&["--var-file", "vars.json"], &environment)),
        "of the file"
    );
    let both = ["--var-file", "vars.json", "--var", "api_key=of=the line"];
    assert_eq!(key(call(&both, &environment)), "of=the line");
    let missing = call(&[], &[]).ends(3);
    assert!(
        missing.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("api_key")
    );
    call(&["--var", "nothing=1"], &[]).ends(2);
}

#[test]
fn wrong_usage_ends_with_2_and_asks_nobody() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.write("list.json", "[]");
    let wrong: &[&[&str]] = &[
        &["get_contcat"],
        &["get_contact"],
        &["get_contact", "--param", "id=seven"],
        &["get_contact", "--param", "id=1", "--param", "other=2"],
        &["get_contact", "--param", "id"],
        &["GET /x", "--param", "id=1"],
        &["GET x"],
        &["bytes", "--query", "=1"],
        &["bytes", "--header", "Name"],
        &["bytes", "--input", "ask.email"],
        &["bytes", "--input", "email=x"],
        &["bytes", "--input", "nobody.email=x"],
        &["bytes", "--input", "ask.emial=x"],
        &["bytes", "--input-file", "list.json"],
        &["bytes", "--input-file", "none.json"],
        &["bytes", "--timeout", "0"],
        &["bytes", "--allow-origin", "x"],
        &["bytes", "--bogus"],
    ];
    for extra in wrong {
        let arguments = with_answers(&[&["call", file.as_str()], *extra, &["--json"]].concat());
        let done = workspace.run(&arguments).ends(2);
        assert!(!done.error_code().is_empty());
        assert!(!done.stderr.is_empty());
    }
    workspace.run(&["call", &file]).ends(2);
    let known = ["/login", "/bytes", "/x"].map(|path| server.count(path));
    assert_eq!(known[1..], [0, 0], "nothing was called");
}
