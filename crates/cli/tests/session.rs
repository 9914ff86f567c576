//! `latchwork login`, `logout` and `accounts`: the cached auth, over processes.

mod support;

use serde_json::{Value, json};
use support::{PASSWORD, Server, TOKEN, Workspace, form_connector, with_answers};

fn accounts(workspace: &Workspace, connector: Option<&str>) -> Value {
    let mut arguments = vec!["accounts", "--json"];
    arguments.extend(connector);
    workspace.run_kept(&arguments).ends(0).json()
}

fn call_auth(workspace: &Workspace, file: &str) -> Value {
    workspace
        .run_kept(&with_answers(&["call", file, "bytes", "--json"]))
        .ends(0)
        .json()["auth"]
        .clone()
}

#[test]
fn login_fills_the_cache_and_logout_clears_it() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    let login = workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    assert_eq!(login.text(), "", "there is no result but the session");
    login.says_no(PASSWORD).says_no(TOKEN);
    assert_eq!(call_auth(&workspace, &file), "cached");
    workspace.run_kept(&["logout", &file]).ends(0);
    workspace.run_kept(&["call", &file, "bytes"]).ends(3);
    // Nothing to clear is no fault.
    workspace.run_kept(&["logout", &file]).ends(0);
    assert_eq!(call_auth(&workspace, &file), "ran");
}

#[test]
fn login_always_runs_the_flow() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for _ in 0..2 {
        workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    }
    assert_eq!(server.count("/login"), 2);
    let missing = workspace.run_kept(&["login", &file, "--json"]).ends(3);
    assert_eq!(missing.error_code(), "input.needed");
    assert_eq!(
        call_auth(&workspace, &file),
        "cached",
        "a login that fails leaves the session alone"
    );
}

#[test]
fn login_says_in_json_who_is_signed_in() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["auth"]["steps"][1]["outputs"] =
        json!([{ "name": "expires_at", "value": "{{ 4102444800 }}" }]);
    let file = workspace.connector("acme.connector.json", &connector);
    let login = workspace
        .run_kept(&with_answers(&[
            "login",
            &file,
            "--json",
            "--account",
            "Work",
        ]))
        .ends(0)
        .json();
    assert_eq!(login["account"], "Work");
    assert_eq!(login["signed_in"], true);
    assert_eq!(login["expires_at"], 4_102_444_800_i64);
    assert_eq!(
        accounts(&workspace, None)[0]["expires_at"],
        4_102_444_800_i64
    );
}

#[test]
fn accounts_are_listed_for_files_and_for_the_library() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    assert_eq!(accounts(&workspace, None), json!([]));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    workspace
        .run_kept(&with_answers(&["login", &file, "--account", "Work"]))
        .ends(0);
    let listed = accounts(&workspace, Some(&file));
    let named: Vec<&str> = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["account"].as_str().unwrap())
        .collect();
    assert_eq!(named, ["default", "Work"]);
    assert_eq!(listed[0]["connector"], "Acme CRM");
    assert_eq!(
        accounts(&workspace, None),
        listed,
        "a connector that is only a file is listed as well"
    );
    let people = workspace.run_kept(&["accounts"]).ends(0);
    assert!(
        people.text().contains("Acme CRM") && people.text().contains("Work"),
        "{}",
        people.text()
    );

    workspace.run_kept(&["import", &file]).ends(0);
    workspace
        .run_kept(&with_answers(&["login", "Acme CRM"]))
        .ends(0);
    let of_library = accounts(&workspace, Some("Acme CRM"));
    assert_eq!(of_library.as_array().unwrap().len(), 1, "{of_library}");
    let connectors = workspace.run_kept(&["connectors", "--json"]).ends(0).json();
    assert_eq!(connectors[0]["signed_in"], true);
}

#[test]
fn logout_clears_one_account_and_all_clears_all() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    for account in ["Work", "Home"] {
        workspace
            .run_kept(&with_answers(&["login", &file, "--account", account]))
            .ends(0);
    }
    workspace
        .run_kept(&["logout", &file, "--account", "Work"])
        .ends(0);
    let left = accounts(&workspace, Some(&file));
    assert_eq!(
        (left.as_array().unwrap().len(), &left[0]["account"]),
        (1, &json!("Home"))
    );
    workspace
        .run_kept(&["call", &file, "bytes", "--account", "Work"])
        .ends(3);
    workspace
        .run_kept(&["call", &file, "bytes", "--account", "Home"])
        .ends(0);
    workspace.run_kept(&["logout", &file, "--all"]).ends(0);
    assert_eq!(accounts(&workspace, Some(&file)), json!([]));
}

