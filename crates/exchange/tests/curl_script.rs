//! cURL commands as a connector, several of them too.

use latchwork_exchange::{ForeignError, ForeignKind, ImportOptions, Imported, import_text};
use latchwork_model::write_connector;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

fn import(text: &str) -> Result<Imported, ForeignError> {
    import_text(text, &ImportOptions::default())
}

fn connector(imported: &Imported) -> Value {
    serde_json::from_str(&write_connector(&imported.connector)).expect("a connector is JSON")
}

fn secrets(imported: &Imported) -> Vec<(&str, Option<&str>)> {
    let secrets = imported.secrets.iter();
    secrets
        .map(|secret| {
            let value = secret.value.as_ref().map(ExposeSecret::expose_secret);
            (secret.name.as_str(), value)
        })
        .collect()
}

const SCRIPT: &str = r#"#!/bin/sh
# Contacts.
set -e
curl -sS 'https://api.acme.example/v1/contacts?page=1' \
  -H 'Authorization: Bearer tok-SECRET' | jq .

curl -X POST https://api.acme.example/v1/contacts -H 'Authorization: Bearer tok-SECRET' \
  -H 'Content-Type: application/json' -d '{"name":"Ann","password":"pw-SECRET"}' && echo done
curl https://api.acme.example/v1/contacts/1 -H "Authorization: Bearer tok-SECRET" \
  --next -X DELETE https://api.acme.example/v1/contacts/1 -H "Authorization: Bearer tok-SECRET"
curl https://files.acme.example/x -H "authorization: Bearer tok-SECRET"
"#;

#[test]
fn several_commands_become_endpoints_of_one_connector() {
    let imported = import(SCRIPT).unwrap();
    assert_eq!(imported.kind, ForeignKind::Curl);
    let connector = connector(&imported);
    assert_eq!(connector["name"], "api.acme.example");
    assert_eq!(connector["base_url"], "https://api.acme.example");
    assert_eq!(
        connector["auth"],
        json!({ "method": "bearer", "token": "{{ vars.token }}" })
    );
    let endpoints: Vec<(&str, &str, &str)> = connector["endpoints"]
        .as_array()
        .unwrap()
        .iter()
        .map(|endpoint| {
            let text = |value: &'static str| endpoint["request"][value].as_str().unwrap();
            (
                endpoint["id"].as_str().unwrap(),
                text("method"),
                text("url"),
            )
        })
        .collect();
    assert_eq!(
        endpoints,
        [
            ("v1_contacts", "GET", "/v1/contacts"),
            ("post_v1_contacts", "POST", "/v1/contacts"),
            ("v1_contacts_1", "GET", "/v1/contacts/1"),
            ("delete_v1_contacts_1", "DELETE", "/v1/contacts/1"),
            ("x", "GET", "https://files.acme.example/x"),
        ]
    );
    assert_eq!(
        connector["endpoints"][0]["request"]["query"],
        json!([{ "name": "page", "value": "1" }])
    );
    assert_eq!(connector["endpoints"][0]["request"].get("headers"), None);
    assert_eq!(
        secrets(&imported),
        [
            ("token", Some("tok-SECRET")),
            ("password", Some("pw-SECRET"))
        ]
    );
    let notes: Vec<&str> = imported
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    assert!(
        notes.contains(&"Left out: 3 other commands that are not cURL."),
        "{notes:?}"
    );
    assert!(
        !notes.iter().any(|note| note.contains("plain text")),
        "{notes:?}"
    );
}

