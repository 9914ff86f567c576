//! `latchwork schema connector`: a JSON Schema that takes what the program takes.

mod support;

use jsonschema::Validator;
use serde_json::{Value, json};
use support::{Workspace, form_connector, open_connector};

const SAMPLES: [&str; 4] = [
    include_str!("../../sandbox/samples/harbour-basic.connector.json"),
    include_str!("../../sandbox/samples/harbour-csrf.connector.json"),
    include_str!("../../sandbox/samples/harbour-form.connector.json"),
    include_str!("../../sandbox/samples/harbour-graphql.connector.json"),
];

fn schema() -> Value {
    let workspace = Workspace::new();
    let done = workspace.run(&["schema", "connector"]).ends(0);
    assert_eq!(done.stderr, "");
    assert!(!workspace.data_dir().exists());
    done.json()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("a valid JSON Schema")
}

#[track_caller]
fn takes(validator: &Validator, connector: &Value) {
    let faults: Vec<String> = validator
        .iter_errors(connector)
        .map(|fault| format!("{}: {fault}", fault.instance_path()))
        .collect();
    assert!(faults.is_empty(), "{faults:?}");
}

/// A document with one member more, at a place that exists.
fn with_unknown_member(connector: &Value, pointer: &str) -> Value {
    let mut connector = connector.clone();
    let object = connector
        .pointer_mut(pointer)
        .unwrap_or_else(|| panic!("{pointer} is not there"));
    object
        .as_object_mut()
        .expect("an object")
        .insert("unknwon".to_owned(), json!(1));
    connector
}

#[test]
fn it_is_a_json_schema_with_its_dialect() {
    let schema = schema();
    assert!(
        schema["$schema"]
            .as_str()
            .unwrap()
            .starts_with("https://json-schema.org/")
    );
    jsonschema::meta::validate(&schema).expect("it fits its own dialect");
    for name in ["format", "name", "kind", "base_url", "auth"] {
        assert!(
            schema["required"]
                .as_array()
                .unwrap()
                .contains(&json!(name)),
            "{name}"
        );
    }
}

#[test]
fn it_takes_the_samples() {
    let validator = validator();
    for sample in SAMPLES {
        takes(&validator, &serde_json::from_str(sample).unwrap());
    }
    takes(&validator, &form_connector("https://api.example.com"));
    takes(&validator, &open_connector("https://api.example.com"));
}

#[test]
fn it_takes_every_method() {
    let validator = validator();
    for auth in [
        json!({ "method": "none" }),
        json!({ "method": "api_key", "name": "X", "value": "{{ vars.k }}", "location": "query" }),
        json!({ "method": "bearer", "token": "t" }),
        json!({ "method": "basic" }),
        json!({ "method": "oauth2", "grant": "client_credentials", "client_id": "a", "client_secret": "b", "token_url": "https://x.example/t" }),
        json!({ "method": "aws_sigv4", "access_key_id": "a", "secret_access_key": "b", "region": "eu", "service": "s3" }),
        json!({ "method": "multistep", "steps": [], "request_parameters": [] }),
    ] {
        let mut connector = open_connector("https://api.example.com");
        connector["auth"] = auth;
        takes(&validator, &connector);
    }
}

#[test]
fn it_refuses_unknown_members_at_every_depth() {
    let validator = validator();
    let connector = form_connector("https://api.example.com");
    for pointer in [
        "",
        "/auth",
        "/auth/steps/0",
        "/auth/steps/0/fields/0",
        "/auth/steps/1",
        "/auth/steps/1/request",
        "/auth/steps/1/request/body",
        "/auth/refresh",
        "/auth/request_parameters/0",
        "/test",
        "/test/request",
        "/endpoints/0",
        "/endpoints/0/inputs/0",
    ] {
        let connector = with_unknown_member(&connector, pointer);
        assert!(
            !validator.is_valid(&connector),
            "an unknown member at `{pointer}` is taken"
        );
    }
    for auth in [
        json!({ "method": "none", "x": 1 }),
        json!({ "method": "bearer", "token": "t", "x": 1 }),
        json!({ "method": "oauth2", "grant": "client_credentials", "client_id": "a", "token_url": "https://x.example/t", "x": 1 }),
        json!({ "method": "multistep", "x": 1 }),
        json!({ "method": "magic" }),
    ] {
        let mut connector = open_connector("https://api.example.com");
        connector["auth"] = auth.clone();
        assert!(!validator.is_valid(&connector), "{auth} is taken");
    }
}

#[test]
fn it_refuses_what_check_refuses() {
    let (validator, workspace) = (validator(), Workspace::new());
    for (pointer, wrong) in [
        ("/format", json!("latchwork.connector/2")),
        ("/kind", json!("soap")),
        ("/auth/steps/0/type", json!("dance")),
        ("/auth/steps/0/fields/0/type", json!("colour")),
        ("/auth/request_parameters/0/location", json!("cookie")),
        ("/test/advanced", json!("yes")),
        ("/endpoints/0/id", json!(7)),
    ] {
        let mut connector = form_connector("https://api.example.com");
        *connector.pointer_mut(pointer).unwrap() = wrong.clone();
        let file = workspace.connector("wrong.connector.json", &connector);
        workspace.run(&["check", &file]).ends(2);
        assert!(
            !validator.is_valid(&connector),
            "{pointer}: {wrong} is taken"
        );
    }
}