#[test]
fn an_expired_session_is_not_used() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["auth"]["steps"][1]["outputs"] =
        json!([{ "name": "expires_in", "value": "{{ 0 }}" }]);
    let file = workspace.connector("acme.connector.json", &connector);
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    assert_eq!(call_auth(&workspace, &file), "ran");
}

#[test]
fn z32_a_file_of_the_same_name_with_other_addresses_gets_nothing() {
    let (workspace, server, thief) = (Workspace::new(), Server::provider(), Server::provider());
    let file = workspace.connector("acme.connector.json", &form_connector(server.origin()));
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    let foreign = workspace.connector("foreign.connector.json", &form_connector(thief.origin()));
    assert_eq!(accounts(&workspace, Some(&foreign)), json!([]));
    let done = workspace
        .run_kept(&["call", &foreign, "bytes", "--json"])
        .ends(3);
    assert_eq!(done.error_code(), "input.needed");
    assert_eq!(thief.requests().len(), 0);

    // Neither does one that sends the token elsewhere, or in another way.
    let mut altered = form_connector(server.origin());
    altered["auth"]["request_parameters"][0]["name"] = json!("X-Other");
    let altered = workspace.connector("altered.connector.json", &altered);
    workspace.run_kept(&["call", &altered, "bytes"]).ends(3);
    let mut added = form_connector(server.origin());
    added["endpoints"][1]["request"]["url"] = json!(format!("{}/steal", thief.origin()));
    let added = workspace.connector("added.connector.json", &added);
    workspace.run_kept(&["call", &added, "bytes"]).ends(3);
    assert_eq!(thief.requests().len(), 0);
    assert_eq!(
        call_auth(&workspace, &file),
        "cached",
        "the owner's session is still there"
    );
}

#[test]
fn z32_the_same_id_in_a_foreign_file_opens_nothing() {
    let (workspace, server, thief) = (Workspace::new(), Server::provider(), Server::provider());
    let mut connector = form_connector(server.origin());
    connector["id"] = json!("6f6f0b4e-7a4e-4f0c-9b52-0d1c2f6f3a11");
    let file = workspace.connector("acme.connector.json", &connector);
    workspace.run_kept(&with_answers(&["login", &file])).ends(0);
    connector["base_url"] = json!(thief.origin());
    let foreign = workspace.connector("foreign.connector.json", &connector);
    workspace.run_kept(&["call", &foreign, "bytes"]).ends(3);
    assert_eq!(thief.requests().len(), 0);
    // A rename and a description are no other connector.
    connector["base_url"] = json!(server.origin());
    connector["name"] = json!("Acme, renamed");
    connector["description"] = json!("The same one.");
    let renamed = workspace.connector("renamed.connector.json", &connector);
    assert_eq!(call_auth(&workspace, &renamed), "cached");
}

#[test]
fn one_time_codes_are_not_kept() {
    let (workspace, server) = (Workspace::new(), Server::provider());
    let mut connector = form_connector(server.origin());
    let fields = connector["auth"]["steps"][0]["fields"]
        .as_array_mut()
        .unwrap();
    fields.push(json!({ "key": "code", "label": "Code", "type": "text", "one_time": true }));
    connector["endpoints"][1]["request"]["url"] = json!("/echo/{{ ask.code | default('gone') }}");
    let file = workspace.connector("acme.connector.json", &connector);
    let login = workspace
        .run_kept(&with_answers(&[
            "login",
            &file,
            "--input",
            "ask.code=c4n-8421-77",
        ]))
        .ends(0);
    login.says_no("c4n-8421-77");
    workspace.assert_keeps_no("c4n-8421-77");
    workspace.run_kept(&["call", &file, "bytes"]).ends(0);
    assert_eq!(server.count("/echo/gone"), 1);
}
