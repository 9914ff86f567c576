//! `latchwork connectors`, `import`, `export` and `remove`: the library.

mod support;

use serde_json::json;
use support::{PASSWORD, Server, TOKEN, Workspace, form_connector, open_connector, with_answers};

const SECURE: &str = "https://api.example.com";

fn names(workspace: &Workspace) -> Vec<String> {
    let listed = workspace.run(&["connectors", "--json"]).ends(0).json();
    let listed = listed.as_array().expect("an array");
    listed
        .iter()
        .map(|entry| entry["name"].as_str().expect("a name").to_owned())
        .collect()
}

#[test]
fn an_empty_library_is_an_empty_array_and_says_what_to_do() {
    let workspace = Workspace::new();
    assert_eq!(
        workspace.run(&["connectors", "--json"]).ends(0).json(),
        json!([])
    );
    let people = workspace.run(&["connectors"]).ends(0);
    assert_eq!(people.text(), "");
    assert!(
        people.stderr.contains("latchwork import"),
        "{}",
        people.stderr
    );
}

#[test]
fn a_connector_goes_in_and_comes_out_as_it_was() {
    let workspace = Workspace::new();
    let connector = form_connector(SECURE);
    let file = workspace.connector("acme.connector.json", &connector);
    let added = workspace.run(&["import", &file, "--json"]).ends(0).json();
    assert_eq!(added["name"], "Acme CRM");
    let listed = workspace.run(&["connectors", "--json"]).ends(0).json();
    assert_eq!(listed[0]["id"], added["id"]);
    assert_eq!(
        (&listed[0]["kind"], &listed[0]["base_url"]),
        (&json!("rest"), &json!(SECURE))
    );
    assert_eq!(listed[0]["signed_in"], false);
    let people = workspace.run(&["connectors"]).ends(0);
    assert!(
        people.text().contains("Acme CRM") && people.text().contains(SECURE),
        "{}",
        people.text()
    );

    let exported = workspace.run(&["export", "Acme CRM"]).ends(0);
    let copy = workspace.write("copy.connector.json", &exported.stdout);
    assert_eq!(
        workspace.run(&["check", &copy, "--json"]).ends(0).json(),
        json!([])
    );
    let exported = exported.json();
    assert_eq!(
        exported["auth"]["steps"][1]["request"]["body"],
        connector["auth"]["steps"][1]["request"]["body"]
    );
    assert_eq!(exported["endpoints"].as_array().unwrap().len(), 3);
    let again = workspace
        .run(&["export", added["id"].as_str().unwrap()])
        .ends(0)
        .json();
    assert_eq!(again, exported, "by its id as well");
}

#[test]
fn a_connector_of_the_library_is_tested_and_called_by_its_name() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&["import", &file]).ends(0);
    workspace
        .run_kept(&with_answers(&["test", "Acme CRM"]))
        .ends(0);
    workspace
        .run_kept(&with_answers(&["login", "Acme CRM"]))
        .ends(0);
    let answer = workspace
        .run_kept(&["call", "Acme CRM", "GET /me", "--json"])
        .ends(0)
        .json();
    assert_eq!(answer["auth"], "cached");
    let unknown = workspace
        .run(&["call", "Acme CMR", "GET /me", "--json"])
        .ends(2);
    assert_eq!(unknown.error_code(), "file.not_found");
    assert!(
        unknown.stderr.contains("did you mean `Acme CRM`"),
        "{}",
        unknown.stderr
    );
}

#[test]
fn nothing_of_an_invalid_file_is_imported() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["auth"]["steps"][0]["tilte"] = json!("x");
    let file = workspace.connector("bad.connector.json", &connector);
    let done = workspace.run(&["import", &file, "--json"]).ends(2);
    assert_eq!(done.error_code(), "file.invalid");
    assert!(
        done.json()["error"]["message"]
            .as_str()
            .unwrap()
            .contains("auth.steps[0].tilte"),
        "{}",
        done.text()
    );
    for text in ["", "{", "hello"] {
        let file = workspace.write("other.json", text);
        workspace.run(&["import", &file]).ends(2);
    }
    workspace.run(&["import", "none.connector.json"]).ends(2);
    assert!(names(&workspace).is_empty());
}

