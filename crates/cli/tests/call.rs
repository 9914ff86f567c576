//! `latchwork call`: an authenticated call, its answer's body on standard output.

mod support;

use serde_json::{Value, json};
use support::{
    BYTES, PASSWORD, Server, TOKEN, Workspace, form_connector, open_connector, with_answers,
};

#[test]
fn the_body_is_on_standard_output_byte_for_byte() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("open.connector.json", &open_connector(server.origin()));
    for target in ["bytes", "GET /bytes"] {
        assert_eq!(
            workspace.run(&["call", &file, target]).ends(0).stdout,
            BYTES
        );
    }
    let empty = Server::start(vec![latchwork_testkit::Route::new(
        "/bytes",
        latchwork_testkit::Answer::status(204),
    )]);
    let file = workspace.connector("empty.connector.json", &open_connector(empty.origin()));
    assert_eq!(workspace.run(&["call", &file, "bytes"]).ends(0).stdout, b"");
}

#[test]
fn an_endpoint_takes_its_inputs_and_the_request_parameters() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace
        .run(&with_answers(&[
            "call",
            &file,
            "get_contact",
            "--param",
            "id=7",
        ]))
        .ends(0);
    let request = server.seen("/echo/contacts/7");
    assert_eq!(request.method, "GET");
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {TOKEN}"))
    );
    assert_eq!(
        server.seen("/login").header("authorization"),
        None,
        "never to the steps"
    );
}

#[test]
fn a_method_and_a_path_are_called_with_the_session() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let arguments = [
        "call",
        &file,
        "patch /echo/x?a=1",
        "--query",
        "b=2 3",
        "--header",
        "X-One=two",
        "--data",
        "{\"n\":  9007199254740993}",
    ];
    workspace.run(&with_answers(&arguments)).ends(0);
    let request = server.seen("/echo/x");
    assert_eq!(
        (request.method.as_str(), request.target.as_str()),
        ("PATCH", "/echo/x?a=1&b=2%203")
    );
    assert_eq!(
        request.text(),
        "{\"n\":  9007199254740993}",
        "sent as it was written"
    );
    assert_eq!(
        request.header("content-type").as_deref(),
        Some("application/json")
    );
    assert_eq!(request.header("x-one").as_deref(), Some("two"));
    assert_eq!(
        request.header("authorization"),
        Some(format!("Bearer {TOKEN}"))
    );
}

#[test]
fn a_method_that_is_none_is_refused_and_never_sent_as_another() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("open.connector.json", &open_connector(server.origin()));
    for target in ["G(T /echo/x", "G\u{c9}T /echo/x"] {
        let done = workspace.run(&["call", &file, target, "--json"]).ends(2);
        assert_eq!(done.error_code(), "input.invalid");
    }
    assert_eq!(server.count("/echo/x"), 0);
}

#[test]
fn data_comes_from_a_file_and_is_no_template() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("open.connector.json", &open_connector(server.origin()));
    let text = "line {{ connector.name }} {% if %} {# c #}\r\nsecond\n";
    workspace.write("body.txt", text);
    workspace
        .run(&[
            "call",
            &file,
            "POST /echo/f",
            "--data",
            "@body.txt",
            "--header",
            "Content-Type=text/csv",
        ])
        .ends(0);
    let request = server.seen("/echo/f");
    assert_eq!(request.text(), text);
    assert_eq!(request.header("content-type").as_deref(), Some("text/csv"));
    workspace
        .run(&[
            "call",
            &file,
            "POST /echo/g",
            "--data",
            "a=1&b=2",
            "--query",
            "q={{ 1 + 1 }}",
        ])
        .ends(0);
    let request = server.seen("/echo/g");
    assert_eq!(
        request.header("content-type").as_deref(),
        Some("application/x-www-form-urlencoded")
    );
    assert_eq!(request.target, "/echo/g?q=%7B%7B%201%20%2B%201%20%7D%7D");
    let missing = workspace
        .run(&[
            "call",
            &file,
            "POST /echo/h",
            "--json",
            "--data",
            "@none.txt",
        ])
        .ends(2);
    assert_eq!(missing.error_code(), "file.not_found");
}

