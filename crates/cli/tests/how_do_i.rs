//! The files of `docs/how-do-i.md` that go to the practice provider, run against it as a reader would run them.

mod support;

use latchwork_engine::template::{Moment, Scope, Templates};
use latchwork_sandbox::{API_KEY, EMAIL, PASSWORD};
use serde_json::{Value, json};
use support::{Practice, Workspace};

const PAGE: &str = include_str!("../../../docs/how-do-i.md");
/// Where the page says that the practice provider is.
const ADDRESS: &str = "http://127.0.0.1:4910";
const RUN: &str = "```json file run\n";

/// The files that are to be run, at the provider's address.
fn files(provider: &Practice) -> Vec<Value> {
    PAGE.split(RUN)
        .skip(1)
        .map(|block| {
            let (file, _) = block.split_once("```").expect("a block ends");
            assert!(file.contains(ADDRESS), "{file}");
            serde_json::from_str(&file.replace(ADDRESS, &provider.address)).expect("JSON")
        })
        .collect()
}

/// What a person answers: every field of every form, and every secret.
fn answers(file: &Value) -> Vec<String> {
    let mut answers = Vec::new();
    let mut answer = |step: &str, field: &str| {
        let value = match field {
            "password" => PASSWORD,
            "workspace" => "ws_depot",
            _ => EMAIL,
        };
        answers.extend(["--input".to_owned(), format!("{step}.{field}={value}")]);
    };
    if file["auth"]["method"] == "basic" {
        answer("basic", "username");
        answer("basic", "password");
    }
    for step in file["auth"]["steps"].as_array().into_iter().flatten() {
        for field in step["fields"].as_array().into_iter().flatten() {
            let id = step["id"].as_str().expect("an id");
            answer(id, field["key"].as_str().expect("a key"));
        }
    }
    for variable in file["variables"].as_array().into_iter().flatten() {
        if variable["secret"] == true {
            let name = variable["name"].as_str().expect("a name");
            answers.extend(["--var".to_owned(), format!("{name}={API_KEY}")]);
        }
    }
    answers
}

fn named(files: &[Value], name: &str) -> Value {
    let found = files.iter().find(|file| file["name"] == name);
    found.unwrap_or_else(|| panic!("no {name}")).clone()
}

#[test]
fn every_file_for_the_practice_provider_signs_in_there() {
    let workspace = Workspace::new();
    let provider = Practice::start(&workspace);
    let files = files(&provider);
    assert!(files.len() >= 9, "the page's files are found");
    for file in files {
        let path = workspace.connector("tried.connector.json", &file);
        let mut arguments = vec!["test".to_owned(), path, "--json".to_owned()];
        arguments.extend(answers(&file));
        let done = workspace.run(&arguments);
        assert_eq!(
            done.code,
            0,
            "{}: {} {}",
            file["name"],
            done.text(),
            done.stderr
        );
        let events = done.json_lines();
        let finished = events
            .iter()
            .find(|event| event["event"] == "test_finished")
            .expect("the test request was sent");
        assert_eq!(finished["status"], 200, "{}", file["name"]);
        assert!(
            finished["body"]["errors"].is_null(),
            "GraphQL answers 200 whatever went wrong: {finished}"
        );
    }
}

#[test]
fn the_refresh_of_the_apis_own_renews_the_session() {
    let workspace = Workspace::new();
    let provider = Practice::start(&workspace);
    let file = named(&files(&provider), "A refresh of its own");
    let path = workspace.connector("own.connector.json", &file);
    let mut login = vec!["login".to_owned(), path.clone(), "--json".to_owned()];
    login.extend(answers(&file));
    workspace.run_kept(&login).ends(0);
    let renewed = workspace
        .run_kept(&["refresh", &path, "--json"])
        .ends(0)
        .text();
    for target in [
        "login.body.token",
        "login.body.renewal_token",
        "login.expires_in",
    ] {
        assert!(renewed.contains(target), "{target}: {renewed}");
    }
    let called = workspace
        .run_kept(&["call", &path, "GET /me", "--json"])
        .ends(0)
        .json();
    assert_eq!(called["auth"], "cached", "{called}");
}

#[test]
fn the_signature_covers_the_request_as_it_is_sent() {
    let workspace = Workspace::new();
    let provider = Practice::start(&workspace);
    let file = named(&files(&provider), "HMAC signature");
    let path = workspace.connector("hmac.connector.json", &file);
    let secret = format!("secret={API_KEY}");
    let body = json!({ "order": 7 }).to_string();
    let arguments = [
        "call",
        &path,
        "PUT /echo/orders?page=2",
        "--data",
        &body,
        "--var",
        &secret,
        "--json",
    ];
    let answer = workspace.run(&arguments).ends(0).json();
    let sent = &answer["body"]["headers"];
    let signed = [
        sent["x-timestamp"].as_str().expect("a time"),
        "PUT",
        "/echo/orders",
        &body,
    ];
    let mut scope = Scope::new();
    scope.set("signed", json!(signed.join("\n")));
    scope.set("key", json!(API_KEY));
    let wanted = Templates::shared()
        .render_text(
            "{{ signed | hmac('sha256', key) }}",
            &scope,
            &Moment::new(0, |_| ()),
        )
        .expect("a signature");
    assert_eq!(sent["x-signature"], wanted, "{answer}");
}
