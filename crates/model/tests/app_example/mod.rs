//! A sound app on a sound connector, which tests change.

use latchwork_model::app::App;
use latchwork_model::read_app;
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
              "request": { "method": "PUT", "url": "/boats/{{ input.id }}" } } ]
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
