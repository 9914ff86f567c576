//! What app files get that are no valid ones: a JSON path, what was expected there, and a remedy.

use latchwork_model::{FileKind, read_app, read_app_shape, read_connector, write_app};
use serde_json::{Value, json};

fn definition() -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Harbour", "kind": "rest", "base_url": "https://api.harbour.example",
        "auth": { "method": "multistep", "steps": [
            { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/session" } } ],
            "request_parameters": [] },
        "endpoints": [ { "id": "list", "request": { "method": "GET", "url": "/boats" } } ]
    })
}

fn app() -> Value {
    json!({
        "format": "latchwork.app/1",
        "name": "Boats",
        "connectors": [ { "id": "harbour", "connector": "Harbour", "definition": definition() } ],
        "variables": [ { "name": "greeting", "value": "Ahoy" } ],
        "screens": [
            { "id": "home", "name": "Home", "controls": [
                { "id": "search", "type": "input", "label": "Search", "on": { "change": [ { "type": "load", "control": "boats" } ] } },
                { "id": "boats", "type": "table",
                  "source": { "connector": "harbour", "endpoint": "list", "inputs": { "q": "{{ search.value }}" } },
                  "on": { "row_select": [ { "type": "go_to_screen", "screen": "boat" } ] } },
                { "id": "colour", "type": "select", "options": [ { "value": "red", "label": "Red" } ], "width": 6 },
                { "id": "save", "type": "button", "text": "Save", "on": { "click": [
                    { "type": "call", "connector": "harbour", "endpoint": "list",
                      "then": [ { "type": "set_value", "target": "vars.greeting", "value": "{{ answer.status }}" } ],
                      "otherwise": [ { "type": "show_message", "text": "{{ error.message }}", "tone": "danger" } ] } ] } } ] },
            { "id": "boat", "in_menu": false, "controls": [
                { "id": "words", "type": "text", "text": "{{ boats.selected.name }}" } ] }
        ]
    })
}

const CLICK: &str = "/screens/0/controls/3/on/click/0";

fn fault(change: impl FnOnce(&mut Value)) -> (String, String, String) {
    let mut value = app();
    change(&mut value);
    let error = read_app(&value.to_string()).expect_err("the file is not valid");
    let first = &error.findings[0];
    assert_eq!(first.code, "file.invalid");
    (
        first.path.clone(),
        first.message.clone(),
        first.help.clone(),
    )
}

/// The fault of an app that has another value at a place.
fn fault_at(pointer: &str, value: &Value) -> (String, String, String) {
    fault(|file| {
        let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
        file.pointer_mut(parent).expect("a place")[member] = value.clone();
    })
}

#[test]
fn a_valid_file_is_written_as_it_was_read() {
    let read = read_app(&app().to_string()).expect("a valid app");
    let written: Value = serde_json::from_str(&write_app(&read)).expect("JSON");
    let mut expected = app();
    // What the connector's own writing adds.
    expected["connectors"][0]["definition"] = written["connectors"][0]["definition"].clone();
    assert_eq!(written, expected);
    assert_eq!(read_app(&write_app(&read)).expect("a valid app"), read);
}

#[test]
fn an_unknown_field_is_named_with_its_whole_path_and_the_nearest_name() {
    for (pointer, path, near) in [
        ("/conectors", "conectors", "connectors"),
        (
            "/connectors/0/definition/auth/steps/0/request/heders",
            "connectors[0].definition.auth.steps[0].request.heders",
            "headers",
        ),
        ("/screens/0/in_meun", "screens[0].in_meun", "in_menu"),
        (
            "/screens/0/controls/0/defalt",
            "screens[0].controls[0].defalt",
            "default",
        ),
        (
            "/screens/0/controls/1/source/input",
            "screens[0].controls[1].source.input",
            "inputs",
        ),
        (
            "/screens/0/controls/1/on/row_selct",
            "screens[0].controls[1].on.row_selct",
            "row_select",
        ),
        (
            "/screens/0/controls/3/on/click/0/then/0/valu",
            "screens[0].controls[3].on.click[0].then[0].valu",
            "value",
        ),
        (
            "/screens/0/controls/3/on/click/0/otherwise/0/txt",
            "screens[0].controls[3].on.click[0].otherwise[0].txt",
            "text",
        ),
    ] {
        let (found, message, help) = fault_at(pointer, &json!([]));
        assert_eq!(found, path);
        assert!(message.starts_with("unknown field"), "{message}");
        assert!(help.contains(near), "{help}");
        assert!(help.contains("docs/app-format.md"), "{help}");
    }
}

