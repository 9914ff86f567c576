//! `latchwork check` on app files: told apart from connectors by what they say that they are.

mod support;

use serde_json::{Value, json};
use support::{Workspace, contacts_app, form_connector};

/// The findings of an app with another value at a place, and the exit code that they come with.
fn findings(pointer: &str, value: Value, code: i32) -> Value {
    let workspace = Workspace::new();
    let mut app = contacts_app();
    if let Some(place) = app.pointer_mut(pointer) {
        *place = value;
    } else {
        let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
        app.pointer_mut(parent).expect("a place")[member] = value;
    }
    let file = workspace.write("contacts.app.json", app.to_string());
    let findings = workspace.run(&["check", &file, "--json"]).ends(code).json();
    assert_eq!(findings[0]["file"], file, "{findings}");
    findings
}

#[test]
fn a_good_app_ends_with_0_and_an_empty_array() {
    let workspace = Workspace::new();
    let file = workspace.write("contacts.app.json", contacts_app().to_string());
    assert_eq!(
        workspace.run(&["check", &file, "--json"]).ends(0).json(),
        json!([])
    );
    assert!(!workspace.data_dir().exists());
}

#[test]
fn what_an_app_calls_of_connectors_outside_its_file_is_said_not_to_be_checked() {
    let findings = findings(
        "/connectors/0",
        json!({ "id": "acme", "connector": "Acme CRM" }),
        0,
    );
    assert_eq!(findings.as_array().unwrap().len(), 1, "{findings}");
    assert_eq!(findings[0]["code"], "connector.not_checked");
    assert_eq!(findings[0]["severity"], "info");
    assert_eq!(findings[0]["path"], "connectors[0].connector");
}

#[test]
fn warnings_alone_end_with_0() {
    let findings = findings("/screens/0/controls/3/on", json!({}), 0);
    assert_eq!(findings[0]["code"], "screen.unreachable");
    assert_eq!(findings[0]["severity"], "warning");
}

#[test]
fn errors_of_the_checker_end_with_1_and_name_code_place_and_remedy() {
    let undefined = findings(
        "/screens/1/controls/1/value",
        json!("{{ contcats.data }}"),
        1,
    );
    assert_eq!(undefined[0]["code"], "template.undefined");
    assert_eq!(undefined[0]["path"], "screens[1].controls[1].value");
    assert_eq!(undefined[0]["help"], "Did you mean `contacts.data`?");
    let endpoint = findings(
        "/screens/0/controls/3/source/endpoint",
        json!("get_contacts"),
        1,
    );
    assert_eq!(endpoint[0]["code"], "endpoint.unknown");
    assert_eq!(endpoint[0]["help"], "Did you mean `get_contact`?");
}

#[test]
fn an_invalid_app_ends_with_2_and_the_whole_path() {
    for (pointer, value, path) in [
        (
            "/screens/1/controls/3/on/click/0/then/0/txt",
            json!("x"),
            "screens[1].controls[3].on.click[0].then[0].txt",
        ),
        (
            "/connectors/0/definition/auth/steps/1/request/heders",
            json!([]),
            "connectors[0].definition.auth.steps[1].request.heders",
        ),
        (
            "/screens/0/controls/1/id",
            json!("vars"),
            "screens[0].controls[1].id",
        ),
        (
            "/screens/0/controls/1/width",
            json!(13),
            "screens[0].controls[1].width",
        ),
        ("/format", json!("latchwork.app/2"), "format"),
    ] {
        let findings = findings(pointer, value, 2);
        assert_eq!(findings[0]["code"], "file.invalid");
        assert_eq!(findings[0]["path"], path);
    }
}

#[test]
fn apps_and_connectors_are_checked_together() {
    let workspace = Workspace::new();
    let app = workspace.write("contacts.app.json", contacts_app().to_string());
    let connector = workspace.connector(
        "acme.connector.json",
        &form_connector("https://api.example.com"),
    );
    let done = workspace.run(&["check", &app, &connector]).ends(0);
    assert!(
        done.stderr.contains("2 files: 0 errors, 0 warnings"),
        "{}",
        done.stderr
    );
}

#[test]
fn an_app_where_a_connector_is_expected_says_what_it_is() {
    let workspace = Workspace::new();
    let app = workspace.write("contacts.app.json", contacts_app().to_string());
    let done = workspace.run(&["test", &app]).ends(2);
    assert!(
        done.stderr.contains("an app file, not a connector file"),
        "{}",
        done.stderr
    );
}