#[test]
fn a_taken_name_and_a_taken_id_stay_with_their_connector() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["id"] = json!("6f6f0b4e-7a4e-4f0c-9b52-0d1c2f6f3a11");
    let file = workspace.connector("acme.connector.json", &connector);
    let first = workspace.run(&["import", &file, "--json"]).ends(0).json();
    let second = workspace.run(&["import", &file, "--json"]).ends(0).json();
    assert_eq!(first["id"], connector["id"]);
    assert_ne!(second["id"], first["id"]);
    assert_eq!(names(&workspace), ["Acme CRM", "Acme CRM 2"]);
}

#[test]
fn a_file_may_come_from_standard_input_and_a_curl_command_becomes_a_connector() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let text = open_connector(server.origin()).to_string();
    workspace
        .latchwork(&["import", "-"])
        .stdin(text)
        .run()
        .ends(0);
    let curl = format!(
        "curl -X POST '{}/echo/c?a=1' -H 'X-One: two' -d 'n=1'",
        server.origin()
    );
    let file = workspace.write("command.sh", curl);
    let added = workspace
        .run(&["import", &file, "--from", "curl", "--json"])
        .ends(0)
        .json();
    let name = added["name"].as_str().unwrap();
    let echo = workspace
        .run(&["call", name, "request", "--json"])
        .ends(0)
        .json();
    assert_eq!(echo["body"]["path"], "/echo/c?a=1");
    assert_eq!(echo["body"]["headers"]["x-one"], "two");
    assert_eq!(echo["body"]["body"], "n=1");
    workspace
        .run(&["import", &file, "--from", "nothing"])
        .ends(2);
}

#[test]
fn secret_variables_are_asked_for_on_import() {
    let workspace = Workspace::new();
    let mut connector = open_connector(SECURE);
    connector["variables"] =
        json!([{ "name": "client_secret", "secret": true }, { "name": "region", "value": "eu" }]);
    let file = workspace.connector("vars.connector.json", &connector);
    let added = workspace.run(&["import", &file, "--json"]).ends(0).json();
    assert_eq!(added["secret_variables"], json!(["client_secret"]));
    let people = workspace.run(&["import", &file]).ends(0);
    assert!(people.stderr.contains("client_secret"), "{}", people.stderr);
    connector["variables"][0]["value"] = json!("in the clear");
    let file = workspace.connector("clear.connector.json", &connector);
    workspace.run(&["import", &file]).ends(2);
}

#[test]
fn remove_takes_the_session_along() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["id"] = json!("6f6f0b4e-7a4e-4f0c-9b52-0d1c2f6f3a11");
    let file = workspace.connector("acme.connector.json", &connector);
    workspace.run_kept(&["import", &file]).ends(0);
    workspace
        .run_kept(&with_answers(&["login", "Acme CRM"]))
        .ends(0);
    workspace.run_kept(&["remove", "Acme CRM"]).ends(0);
    assert!(names(&workspace).is_empty());
    assert_eq!(
        workspace.run_kept(&["accounts", "--json"]).ends(0).json(),
        json!([])
    );
    workspace.run_kept(&["call", &file, "bytes"]).ends(3);
    assert_eq!(
        workspace
            .run(&["remove", "Acme CRM", "--json"])
            .ends(2)
            .error_code(),
        "file.not_found"
    );
    assert_eq!(
        workspace
            .run(&["export", "Acme CRM", "--json"])
            .ends(2)
            .error_code(),
        "file.not_found"
    );
}

