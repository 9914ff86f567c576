//! `latchwork test` where something goes wrong: the last word is `run_finished`, and the exit status says what.

mod support;

use latchwork_testkit::{Answer, Fault, FaultServer, Route};
use serde_json::{Value, json};
use support::{
    Done, PASSWORD, Server, TOKEN, Workspace, form_connector, open_connector, with_answers,
};

fn test_json(workspace: &Workspace, file: &str) -> Done {
    workspace.run(&with_answers(&["test", file, "--json"]))
}

/// The last line, which is `run_finished` with an error that has all its members.
#[track_caller]
fn last_error(done: &Done) -> Value {
    let last = done.json_lines().pop().expect("a line");
    assert_eq!(last["event"], "run_finished");
    assert_eq!(last["ok"], false);
    for member in ["code", "message", "hint"] {
        assert!(
            last["error"][member].is_string(),
            "{member} is missing: {last}"
        );
    }
    last["error"].clone()
}

#[test]
fn a_failed_step_ends_with_1_and_run_finished_is_the_last_word() {
    let workspace = Workspace::new();
    let refused = Answer {
        body: Some(json!({ "error": "bad password" })),
        ..Answer::status(401)
    };
    let server = Server::start(vec![Route::new("/login", refused)]);
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = test_json(&workspace, &file).ends(1);
    let events = done.json_lines();
    let (last, step) = (events.last().unwrap(), &events[events.len() - 2]);
    assert_eq!(
        (&step["event"], &step["status"]),
        (&json!("step_finished"), &json!("failed"))
    );
    assert_eq!(step["outputs"], json!({}));
    assert_eq!(last["event"], "run_finished");
    assert_eq!(last["ok"], false);
    assert_eq!(last["error"]["code"], "step.unexpected_status");
    assert_eq!(last["error"]["step"], "login");
    assert_eq!(last_error(&done), last["error"]);
    assert!(
        done.stderr.contains("step.unexpected_status"),
        "{}",
        done.stderr
    );
}

#[test]
fn a_test_request_that_is_refused_ends_with_1() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = open_connector(server.origin());
    connector["test"]["request"]["url"] = json!("/missing");
    let file = workspace.connector("open.connector.json", &connector);
    let events = workspace
        .run(&["test", &file, "--json"])
        .ends(1)
        .json_lines();
    assert_eq!(
        events
            .iter()
            .map(|event| event["event"].as_str().unwrap())
            .collect::<Vec<_>>(),
        ["run_started", "test_finished", "run_finished"]
    );
    assert_eq!(events[1]["status"], 404);
    assert_eq!(events[2]["error"]["code"], "step.unexpected_status");
}

#[test]
fn a_missing_answer_without_a_terminal_ends_with_3() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let arguments = [
        "test",
        &file,
        "--json",
        "--input",
        "ask.email=ada@example.com",
    ];
    let done = workspace.run(&arguments).ends(3);
    let last = json!({ "error": last_error(&done) });
    assert_eq!(last["error"]["code"], "input.needed");
    assert!(
        last["error"]["message"]
            .as_str()
            .unwrap()
            .contains("password"),
        "{last}"
    );
    assert!(
        last["error"]["hint"].as_str().unwrap().contains("--input"),
        "{last}"
    );
    // What is piped in is no person.
    workspace
        .latchwork(&arguments)
        .stdin("pw\npw\n")
        .run()
        .ends(3);
    assert_eq!(server.requests().len(), 0);
}

#[test]
fn an_answer_that_is_no_email_address_ends_with_1() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let arguments = [
        "test",
        &file,
        "--json",
        "--input",
        "ask.email=ada",
        "--input",
        "ask.password=pw",
    ];
    let last = workspace
        .run(&arguments)
        .ends(1)
        .json_lines()
        .pop()
        .unwrap();
    assert_eq!(last["error"]["code"], "form.invalid_email");
    assert_eq!(last["error"]["step"], "ask");
    let arguments = [
        "test",
        &file,
        "--json",
        "--input",
        "ask.email=a@b.example",
        "--input",
        "ask.password=",
    ];
    let last = workspace
        .run(&arguments)
        .ends(1)
        .json_lines()
        .pop()
        .unwrap();
    assert_eq!(last["error"]["code"], "form.required");
}

#[test]
fn a_server_that_never_answers_is_given_up_after_the_timeout() {
    let workspace = Workspace::new();
    let server = Server::start(vec![Route::new("/login", Answer::fault(Fault::Hang))]);
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let done = workspace
        .run(&with_answers(&[
            "test",
            &file,
            "--json",
            "--timeout",
            "0.2",
        ]))
        .ends(1);
    assert_eq!(
        done.json_lines().pop().unwrap()["error"]["code"],
        "http.timeout"
    );
    for wrong in ["0", "-1", "soon", "NaN"] {
        workspace
            .run(&with_answers(&[
                "test",
                &file,
                &format!("--timeout={wrong}"),
            ]))
            .ends(2);
    }
}

