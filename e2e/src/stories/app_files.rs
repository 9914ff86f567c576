//! Apps whose documents the stories write themselves.

use latchwork_testkit::oidc::client;
use serde_json::{Value, json};

use crate::failure::Failure;
use crate::scene::Scene;

/// A connector whose token is everyone's.
pub(super) fn team_connector(issuer: &str) -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Team", "kind": "rest", "base_url": issuer,
        "id": "5e0e5d8c-40a6-4a53-9d5b-9d2f4f1a0001",
        "auth": { "method": "oauth2", "grant": "client_credentials", "client_id": client::BASIC,
                  "client_secret": client::SECRET, "token_url": format!("{issuer}/token"),
                  "scopes": ["contacts.read"], "shared_credentials": true },
        "endpoints": [{ "id": "contacts", "request": { "method": "GET", "url": "/api/contacts" } }]
    })
}

/// An app that brings its connectors along: one with a form, one by PKCE, one shared.
pub(super) fn front_desk(issuer: &str, harbour: &str) -> Value {
    let people = json!({
        "format": "latchwork.connector/1", "name": "People", "kind": "rest", "base_url": issuer,
        "id": "5e0e5d8c-40a6-4a53-9d5b-9d2f4f1a0002",
        "auth": { "method": "oauth2", "grant": "pkce", "client_id": client::PUBLIC,
                  "issuer": issuer,
                  "scopes": ["openid", "contacts.read"] },
        "endpoints": [{ "id": "contacts", "request": { "method": "GET", "url": "/api/contacts" } }]
    });
    let form = json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest", "base_url": harbour,
        "id": "5e0e5d8c-40a6-4a53-9d5b-9d2f4f1a0003",
        "auth": { "method": "multistep",
            "steps": [
                { "id": "signin", "type": "form", "title": "Sign in to Harbour", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" },
                    { "key": "password", "label": "Password", "type": "password" } ] },
                { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/session",
                    "body": { "type": "json", "value": { "email": "{{ signin.email }}", "password": "{{ signin.password }}" } } } } ],
            "request_parameters": [
                { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" } ] },
        "endpoints": [{ "id": "contacts", "request": { "method": "GET", "url": "/contacts" } }]
    });
    let table = |id: &str, connector: &str| {
        json!({ "id": id, "type": "json", "label": id, "width": 4,
                "source": { "connector": connector, "endpoint": "contacts" } })
    };
    json!({
        "format": "latchwork.app/1", "name": "Front desk",
        "description": "Who is where, and who to call.",
        "connectors": [
            { "id": "people", "connector": "People", "definition": people },
            { "id": "team", "connector": "Team", "definition": team_connector(issuer) },
            { "id": "harbour", "connector": "Harbour", "definition": form } ],
        "screens": [{ "id": "home", "name": "Home", "controls": [
            table("mine", "people"), table("ours", "team"), table("contacts", "harbour"),
            { "id": "again", "type": "button", "text": "Load again",
              "on": { "click": [{ "type": "load", "control": "mine" }] } } ] }]
    })
}

/// A file with a connector at the practice provider, and controls in every state.
pub fn front_desk_file(scene: &mut Scene) -> Result<String, Failure> {
    let harbour = scene.start_provider()?;
    let mut app = front_desk("http://127.0.0.1:9", &harbour);
    let keeps = |connector: &Value| connector["id"] == "harbour";
    if let Some(connectors) = app["connectors"].as_array_mut() {
        connectors.retain(keeps);
    }
    let source = json!({ "connector": "harbour", "endpoint": "contacts" });
    app["screens"][0]["controls"] = json!([
        { "id": "title", "type": "text", "text": "Who is where, and who to call about what is late", "style": "title" },
        { "id": "search", "type": "input", "label": "Search by name, e-mail address or company", "width": 8,
          "placeholder": "Anything that you remember of them" },
        { "id": "add", "type": "button", "text": "Add somebody", "style": "primary", "width": 4 },
        { "id": "contacts", "type": "table", "label": "Contacts", "source": source, "width": 8 },
        { "id": "one", "type": "record", "label": "Whoever is selected", "value": "{{ contacts.selected }}", "width": 4 },
        { "id": "whole", "type": "json", "label": "As it came", "source": source, "width": 6 },
        { "id": "broken", "type": "text", "label": "What cannot be computed", "text": "{{ 1 / 0 }}", "width": 6 }
    ]);
    app["connectors"][0]["definition"]["endpoints"] =
        json!([{ "id": "contacts", "request": { "method": "GET", "url": "/contacts" } }]);
    let file = scene.desktop().path("front-desk.app.json");
    std::fs::write(&file, app.to_string())?;
    Ok(file.display().to_string())
}
