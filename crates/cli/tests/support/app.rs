//! An app on the sample connector.

use serde_json::{Value, json};

use super::form_connector;

/// An app with every kind of control and of action, and its connector in it.
pub fn contacts_app() -> Value {
    json!({
        "format": "latchwork.app/1",
        "name": "Contacts",
        "description": "Looks people up.",
        "managed_auth_at_start": false,
        "connectors": [
            { "id": "acme", "connector": "Acme CRM", "required": false, "definition": form_connector("https://api.example.com") } ],
        "variables": [ { "name": "seen", "value": "0" } ],
        "screens": [
            { "id": "home", "name": "Home", "on_load": [ { "type": "show_message", "text": "Ahoy", "tone": "success" } ],
              "controls": [
                { "id": "title", "type": "text", "text": "{{ app.name }}", "style": "title" },
                { "id": "number", "type": "input", "label": "Number", "input_type": "number", "required": true, "default": "1",
                  "placeholder": "7", "width": 6, "on": { "change": [ { "type": "load", "control": "contacts" } ] } },
                { "id": "colour", "type": "select", "options": [ { "value": "red", "label": "Red" } ], "default": "red", "width": 6 },
                { "id": "contacts", "type": "table", "rows": "{{ data }}", "empty_text": "Nobody",
                  "columns": [ { "label": "Name", "value": "{{ row.name }}" } ],
                  "source": { "connector": "acme", "endpoint": "get_contact", "inputs": { "id": "{{ number.value }}" },
                              "run": "manual", "when": "{{ number.value }}" },
                  "on": { "row_select": [
                      { "type": "set_value", "target": "vars.seen", "value": "{{ row.id }}" },
                      { "type": "go_to_screen", "screen": "contact", "when": "{{ row.id }}" } ] } } ] },
            { "id": "contact", "name": "Contact", "in_menu": false, "controls": [
                { "id": "facts", "type": "record", "value": "{{ contacts.selected }}",
                  "fields": [ { "label": "Name", "value": "{{ record.name }}" } ], "visible": "{{ contacts.selected }}" },
                { "id": "whole", "type": "json", "value": "{{ contacts.data }}" },
                { "id": "portrait", "type": "image", "description": "Portrait", "source": { "connector": "acme", "endpoint": "bytes" },
                  "on": { "load": [], "click": [ { "type": "open_link", "url": "https://example.com/{{ vars.seen }}" } ] } },
                { "id": "again", "type": "button", "text": "Again", "style": "primary", "disabled": "{{ false }}",
                  "on": { "click": [
                    { "type": "call", "connector": "acme", "endpoint": "get_contact", "inputs": { "id": "{{ vars.seen }}" },
                      "then": [ { "type": "show_message", "text": "{{ answer.status }}" } ],
                      "otherwise": [ { "type": "clear_cached_auth", "connector": "acme" },
                                     { "type": "navigate_to_authentication", "reload_app": true } ] } ] } } ] }
        ]
    })
}
