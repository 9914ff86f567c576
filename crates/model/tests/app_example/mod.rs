//! A sound app on a sound connector, which tests change.

#![allow(dead_code, reason = "each test file uses its own part")]

use latchwork_model::app::App;
use latchwork_model::{Diagnostic, check_app, read_app, read_connector};
use serde_json::{Value, json};

pub fn harbour() -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest", "base_url": "https://api.harbour.example",
        "variables": [ { "name": "device", "value": "desk" } ],
        "auth": { "method": "none" },
        "endpoints": [
            { "id": "list_boats", "inputs": [ { "name": "q", "required": false } ],
              "request": { "method": "GET", "url": "/boats?q={{ input.q }}" } },
            { "id": "rename_boat", "inputs": [ { "name": "id" }, { "name": "name" }, { "name": "kind", "default": "sloop" } ],
              "request": { "method": "PUT", "url": "/boats/{{ input.id }}", "body": { "type": "json", "value": {
                  "name": "{{ input.name }}", "kind": "{{ input.kind }}", "device": "{{ vars.device }}" } } } } ]
    })
}

pub fn document() -> Value {
    json!({
        "format": "latchwork.app/1", "name": "Boats",
        "connectors": [ { "id": "harbour", "connector": "Harbour" } ],
        "variables": [ { "name": "greeting", "value": "Ahoy from {{ app.name }}" } ],
        "screens": [
            { "id": "home", "name": "Home", "controls": [
                { "id": "search", "type": "input", "label": "{{ vars.greeting }}" },
                { "id": "boats", "type": "table", "label": "{{ data | length }} boats",
                  "columns": [ { "label": "Name", "value": "{{ index }}: {{ row.name }}" } ],
                  "source": { "connector": "harbour", "endpoint": "list_boats", "inputs": { "q": "{{ search.value }}" } },
                  "on": { "row_select": [
                      { "type": "set_value", "target": "search", "value": "{{ row.name }}" },
                      { "type": "go_to_screen", "screen": "boat" } ] } } ] },
            { "id": "boat", "in_menu": false, "controls": [
                { "id": "facts", "type": "record", "value": "{{ boats.selected }}",
                  "fields": [ { "label": "Name", "value": "{{ record.name }}" } ] },
                { "id": "rename", "type": "button", "text": "Rename", "disabled": "{{ not search.value }}",
                  "on": { "click": [
                    { "type": "call", "connector": "harbour", "endpoint": "rename_boat",
                      "inputs": { "id": "{{ boats.selected.id }}", "name": "{{ search.value }}" },
                      "then": [
                        { "type": "load", "control": "boats" },
                        { "type": "show_message", "text": "{{ answer.body.name }} on {{ screen.name }}" } ],
                      "otherwise": [ { "type": "show_message", "text": "{{ error.message }}", "tone": "danger" } ] } ] } } ] }
        ]
    })
}

pub fn app(document: &Value) -> App {
    read_app(&document.to_string()).unwrap_or_else(|error| panic!("{:?}", error.findings))
}

/// What the checker says of an app, with the connector in its library.
pub fn checked(document: &Value) -> Vec<Diagnostic> {
    let harbour = read_connector(&harbour().to_string()).expect("a valid connector");
    check_app(&app(document), &|connector| {
        (connector.connector == "Harbour").then(|| harbour.clone())
    })
}

/// What is said of the app with another value at a place: code, path, message and help of the only finding.
pub fn said(pointer: &str, value: Value) -> (&'static str, String, String, String) {
    let mut document = document();
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    document.pointer_mut(parent).expect("a place")[member] = value;
    let findings = checked(&document);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = findings[0].clone();
    (finding.code, finding.path, finding.message, finding.help)
}