#[test]
fn an_unknown_kind_of_control_or_action_is_named() {
    let (path, message, help) = fault_at("/screens/0/controls/1/type", &json!("tabel"));
    assert_eq!(path, "screens[0].controls[1].type");
    assert!(message.contains("`tabel`") && help.contains("`table`"));
    let (path, message, help) = fault_at(&format!("{CLICK}/then/0/type"), &json!("set_vlaue"));
    assert_eq!(path, "screens[0].controls[3].on.click[0].then[0].type");
    assert!(message.contains("`set_vlaue`") && help.contains("`set_value`"));
}

#[test]
fn a_file_of_another_kind_says_what_it_is_and_where_it_belongs() {
    let connector = definition().to_string();
    let error = read_app(&connector).expect_err("it is a connector");
    assert_eq!(error.findings[0].path, "format");
    let said = &error.findings[0];
    assert_eq!(
        said.message,
        "`latchwork.connector/1` is a connector file, not an app file"
    );
    assert!(said.help.contains("among the connectors"), "{}", said.help);
    let error = read_connector(&app().to_string()).expect_err("it is an app");
    let said = &error.findings[0];
    assert_eq!(
        said.message,
        "`latchwork.app/1` is an app file, not a connector file"
    );
    assert!(said.help.contains("among the apps"), "{}", said.help);
    assert_eq!(FileKind::of(&connector), Some(FileKind::Connector));
    assert_eq!(FileKind::of(&app().to_string()), Some(FileKind::App));
    for text in ["", "[]", "{}", r#"{ "format": "latchwork.step/1" }"#] {
        assert_eq!(FileKind::of(text), None, "{text}");
    }
}

#[test]
fn a_newer_version_is_told_apart_also_inside() {
    let (path, message, _) = fault_at("/format", &json!("latchwork.app/2"));
    assert_eq!(path, "format");
    assert!(message.contains("newer Latchwork"), "{message}");
    let (path, message, _) = fault_at(
        "/connectors/0/definition/format",
        &json!("latchwork.connector/2"),
    );
    assert_eq!(path, "connectors[0].definition.format");
    assert!(message.contains("newer Latchwork"), "{message}");
    let (_, message, help) = fault(|file| {
        file.as_object_mut().expect("an object").remove("format");
    });
    assert_eq!(message, "missing field `format`");
    assert!(help.contains("latchwork.app/1"), "{help}");
}

#[test]
fn a_broken_rule_of_a_definition_is_told_with_its_place_in_the_app() {
    let (path, ..) = fault_at("/connectors/0/definition/auth/steps/0/id", &json!("vars"));
    assert_eq!(path, "connectors[0].definition.auth.steps[0].id");
}

#[test]
fn ids_are_identifiers_and_name_one_thing_each() {
    for (pointer, wrong, path) in [
        ("/connectors/0/id", "Harbour", "connectors[0].id"),
        ("/screens/1/id", "2nd", "screens[1].id"),
        ("/screens/1/id", "home", "screens[1].id"),
        (
            "/screens/1/controls/0/id",
            "a-b",
            "screens[1].controls[0].id",
        ),
        (
            "/screens/1/controls/0/id",
            "boats",
            "screens[1].controls[0].id",
        ),
        (
            "/screens/1/controls/0/id",
            "answer",
            "screens[1].controls[0].id",
        ),
        (
            "/screens/1/controls/0/id",
            "row",
            "screens[1].controls[0].id",
        ),
        (
            "/screens/1/controls/0/id",
            "not",
            "screens[1].controls[0].id",
        ),
        (
            "/screens/1/controls/0/id",
            "range",
            "screens[1].controls[0].id",
        ),
        ("/variables/0/name", "a b", "variables[0].name"),
    ] {
        let mut value = app();
        *value.pointer_mut(pointer).expect("a place") = json!(wrong);
        let error = read_app(&value.to_string()).expect_err("the file is not valid");
        let found = error.findings.iter().find(|finding| finding.path == path);
        let found = found.unwrap_or_else(|| panic!("{wrong}: {error:?}"));
        assert!(found.message.contains(wrong), "{}", found.message);
    }
    let (path, ..) = fault_at(
        "/variables",
        &json!([{ "name": "greeting" }, { "name": "greeting" }]),
    );
    assert_eq!(path, "variables[1].name");
}

