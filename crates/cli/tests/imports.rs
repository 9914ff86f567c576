//! `latchwork import` of other tools' files and `latchwork export` as them, the real program against a local server.

mod support;

use std::process::Command;

use serde_json::{Value, json};
use support::{Server, Workspace};

/// A collection whose token stands in it.
fn collection(origin: &str) -> Value {
    json!({
        "info": { "name": "Harbour", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "auth": { "type": "bearer", "bearer": [{ "key": "token", "value": "{{token}}" }] },
        "variable": [{ "key": "baseUrl", "value": origin }, { "key": "token", "value": "canary-7f31-token" }],
        "item": [{ "name": "People", "item": [
            { "name": "Get person", "request": { "method": "GET", "url": "{{baseUrl}}/echo/people/:id?verbose=1" } },
            { "name": "Add person", "event": [{ "listen": "test", "script": { "exec": ["pm.test('x')"] } }], "request": {
                "method": "POST", "url": "{{baseUrl}}/echo/people",
                "body": { "mode": "raw", "raw": "{\"name\": \"Ann\"}", "options": { "raw": { "language": "json" } } },
            } },
        ] }],
    })
}

fn listed(workspace: &Workspace) -> usize {
    let listed = workspace.run(&["connectors", "--json"]).ends(0).json();
    listed.as_array().map_or(0, Vec::len)
}

#[test]
fn a_postman_collection_is_explained_imported_and_called_with_its_token_from_the_vault() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.write("harbour.json", collection(server.origin()).to_string());
    let done = workspace.run_kept(&["import", &file]).ends(0);
    assert_eq!(done.text(), "");
    for said in [
        "Understood as: Postman collection",
        "Bearer token as the auth method",
        "2 endpoints out of 1 folder",
        "1 secret, for the vault and not for the file: `token`",
        "Test scripts are not run: `Add person`.",
        "Added Harbour.",
    ] {
        assert!(done.stderr.contains(said), "{said}\n{}", done.stderr);
    }
    done.says_no("canary-7f31-token");
    workspace.assert_keeps_no("canary-7f31-token");
    let answer = workspace
        .run_kept(&[
            "call",
            "Harbour",
            "get_person",
            "--param",
            "id=42",
            "--json",
        ])
        .ends(0)
        .json();
    assert_eq!(answer["body"]["path"], "/echo/people/42?verbose=1");
    let sent = server.seen("/echo/people/42");
    assert!(
        format!("{sent:?}").contains("Bearer canary-7f31-token"),
        "{sent:?}"
    );
    let exported = workspace.run(&["export", "Harbour"]).ends(0);
    exported.says_no("canary-7f31-token");
}

#[test]
fn a_dry_run_says_it_all_and_adds_nothing() {
    let workspace = Workspace::new();
    let file = workspace.write(
        "harbour.json",
        collection("https://api.example").to_string(),
    );
    let people = workspace.run(&["import", &file, "--dry-run"]).ends(0);
    assert!(
        people
            .stderr
            .contains("Nothing was added: Harbour would be."),
        "{}",
        people.stderr
    );
    let machine = workspace
        .run(&["import", &file, "--dry-run", "--json", "--from", "postman"])
        .ends(0)
        .json();
    assert_eq!(machine["kind"], "postman");
    assert_eq!(machine["endpoints"], 2);
    assert_eq!(machine["secret_variables"], json!(["token"]));
    assert_eq!(machine["secrets_found"], json!(["token"]));
    assert_eq!(machine["connector"]["endpoints"][0]["id"], "get_person");
    assert!(
        machine["understood"]
            .as_array()
            .is_some_and(|list| list.len() >= 4),
        "{machine}"
    );
    assert_eq!(machine["notes"][0]["kind"], "left_out");
    assert!(
        !machine.to_string().contains("canary-7f31-token"),
        "{machine}"
    );
    assert!(!workspace.data_dir().exists() || listed(&workspace) == 0);
}

#[test]
fn an_environment_gives_a_collection_its_values() {
    let workspace = Workspace::new();
    let file = workspace.write(
        "harbour.json",
        collection("https://api.example").to_string(),
    );
    let environment =
        json!({ "name": "eu", "values": [{ "key": "baseUrl", "value": "https://eu.example" }] });
    let environment = workspace.write("eu.json", environment.to_string());
    let added = workspace
        .run_kept(&["import", &file, "--environment", &environment, "--json"])
        .ends(0)
        .json();
    assert_eq!(added["base_url"], "https://eu.example");
    let alone = workspace.run(&["import", &environment, "--json"]).ends(2);
    assert_eq!(alone.error_code(), "import.invalid");
}