#[test]
fn a_secret_of_a_command_goes_to_the_vault_and_not_into_the_file() {
    for (command, auth, found) in [
        (
            "curl https://a.example/x -u ann:pw-SECRET",
            json!({ "method": "basic", "username": "ann", "password": "{{ vars.password }}" }),
            ("password", Some("pw-SECRET")),
        ),
        (
            "curl https://ann:pw-SECRET@a.example/x",
            json!({ "method": "basic", "username": "ann", "password": "{{ vars.password }}" }),
            ("password", Some("pw-SECRET")),
        ),
        // As Stripe's own examples have it: the API key is the user name, and no password.
        (
            "curl https://a.example/x -u sk_live_SECRET:",
            json!({ "method": "basic", "username": "{{ vars.api_key }}", "password": "" }),
            ("api_key", Some("sk_live_SECRET")),
        ),
        (
            "curl https://a.example/x -u \"$STRIPE_KEY:\"",
            json!({ "method": "basic", "username": "{{ vars.api_key }}", "password": "" }),
            ("api_key", None),
        ),
        (
            "curl https://a.example/x -u k-SECRET",
            json!({ "method": "basic", "username": "{{ vars.username }}" }),
            ("username", Some("k-SECRET")),
        ),
        (
            "curl https://a.example/x -H 'X-API-Key: k-SECRET'",
            json!({ "method": "api_key", "name": "X-API-Key", "value": "{{ vars.api_key }}", "location": "header" }),
            ("api_key", Some("k-SECRET")),
        ),
        (
            "curl 'https://a.example/x?api_key=k-SECRET&keyword=cats'",
            json!({ "method": "api_key", "name": "api_key", "value": "{{ vars.api_key }}", "location": "query" }),
            ("api_key", Some("k-SECRET")),
        ),
        (
            "curl https://a.example/x -H \"Authorization: Bearer $TOKEN\"",
            json!({ "method": "bearer", "token": "{{ vars.token }}" }),
            ("token", None),
        ),
        (
            "curl https://a.example/x -H 'Authorization: SSWS 00-SECRET'",
            json!({ "method": "api_key", "name": "Authorization", "value": "SSWS {{ vars.authorization }}", "location": "header" }),
            ("authorization", Some("00-SECRET")),
        ),
        (
            "curl https://a.example/x -b 'sid=c-SECRET'",
            json!({ "method": "none" }),
            ("cookie", Some("sid=c-SECRET")),
        ),
    ] {
        let imported = import(command).unwrap();
        let text = write_connector(&imported.connector);
        assert!(!text.contains("SECRET"), "{text}");
        assert_eq!(connector(&imported)["auth"], auth, "{command}");
        assert_eq!(secrets(&imported), [found], "{command}");
        assert!(!format!("{imported:?}").contains("SECRET"), "{command}");
    }
}

#[test]
fn what_is_exported_can_be_imported_again() {
    let imported = import("curl https://a.example/x -H 'X-API-Key: k-SECRET' -d a=1").unwrap();
    let request = &imported.connector.endpoints[0].request;
    let options = latchwork_exchange::CurlOptions {
        base_url: "https://a.example".to_owned(),
        ..Default::default()
    };
    let script = latchwork_exchange::to_curl(request, &options).script();
    let again = import(&script).unwrap();
    assert_eq!(again.connector.endpoints[0].request, *request);
}

#[test]
fn a_fault_in_any_command_of_a_script_names_its_line_and_imports_nothing() {
    let text = "curl https://a.example/x\necho don't\ncurl https://a.example/y --heder 'a: b'\n";
    let error = import(text).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 3, column 26: curl has no option `--heder`"
    );
    let error = import("curl https://a.example/x\ncurl 'https://a.example/y").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("line 2, column 6: the quote '"),
        "{error}"
    );
    let options = ImportOptions {
        kind: Some(ForeignKind::Curl),
        ..ImportOptions::default()
    };
    let error = import_text("wget https://a.example", &options).unwrap_err();
    assert_eq!(
        error.to_string(),
        "line 1, column 1: this is no cURL command: it begins with `wget`"
    );
}

#[test]
fn every_one_of_many_tokens_has_a_variable_of_its_own() {
    const MANY: usize = 3000;
    let commands: Vec<String> = (0..MANY)
        .map(|index| format!("curl https://a.example/x -H 'Authorization: Bearer t{index}-SECRET'"))
        .collect();
    let imported = import(&commands.join("\n")).unwrap();
    let found = secrets(&imported);
    assert_eq!(found.len(), MANY);
    assert_eq!(found[0], ("token", Some("t0-SECRET")));
    assert_eq!(found[MANY - 1], ("token_3000", Some("t2999-SECRET")));
    let names: std::collections::HashSet<&str> = found.iter().map(|(name, _)| *name).collect();
    assert_eq!(names.len(), MANY);
}
