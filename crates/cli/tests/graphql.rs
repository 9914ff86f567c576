//! GraphQL on the command line: errors in a 200 answer, and `latchwork introspect`.

mod support;

use latchwork_sandbox::{EMAIL, PASSWORD};
use latchwork_testkit::{Answer, Route};
use serde_json::{Value, json};
use support::{Practice, Server, Workspace};

fn connector(origin: &str, auth: &Value) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Graph", "kind": "graphql", "base_url": format!("{origin}/graphql"),
        "auth": auth,
        "endpoints": [{ "id": "me", "request": { "method": "POST", "url": "",
            "body": { "type": "graphql", "query": "{ me { id } }" } } }]
    })
}

fn open(origin: &str) -> Value {
    connector(origin, &json!({ "method": "none" }))
}

/// A login by a mutation, whose token goes with each query.
fn with_login(origin: &str) -> Value {
    connector(
        origin,
        &json!({ "method": "multistep",
            "steps": [
                { "id": "signin", "type": "form", "title": "Sign in", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" }, { "key": "password", "label": "Password", "type": "password" } ] },
                { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "", "body": { "type": "graphql",
                    "query": "mutation SignIn($email: String!, $password: String!) { login(email: $email, password: $password) { token } }",
                    "variables": { "email": "{{ signin.email }}", "password": "{{ signin.password }}" } } } } ],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.data.login.token }}" } ] }),
    )
}

fn graphql(answers: Vec<Answer>) -> Server {
    Server::start(vec![Route {
        answers,
        ..Route::new("/graphql", Answer::default())
    }])
}

fn schema() -> Value {
    json!({ "__schema": { "queryType": { "name": "Query" },
        "types": [{ "kind": "OBJECT", "name": "Query", "fields": [] }] } })
}

#[test]
fn a_200_answer_with_errors_is_printed_and_fails() {
    let workspace = Workspace::new();
    let answer = json!({ "data": { "me": null }, "errors": [
        { "message": "Nobody is signed in.", "path": ["me"], "extensions": { "code": "UNAUTHENTICATED" } }] });
    let server = graphql(vec![Answer::json(answer.clone())]);
    let file = workspace.connector("graph.connector.json", &open(server.origin()));
    let done = workspace.run(&["call", &file, "me"]).ends(1);
    assert_eq!(
        serde_json::from_slice::<Value>(&done.stdout).unwrap(),
        answer
    );
    for words in ["Nobody is signed in.", "me", "UNAUTHENTICATED"] {
        assert!(done.stderr.contains(words), "{}", done.stderr);
    }
    let done = workspace.run(&["call", &file, "me", "--json"]).ends(1);
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!((&told["status"], &told["body"]), (&json!(200), &answer));
}

#[test]
fn introspect_signs_in_and_prints_the_schema_or_writes_it_to_a_file() {
    let workspace = Workspace::new();
    let provider = Practice::start(&workspace);
    let file = workspace.connector("graph.connector.json", &with_login(&provider.address));
    let (email, password) = (
        format!("signin.email={EMAIL}"),
        format!("signin.password={PASSWORD}"),
    );
    let answers = ["--input", email.as_str(), "--input", password.as_str()];
    let printed = workspace
        .run(&[&["introspect", file.as_str()][..], &answers].concat())
        .ends(0);
    let schema: Value = serde_json::from_slice(&printed.stdout).unwrap();
    let types = schema["data"]["__schema"]["types"].as_array().unwrap();
    assert!(types.iter().any(|one| one["name"] == "Contact"));
    let out = workspace.path("schema.graphql").display().to_string();
    let to_file = [
        "introspect",
        &file,
        "--format",
        "sdl",
        "--out",
        &out,
        "--json",
    ];
    let done = workspace.run(&[&to_file[..], &answers].concat()).ends(0);
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(told["path"], json!(out));
    let sdl = std::fs::read_to_string(&out).unwrap();
    assert!(
        sdl.contains("type Query {") && sdl.contains("login("),
        "{sdl}"
    );
}