#[test]
fn z31_an_export_holds_no_secret() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&["import", &file]).ends(0);
    workspace
        .run_kept(&with_answers(&["login", "Acme CRM"]))
        .ends(0);
    workspace
        .run_kept(&["export", "Acme CRM"])
        .ends(0)
        .says_no(TOKEN)
        .says_no(PASSWORD);
}

#[test]
fn an_app_goes_in_with_its_connectors_and_comes_out_as_a_file_that_needs_no_library() {
    let workspace = Workspace::new();
    let app = json!({
        "format": "latchwork.app/1", "name": "Desk",
        "connectors": [{ "id": "crm", "connector": "Acme CRM", "definition": form_connector(SECURE) }],
        "screens": [{ "id": "home", "controls": [{ "id": "hello", "type": "text", "text": "Hello" }] }]
    });
    assert_eq!(workspace.run(&["apps", "--json"]).ends(0).json(), json!([]));
    let file = workspace.write("desk.app.json", app.to_string().as_bytes());
    let added = workspace.run(&["import", &file, "--json"]).ends(0).json();
    assert_eq!(added["name"], "Desk");
    assert_eq!(names(&workspace), ["Acme CRM"]);
    let listed = workspace.run(&["apps", "--json"]).ends(0).json();
    assert_eq!(
        (&listed[0]["id"], &listed[0]["connectors"]),
        (&added["id"], &json!(["Acme CRM"]))
    );
    assert_eq!(
        workspace.run(&["apps"]).ends(0).text().trim(),
        "Desk  Acme CRM"
    );
    let exported = workspace
        .run(&["export", "Desk", "--to", "app"])
        .ends(0)
        .json();
    assert_eq!(exported["connectors"][0]["definition"]["name"], "Acme CRM");
    // The wrong name, and the wrong kind, say so.
    let wrong = workspace.run(&["export", "Desc", "--to", "app"]).ends(2);
    assert!(wrong.stderr.contains("Desk"), "{}", wrong.stderr);
    workspace
        .run(&["import", &file, "--from", "connector"])
        .ends(2);
}

#[test]
fn x1_a_linked_connector_is_as_its_file_is_now_and_what_cannot_be_followed_is_said() {
    let workspace = Workspace::new();
    let server = Server::provider();
    let other = Server::provider();
    let file = workspace.connector("acme.connector.json", &open_connector(server.origin()));
    let linked = workspace
        .run(&["import", "--link", &file, "--json"])
        .ends(0)
        .json();
    let path = linked["file_path"].as_str().expect("a path");
    assert!(path.ends_with("acme.connector.json"), "{path}");
    let name = linked["name"].as_str().expect("a name").to_owned();
    let again = workspace.run(&["import", "--link", &file]).ends(0);
    assert!(
        again.stderr.contains("acme.connector.json"),
        "{}",
        again.stderr
    );
    assert_eq!(
        names(&workspace),
        [name.as_str()],
        "it is the same connector"
    );

    workspace.connector("acme.connector.json", &open_connector(other.origin()));
    let exported = workspace.run(&["export", &name]).ends(0);
    assert!(
        exported.text().contains(other.origin()),
        "{}",
        exported.text()
    );

    workspace.write("acme.connector.json", "<<<<<<< HEAD");
    let tested = workspace.run(&["test", &name]).ends(0);
    assert!(
        tested.stderr.contains("is no connector at present")
            && tested.stderr.contains("acme.connector.json"),
        "{}",
        tested.stderr
    );
    std::fs::remove_file(&file).expect("it is there");
    let tested = workspace.run(&["test", &name]).ends(0);
    assert!(tested.stderr.contains("is gone"), "{}", tested.stderr);
    let refused = workspace.run(&["import", "--link", &file]).ends(2);
    assert!(
        refused.stderr.contains("acme.connector.json"),
        "{}",
        refused.stderr
    );
    workspace
        .run(&["import", "--link", &file, "--dry-run"])
        .ends(2);
}
