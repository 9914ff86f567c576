//! `latchwork schema app`: a JSON Schema that takes what the program takes.

mod support;

use jsonschema::Validator;
use serde_json::{Value, json};
use support::{Workspace, contacts_app};

fn schema() -> Value {
    let workspace = Workspace::new();
    let done = workspace.run(&["schema", "app"]).ends(0);
    assert_eq!(done.stderr, "");
    assert!(!workspace.data_dir().exists());
    done.json()
}

fn validator() -> Validator {
    jsonschema::validator_for(&schema()).expect("a valid JSON Schema")
}

#[test]
fn it_is_a_json_schema_with_its_dialect() {
    let schema = schema();
    assert!(
        schema["$schema"]
            .as_str()
            .unwrap()
            .starts_with("https://json-schema.org/")
    );
    jsonschema::meta::validate(&schema).expect("it fits its own dialect");
    assert_eq!(schema["required"], json!(["format", "name", "screens"]));
    assert_eq!(schema["properties"]["format"]["const"], "latchwork.app/1");
}

#[test]
fn it_takes_every_control_and_action_and_a_small_app() {
    let validator = validator();
    for app in [
        contacts_app(),
        json!({ "format": "latchwork.app/1", "name": "Small", "screens": [ { "id": "home" } ] }),
    ] {
        let faults: Vec<String> = validator
            .iter_errors(&app)
            .map(|fault| format!("{}: {fault}", fault.instance_path()))
            .collect();
        assert!(faults.is_empty(), "{faults:?}");
    }
}

#[test]
fn it_refuses_unknown_members_at_every_depth() {
    let validator = validator();
    for pointer in [
        "",
        "/connectors/0",
        "/connectors/0/definition",
        "/connectors/0/definition/auth/steps/1/request",
        "/variables/0",
        "/screens/0",
        "/screens/0/on_load/0",
        "/screens/0/controls/0",
        "/screens/0/controls/1",
        "/screens/0/controls/1/on",
        "/screens/0/controls/1/on/change/0",
        "/screens/0/controls/2",
        "/screens/0/controls/2/options/0",
        "/screens/0/controls/3",
        "/screens/0/controls/3/columns/0",
        "/screens/0/controls/3/source",
        "/screens/0/controls/3/on/row_select/0",
        "/screens/0/controls/3/on/row_select/1",
        "/screens/1/controls/0/fields/0",
        "/screens/1/controls/1",
        "/screens/1/controls/2",
        "/screens/1/controls/2/on/click/0",
        "/screens/1/controls/3/on/click/0",
        "/screens/1/controls/3/on/click/0/then/0",
        "/screens/1/controls/3/on/click/0/otherwise/0",
        "/screens/1/controls/3/on/click/0/otherwise/1",
    ] {
        let mut app = contacts_app();
        let object = app
            .pointer_mut(pointer)
            .unwrap_or_else(|| panic!("{pointer} is not there"));
        object
            .as_object_mut()
            .unwrap()
            .insert("unknwon".to_owned(), json!(1));
        assert!(
            !validator.is_valid(&app),
            "an unknown member at `{pointer}` is taken"
        );
    }
}

#[test]
fn it_refuses_what_check_refuses() {
    let (validator, workspace) = (validator(), Workspace::new());
    for (pointer, wrong) in [
        ("/format", json!("latchwork.app/2")),
        ("/screens", json!([])),
        ("/screens/0/id", json!("Home")),
        ("/screens/0/controls/0/id", json!("a-b")),
        ("/screens/0/controls/0/type", json!("tabel")),
        ("/screens/0/controls/0/style", json!("loud")),
        ("/screens/0/controls/1/width", json!(13)),
        ("/screens/0/controls/1/required", json!("yes")),
        ("/screens/0/controls/3/source/run", json!("sometimes")),
        ("/screens/1/controls/3/on/click/0/type", json!("cal")),
        (
            "/screens/1/controls/3/on/click/0/otherwise/1/reload_app",
            json!("TRUE"),
        ),
    ] {
        let mut app = contacts_app();
        *app.pointer_mut(pointer).unwrap() = wrong.clone();
        let file = workspace.write("wrong.app.json", app.to_string());
        workspace.run(&["check", &file]).ends(2);
        assert!(!validator.is_valid(&app), "{pointer}: {wrong} is taken");
    }
}
