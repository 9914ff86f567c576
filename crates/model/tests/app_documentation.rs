//! `docs/app-format.md`: its examples are valid and sound, and there is one for each kind. The checker's codes are in
//! `docs/checker.md`.

use std::collections::BTreeSet;

use latchwork_model::{Diagnostic, Severity, check_app, read_app, read_connector};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../docs/app-format.md");

/// The JSON blocks of the page: the whole file first, then controls and actions.
fn examples() -> Vec<Value> {
    let blocks = PAGE.split("```json\n").skip(1);
    blocks
        .map(|block| {
            let (text, _) = block.split_once("```").expect("a block ends");
            serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
        })
        .collect()
}

/// Errors and warnings of an app, which has to be valid.
fn findings(app: &Value) -> Vec<Diagnostic> {
    let input = |name: &str| json!({ "name": name, "required": false });
    let get = |id: &str, input: Value| json!({ "id": id, "inputs": [input], "request": { "method": "GET", "url": "/" } });
    let add = json!({ "id": "add_contact", "inputs": [ { "name": "name" } ], "request": { "method": "POST", "url": "/" } });
    let crm = json!({
        "format": "latchwork.connector/1", "name": "Acme CRM", "kind": "rest", "base_url": "https://api.acme.example",
        "auth": { "method": "none" },
        "endpoints": [ get("list_contacts", input("q")), get("get_contact", json!({ "name": "id" })), add ]
    });
    let crm = read_connector(&crm.to_string()).expect("a valid connector");
    let app = read_app(&app.to_string()).unwrap_or_else(|error| panic!("{error}: {app}"));
    let mut findings = check_app(&app, &|_| Some(crm.clone()));
    findings.retain(|finding| finding.severity != Severity::Info);
    findings
}

/// The kinds of an enum, by what is said where one is unknown.
fn kinds(pointer: &str) -> BTreeSet<String> {
    let mut app = examples()[0].clone();
    *app.pointer_mut(pointer).expect("a place") = json!({ "id": "x", "type": "?" });
    let error = read_app(&app.to_string()).expect_err("there is no such kind");
    let message = &error.findings[0].message;
    let (_, known) = message.split_once("expected one of").expect("a list");
    known
        .split('`')
        .skip(1)
        .step_by(2)
        .map(str::to_owned)
        .collect()
}

#[test]
fn every_example_is_valid_and_sound() {
    let examples = examples();
    let whole = &examples[0];
    assert_eq!(findings(whole), []);
    let controls = kinds("/screens/0/controls/0");
    let actions = kinds("/screens/0/controls/1/on/row_select/0");
    let mut shown = BTreeSet::new();
    for example in &examples[1..] {
        let kind = example["type"].as_str().expect("a type").to_owned();
        let mut app = whole.clone();
        let screen = &mut app["screens"][0]["controls"];
        let screen = screen.as_array_mut().expect("a list");
        if controls.contains(&kind) {
            screen.push(example.clone());
        } else {
            screen.push(json!({ "id": "do_it", "type": "button", "on": { "click": [example] } }));
        }
        assert_eq!(findings(&app), [], "{example}");
        shown.insert(kind);
    }
    let all: BTreeSet<String> = controls.union(&actions).cloned().collect();
    assert_eq!(shown, all, "one example for each kind");
}