#[test]
fn include_puts_status_and_headers_before_the_body() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("open.connector.json", &open_connector(server.origin()));
    let done = workspace
        .run(&["call", &file, "GET /me", "--include"])
        .ends(0);
    let text = done.text();
    let (head, body) = text.split_once("\n\n").unwrap();
    assert!(head.lines().next().unwrap().contains("200"), "{head}");
    assert!(head.contains("content-type: application/json"), "{head}");
    assert_eq!(serde_json::from_str::<Value>(body).unwrap()["name"], "Ada");
}

#[test]
fn json_names_status_headers_body_duration_and_auth() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let open = workspace.connector("open.connector.json", &open_connector(server.origin()));
    let answer = workspace
        .run(&["call", &open, "GET /me", "--json"])
        .ends(0)
        .json();
    let members: Vec<&String> = answer.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["status", "headers", "body", "duration_ms", "auth"]
    );
    assert_eq!(answer["status"], 200);
    assert_eq!(answer["headers"]["content-type"], "application/json");
    assert_eq!(answer["body"]["name"], "Ada");
    assert!(answer["duration_ms"].is_u64());
    assert_eq!(answer["auth"], "none");
    let bytes = workspace
        .run(&["call", &open, "bytes", "--json"])
        .ends(0)
        .json();
    assert!(bytes["body"].is_string(), "no JSON is text: {bytes}");
}

#[test]
fn k1_cached_outputs_serve_the_next_process() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let first = workspace.run_kept(&with_answers(&[
        "call",
        &file,
        "get_contact",
        "--param",
        "id=1",
        "--json",
    ]));
    assert_eq!(first.ends(0).json()["auth"], "ran");
    let second = workspace
        .run_kept(&["call", &file, "get_contact", "--param", "id=2", "--json"])
        .ends(0);
    assert_eq!(second.json()["auth"], "cached");
    assert_eq!(server.count("/login"), 1);
    assert_eq!(
        server.seen("/echo/contacts/2").header("authorization"),
        Some(format!("Bearer {TOKEN}"))
    );
    workspace.assert_keeps_no(TOKEN);
    workspace.assert_keeps_no(PASSWORD);
}

#[test]
fn an_answer_of_400_or_more_is_printed_and_ends_with_1() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = workspace
        .run(&with_answers(&["call", &file, "missing"]))
        .ends(1);
    assert_eq!(done.json(), json!({ "why": "not here" }));
    assert!(done.stderr.contains("404"), "{}", done.stderr);
    let done = workspace
        .run(&with_answers(&["call", &file, "missing", "--json"]))
        .ends(1);
    assert_eq!(done.json()["status"], 404);
}

#[test]
fn a_failure_is_an_error_object_with_its_step() {
    let workspace = Workspace::new();
    let server = Server::start(vec![latchwork_testkit::Route::new(
        "/login",
        latchwork_testkit::Answer::status(500),
    )]);
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = workspace
        .run(&with_answers(&[
            "call",
            &file,
            "get_contact",
            "--param",
            "id=1",
            "--json",
        ]))
        .ends(1);
    assert_eq!(done.error_code(), "step.unexpected_status");
    assert_eq!(done.json()["error"]["step"], "login");
    let members: Vec<String> = done.json().as_object().unwrap().keys().cloned().collect();
    assert_eq!(members, ["error"]);
    done.says_no(PASSWORD);
}

#[test]
fn z25_a_typed_address_elsewhere_gets_nothing() {
    let (workspace, server, other) = (Workspace::new(), Server::provider(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let target = format!("GET {}/echo", other.origin());
    let done = workspace
        .run(&with_answers(&["call", &file, &target, "--json"]))
        .ends(1);
    assert_eq!(done.error_code(), "origin.not_allowed");
    assert_eq!(other.requests().len(), 0);
}