#[test]
fn a_broken_file_of_any_kind_names_the_place_and_imports_nothing() {
    let workspace = Workspace::new();
    let cut = collection("https://api.example").to_string();
    for (name, text, code, place) in [
        (
            "cut.json",
            cut[..cut.len() - 40].to_owned(),
            "import.unrecognised",
            "line 1, column ",
        ),
        (
            "wrong.json",
            cut.replace("\"GET\"", "[\"GET\"]"),
            "import.invalid",
            "item[0].item[0].request.method: expected text, found a list",
        ),
        (
            "api.yaml",
            "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: [1]\n".to_owned(),
            "import.invalid",
            "paths",
        ),
        (
            "x.sh",
            "curl https://a.example\ncurl --heder x".to_owned(),
            "import.invalid",
            "line 2, column 6: ",
        ),
        (
            "prose.txt",
            "Dear Ann".to_owned(),
            "import.unrecognised",
            "no connector file",
        ),
        (
            "har.json",
            "{\"log\": {\"entries\": []}}".to_owned(),
            "import.unrecognised",
            "a HAR file",
        ),
    ] {
        let file = workspace.write(name, text);
        let done = workspace.run(&["import", &file, "--json"]).ends(2);
        assert_eq!(done.error_code(), code, "{name}: {}", done.text());
        let message = done.json()["error"]["message"].to_string();
        assert!(message.contains(place), "{name}: {message}");
        assert!(
            done.json()["error"]["hint"]
                .as_str()
                .is_some_and(|hint| !hint.is_empty()),
            "{name}"
        );
    }
    assert_eq!(listed(&workspace), 0);
}

#[test]
fn several_curl_commands_become_endpoints_and_their_secret_goes_to_the_vault() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let origin = server.origin();
    let script = format!(
        "curl '{origin}/echo/a' -H 'X-API-Key: canary-key-1234'\ncurl '{origin}/echo/b' -H 'X-API-Key: canary-key-1234' -d x=1\n"
    );
    let file = workspace.write("calls.sh", script);
    let added = workspace
        .run_kept(&["import", &file, "--json"])
        .ends(0)
        .json();
    assert_eq!(added["auth_method"], "api_key");
    assert_eq!(added["secrets_found"], json!(["api_key"]));
    workspace.assert_keeps_no("canary-key-1234");
    let name = added["name"].as_str().expect("a name");
    let echo = workspace
        .run_kept(&["call", name, "post_echo_b", "--json"])
        .ends(0)
        .json();
    assert_eq!(echo["body"]["headers"]["x-api-key"], "canary-key-1234");
    // Without a place for it, a secret lives as long as the command, and it says so.
    let other = Workspace::new();
    let file = other.write(
        "one.sh",
        format!("curl {origin}/echo/a -H 'X-API-Key: canary-key-1234'"),
    );
    let done = other.run(&["import", &file]).ends(0);
    assert!(
        done.stderr
            .contains("Secrets live only as long as this command"),
        "{}",
        done.stderr
    );
}

/// The exported script, run by the system's own sh, with a curl of ours that writes down what it is given.
#[cfg(unix)]
#[test]
fn a_connector_is_exported_as_a_script_whose_secrets_come_from_the_environment() {
    let workspace = Workspace::new();
    let file = workspace.write(
        "harbour.json",
        collection("https://api.example").to_string(),
    );
    workspace.run_kept(&["import", &file]).ends(0);
    let exported = workspace
        .run_kept(&["export", "Harbour", "--to", "curl"])
        .ends(0);
    exported.says_no("canary-7f31-token");
    let script = workspace.write("harbour.sh", &exported.stdout);
    workspace.program("curl", "for word in \"$@\"; do echo \"$word\"; done");
    let run = |arguments: &[&str], token: Option<&str>| {
        let mut command = Command::new("/bin/sh");
        command
            .env_clear()
            .env("PATH", workspace.path("bin"))
            .arg(&script)
            .args(arguments)
            .env("INPUT_ID", "42");
        if let Some(token) = token {
            command.env("VARS_TOKEN", token);
        }
        let output = command.output().expect("sh runs");
        (
            output.status.code(),
            String::from_utf8_lossy(&output.stdout).into_owned(),
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    };
    let (code, words, complaint) = run(&["get_person"], Some("t'1"));
    assert_eq!((code, complaint.as_str()), (Some(0), ""));
    assert!(
        words.contains("https://api.example/echo/people/42?verbose=1\n"),
        "{words}"
    );
    assert!(words.contains("Authorization: Bearer t'1\n"), "{words}");
    let (code, words, complaint) = run(&["get_person"], None);
    assert_ne!(code, Some(0));
    assert_eq!(words, "");
    assert!(complaint.contains("VARS_TOKEN"), "{complaint}");
    let (code, words, complaint) = run(&["anything", "else"], Some("t"));
    assert_eq!((code, words.as_str()), (Some(2), ""));
    assert!(complaint.contains("get_person | add_person"), "{complaint}");
}

#[test]
fn a_connector_is_exported_as_openapi_which_is_imported_again() {
    let workspace = Workspace::new();
    let file = workspace.write(
        "harbour.json",
        collection("https://api.example").to_string(),
    );
    workspace.run_kept(&["import", &file]).ends(0);
    let exported = workspace
        .run(&["export", "Harbour", "--to", "openapi"])
        .ends(0);
    exported.says_no("canary-7f31-token");
    let document = exported.json();
    assert!(
        document["openapi"]
            .as_str()
            .is_some_and(|version| version.starts_with("3.1"))
    );
    let file = workspace.write("harbour.openapi.json", &exported.stdout);
    let again = workspace.run(&["import", &file, "--json"]).ends(0).json();
    assert_eq!(again["kind"], "openapi");
    assert_eq!(again["endpoints"], 2);
    assert_eq!(again["auth_method"], "bearer");
    assert_eq!(again["name"], "Harbour 2");
}