#[test]
fn a_schema_file_that_cannot_be_written_leaves_what_was_there() {
    let workspace = Workspace::new();
    let server = graphql(vec![Answer::json(json!({ "data": schema() }))]);
    let file = workspace.connector("graph.connector.json", &open(server.origin()));
    let out = workspace.path("schema.json");
    std::fs::write(&out, "before").unwrap();
    // Nothing can be written beside it.
    let beside = workspace.path("schema.json.part");
    std::fs::create_dir(&beside).unwrap();
    let arguments = ["introspect", &file, "--out", out.to_str().unwrap()];
    workspace.run(&arguments).ends(2);
    assert_eq!(std::fs::read_to_string(&out).unwrap(), "before");
    std::fs::remove_dir(&beside).unwrap();
    workspace.run(&arguments).ends(0);
    let written: Value = serde_json::from_slice(&std::fs::read(&out).unwrap()).unwrap();
    assert_eq!(written["data"], schema());
    assert!(!beside.exists());
}

#[test]
fn an_endpoint_whose_address_needs_an_input_says_which_one() {
    let workspace = Workspace::new();
    let server = graphql(vec![Answer::json(json!({ "data": schema() }))]);
    let mut connector = open(server.origin());
    connector["base_url"] = json!(server.origin());
    connector["endpoints"][0]["inputs"] = json!([{ "name": "path" }]);
    connector["endpoints"][0]["request"]["url"] = json!("/{{ input.path }}");
    let file = workspace.connector("graph.connector.json", &connector);
    let done = workspace.run(&["introspect", &file, "--json"]).ends(2);
    assert_eq!(done.error_code(), "usage.invalid");
    assert!(done.stderr.contains("`path`"), "{}", done.stderr);
    connector["endpoints"][0]["inputs"][0]["default"] = json!("graphql");
    let file = workspace.connector("graph.connector.json", &connector);
    workspace.run(&["introspect", &file]).ends(0);
}

#[test]
fn an_api_that_refuses_newer_fields_is_asked_by_the_older_specification() {
    let workspace = Workspace::new();
    let unknown = json!({ "errors": [{ "message": "Cannot query field \"specifiedByURL\" on type \"__Type\"." }] });
    let server = graphql(vec![
        Answer::json(unknown.clone()),
        Answer::json(unknown),
        Answer::json(json!({ "data": schema() })),
    ]);
    let file = workspace.connector("graph.connector.json", &open(server.origin()));
    let done = workspace.run(&["introspect", &file]).ends(0);
    let told: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(told["data"], schema());
    let asked = server.requests();
    let newer: Vec<_> = ["isOneOf", "specifiedByURL"]
        .map(|field| {
            let asked = asked.iter();
            asked.filter(|one| one.text().contains(field)).count()
        })
        .into();
    assert_eq!((asked.len(), newer), (3, vec![1, 2]));
}

#[test]
fn what_shows_no_schema_says_why() {
    let refused = json!({ "errors": [{ "message": "GraphQL introspection is not allowed", "extensions": { "code": "INTROSPECTION_DISABLED" } }] });
    let page = Answer {
        body: Some(json!("<html>Welcome</html>")),
        ..Answer::default()
    };
    let closed = Answer {
        body: Some(json!({ "message": "Sign in first" })),
        ..Answer::status(401)
    };
    for (answer, auth_is_form, code, exit) in [
        (
            Answer::json(refused),
            false,
            "graphql.introspection_refused",
            1,
        ),
        (page, false, "graphql.no_schema", 1),
        (
            Answer::json(json!({ "ok": true })),
            false,
            "graphql.no_schema",
            1,
        ),
        (Answer::status(404), false, "graphql.no_schema", 1),
        (closed.clone(), false, "step.unexpected_status", 1),
        (closed, true, "session.needs_you", 3),
    ] {
        let workspace = Workspace::new();
        let server = graphql(vec![answer]);
        let connector = if auth_is_form {
            with_login(server.origin())
        } else {
            open(server.origin())
        };
        let file = workspace.connector("graph.connector.json", &connector);
        let done = workspace.run(&["introspect", &file, "--json"]).ends(exit);
        assert_eq!(done.error_code(), code);
    }
}

#[test]
fn where_nobody_can_be_asked_the_api_is_asked_without_credentials() {
    let workspace = Workspace::new();
    let server = graphql(vec![Answer::json(json!({ "data": schema() }))]);
    let file = workspace.connector("graph.connector.json", &with_login(server.origin()));
    workspace.run(&["introspect", &file]).ends(0);
    let asked = server.requests();
    assert_eq!(asked.len(), 1, "no login was tried");
    assert_eq!(asked[0].header("authorization"), None);
    assert!(!asked[0].text().contains(PASSWORD));
}