#[test]
fn what_is_referred_to_has_to_be_there_and_to_fit() {
    for (pointer, wrong, path, near) in [
        (
            "/screens/0/controls/1/source/connector",
            "harbor",
            "screens[0].controls[1].source.connector",
            "`harbour`",
        ),
        (
            &format!("{CLICK}/connector"),
            "harbor",
            "screens[0].controls[3].on.click[0].connector",
            "`harbour`",
        ),
        (
            "/screens/0/controls/1/on/row_select/0/screen",
            "boot",
            "screens[0].controls[1].on.row_select[0].screen",
            "`boat`",
        ),
        (
            "/screens/0/controls/0/on/change/0/control",
            "boat",
            "screens[0].controls[0].on.change[0].control",
            "`boats`",
        ),
        (
            "/screens/0/controls/0/on/change/0/control",
            "search",
            "screens[0].controls[0].on.change[0].control",
            "source",
        ),
        (
            &format!("{CLICK}/then/0/target"),
            "vars.greting",
            "screens[0].controls[3].on.click[0].then[0].target",
            "`vars.greeting`",
        ),
        (
            &format!("{CLICK}/then/0/target"),
            "serch",
            "screens[0].controls[3].on.click[0].then[0].target",
            "`search`",
        ),
        (
            &format!("{CLICK}/then/0/target"),
            "boats",
            "screens[0].controls[3].on.click[0].then[0].target",
            "an input's or a select's id",
        ),
    ] {
        let (found, message, help) = fault_at(pointer, &json!(wrong));
        assert_eq!(found, path);
        let name = wrong.trim_start_matches("vars.");
        assert!(message.contains(name), "{message}");
        assert!(help.contains(near), "{help}");
    }
    let mut value = app();
    value["screens"][0]["controls"][3]["on"]["click"][0]["then"][0]["target"] = json!("colour");
    assert!(
        read_app(&value.to_string()).is_ok(),
        "a select takes a value"
    );
}

#[test]
fn events_are_those_of_the_kind_of_control() {
    for (control, event) in [
        (0, "click"),
        (0, "row_select"),
        (1, "change"),
        (1, "click"),
        (3, "change"),
    ] {
        let pointer = format!("/screens/0/controls/{control}/on");
        let on = json!({ event: [ { "type": "navigate_to_authentication" } ] });
        let (path, message, _) = fault_at(&pointer, &on);
        assert_eq!(path, format!("screens[0].controls[{control}].on.{event}"));
        assert!(message.contains(event), "{message}");
    }
}

#[test]
fn widths_options_and_screens_have_their_bounds() {
    for width in [0, 13] {
        let (path, message, _) = fault_at("/screens/0/controls/2/width", &json!(width));
        assert_eq!(path, "screens[0].controls[2].width");
        assert!(message.contains(&width.to_string()), "{message}");
    }
    let (path, message, _) = fault_at("/screens/0/controls/2/options", &json!([]));
    assert_eq!(path, "screens[0].controls[2].options");
    assert!(message.contains("`colour`"), "{message}");
    let (path, ..) =
        fault(|file| *file = json!({ "format": "latchwork.app/1", "name": "x", "screens": [] }));
    assert_eq!(path, "screens");
    let (path, ..) = fault_at("/name", &json!(" "));
    assert_eq!(path, "name");
    let (path, ..) = fault_at("/connectors/0/connector", &json!(""));
    assert_eq!(path, "connectors[0].connector");
}

/// A call in a call in a call.
fn nested(levels: usize) -> Value {
    (1..levels).fold(json!({ "type": "navigate_to_authentication" }), |inner, _| {
        json!({ "type": "call", "connector": "harbour", "endpoint": "list", "otherwise": [inner] })
    })
}

#[test]
fn actions_lie_in_actions_eight_deep_and_no_deeper() {
    let mut value = app();
    value["screens"][0]["on_load"] = json!([nested(8)]);
    assert!(read_app(&value.to_string()).is_ok());
    value["screens"][0]["on_load"] = json!([nested(12)]);
    let error = read_app(&value.to_string()).expect_err("it is too deep");
    assert_eq!(error.findings.len(), 1, "told once: {error:?}");
    let path = format!("screens[0].on_load{}", "[0].otherwise".repeat(8));
    assert_eq!(error.findings[0].path, path);
}

#[test]
fn an_editor_reads_what_breaks_a_rule() {
    let mut value = app();
    value["screens"][0]["controls"][1]["source"]["connector"] = json!("gone");
    assert!(read_app(&value.to_string()).is_err());
    assert!(read_app_shape(&value.to_string()).is_ok());
}