#[test]
fn nobody_at_the_address_is_told_as_no_connection() {
    let workspace = Workspace::new();
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let (origin, _port) = runtime.block_on(async { FaultServer::refused_origin() });
    let file = workspace.connector("acme.connector.json", &form_connector(&origin));
    let done = test_json(&workspace, &file).ends(1);
    assert_eq!(
        done.json_lines().pop().unwrap()["error"]["code"],
        "http.connect"
    );
    done.says_no(PASSWORD);
}

#[test]
fn an_origin_out_of_an_answer_needs_allow_origin() {
    let (workspace, other) = (Workspace::new(), Server::provider());
    let login = Answer::json(json!({ "token": TOKEN, "instance": other.origin() }));
    let server = Server::start(vec![Route::new("/login", login)]);
    let mut connector = form_connector(server.origin());
    connector["test"]["request"]["url"] = json!("{{ login.body.instance }}/me");
    let file = workspace.connector("acme.connector.json", &connector);
    let refused = test_json(&workspace, &file)
        .ends(1)
        .json_lines()
        .pop()
        .unwrap();
    assert_eq!(refused["error"]["code"], "origin.not_allowed");
    assert_eq!(other.requests().len(), 0);
    workspace
        .run(&with_answers(&[
            "test",
            &file,
            "--allow-origin",
            other.origin(),
        ]))
        .ends(0);
    assert_eq!(other.count("/me"), 1);
    workspace
        .run(&with_answers(&[
            "test",
            &file,
            "--allow-origin",
            "not an origin",
        ]))
        .ends(2);
}

#[test]
fn a_flow_without_a_file_or_with_a_broken_one_ends_with_2() {
    let workspace = Workspace::new();
    let broken = workspace.write("broken.connector.json", "{}");
    assert_eq!(
        workspace
            .run(&["test", &broken, "--json"])
            .ends(2)
            .error_code(),
        "file.invalid"
    );
    assert_eq!(
        workspace
            .run(&["test", "./none.connector.json", "--json"])
            .ends(2)
            .error_code(),
        "file.not_found"
    );
    assert_eq!(
        workspace
            .run(&["test", "Nobody", "--json"])
            .ends(2)
            .error_code(),
        "file.not_found"
    );
}

/// How a login may answer, and the code that it ends with where there is no token in it.
#[test]
fn a_login_that_answers_rubbish_fails_with_what_came() {
    let html = "<html><body>Maintenance</body></html>";
    let answer = |body: &str| Answer {
        body: Some(json!(body)),
        ..Answer::default()
    };
    let cases = [
        ("template.undefined", answer(html)),
        ("template.undefined", Answer::status(200)),
        (
            "template.undefined",
            Answer {
                body_base64: Some("/////w==".to_owned()),
                ..Answer::default()
            },
        ),
        ("step.unexpected_status", Answer::status(500)),
        (
            "http.too_large",
            Answer::fault(Fault::Huge(50 * 1024 * 1024)),
        ),
        (
            "http.too_large",
            Answer::fault(Fault::GzipBomb(50 * 1024 * 1024)),
        ),
        ("http.timeout", Answer::fault(Fault::HangAfterHeaders)),
    ];
    for (code, login) in cases {
        let workspace = Workspace::new();
        let shown = format!("{login:?}");
        let me = Answer::json(json!({ "name": "Ada" }));
        let server = Server::start(vec![Route::new("/login", login), Route::new("/me", me)]);
        let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
        let arguments = with_answers(&["test", &file, "--json", "--timeout", "5"]);
        let arguments = if code == "http.timeout" {
            with_answers(&["test", &file, "--json", "--timeout", "0.3"])
        } else {
            arguments
        };
        let done = workspace.run(&arguments).ends(1);
        assert_eq!(last_error(&done)["code"], code, "{shown}");
        assert!(
            done.stdout.len() < 512 * 1024,
            "{} bytes: {shown}",
            done.stdout.len()
        );
        assert_eq!(server.count("/me"), 0, "{shown}");
        done.says_no(PASSWORD);
    }
}

#[test]
fn z24_a_login_that_redirects_elsewhere_takes_nothing_along() {
    let (workspace, other) = (Workspace::new(), Server::provider());
    let mut redirect = Answer::status(307);
    let location = latchwork_testkit::HeaderValues::One(format!("{}/echo", other.origin()));
    redirect.headers.insert("Location".to_owned(), location);
    let server = Server::start(vec![Route::new("/login", redirect)]);
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    test_json(&workspace, &file).ends(1).says_no(PASSWORD);
    for request in other.requests() {
        assert_eq!(request.text(), "");
        assert_eq!(request.header("authorization"), None);
    }
}

#[test]
fn an_undefined_name_says_which_expression_and_the_nearest_name() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["auth"]["request_parameters"][0]["value"] = json!("Bearer {{ login.body.tokne }}");
    let file = workspace.connector("acme.connector.json", &connector);
    let error = last_error(&test_json(&workspace, &file).ends(1));
    assert_eq!(error["code"], "template.undefined");
    let words = format!("{} {}", error["message"], error["hint"]);
    assert!(words.contains("login.body.tokne"), "{words}");
    assert!(words.contains("token"), "{words}");
}
