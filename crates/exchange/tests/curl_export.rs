//! Requests written as commands, with what is secret or unknown as variables of the shell.

use latchwork_exchange::{CurlOptions, NoteKind, to_curl};
use latchwork_model::Request;
use serde_json::{Value, json};

fn request(value: Value) -> Request {
    serde_json::from_value(value).expect("a request")
}

fn options() -> CurlOptions {
    CurlOptions {
        base_url: "https://{{ vars.region }}.acme.example".to_owned(),
        ..CurlOptions::default()
    }
}

#[test]
fn expressions_become_variables_that_are_named_after_them() {
    let request = request(json!({
        "method": "POST",
        "url": "/contacts/{{ input.id }}",
        "query": [
            { "name": "q", "value": "a b" },
            { "name": "page", "value": "{{ input.page }}" },
            { "name": "off", "value": "x", "enabled": false },
        ],
        "headers": [{ "name": "Authorization", "value": "Bearer {{ login.body.token }}" }],
        "body": { "type": "json", "value": { "name": "O'Hara {{ '{{' }}", "tags": ["{{ input.tag }}", 1] } },
    }));
    let script = to_curl(&request, &options());
    assert_eq!(
        script.command,
        r#"curl https://"${VARS_REGION}".acme.example/contacts/"${INPUT_ID}"'?q=a%20b' \
  --url-query 'page='"${INPUT_PAGE}" \
  --header 'Authorization: Bearer '"${LOGIN_BODY_TOKEN}" \
  --header 'Content-Type: application/json' \
  --data-raw '{"name":"O'\''Hara {{","tags":["'"${INPUT_TAG}"'",1]}' \
  --location"#
    );
    let names: Vec<_> = script
        .variables
        .iter()
        .map(|variable| variable.stands_for.as_str())
        .collect();
    assert_eq!(
        names,
        [
            "vars.region",
            "input.id",
            "input.page",
            "login.body.token",
            "input.tag"
        ]
    );
    assert!(
        script.script().starts_with(
            "#!/bin/sh\n# VARS_REGION: vars.region\n: \"${VARS_REGION:?is not set}\"\n"
        )
    );
}

#[test]
fn z31_a_secret_in_plain_text_is_not_written_out() {
    let request = request(json!({
        "method": "POST",
        "url": "https://api.acme.example/login",
        "query": [{ "name": "api_key", "value": "hunter2secret" }],
        "headers": [
            { "name": "Authorization", "value": "Basic hunter2secret" },
            { "name": "Cookie", "value": "sid=hunter2secret" },
        ],
        "body": { "type": "json", "value": { "password": "hunter2secret", "user": { "client_secret": "hunter2secret" } } },
    }));
    let script = to_curl(&request, &CurlOptions::default());
    assert!(
        !script.script().contains("hunter2secret"),
        "{}",
        script.command
    );
    assert!(
        script
            .command
            .contains("'Authorization: Basic '\"${AUTHORIZATION_VALUE}\""),
        "{}",
        script.command
    );
    assert!(
        script
            .notes
            .iter()
            .any(|note| note.kind == NoteKind::Secret)
    );
    let form = json!({
        "method": "POST",
        "url": "https://api.acme.example/login",
        "body": { "type": "form", "fields": [{ "name": "user", "value": "a" }, { "name": "password", "value": "hunter2secret" }] },
    });
    let script = to_curl(&self::request(form), &CurlOptions::default());
    assert!(
        script
            .command
            .contains("--data-urlencode 'password='\"${PASSWORD_VALUE}\""),
        "{}",
        script.command
    );
    assert!(!script.command.contains("hunter2secret"));
}

#[test]
fn an_expression_cannot_break_out_of_its_word() {
    let request = request(json!({
        "method": "GET",
        "url": "https://api.acme.example/",
        "headers": [{ "name": "X-A", "value": "$(touch x) `id` {{ a['\"; rm -rf /'] }} ' \\" }],
    }));
    let script = to_curl(&request, &CurlOptions::default());
    assert!(
        script
            .command
            .contains("'X-A: $(touch x) `id` '\"${A_RM_RF}\"' '\\'' \\'"),
        "{}",
        script.command
    );
}
