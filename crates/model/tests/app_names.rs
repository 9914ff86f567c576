//! The names at a place of an app, who uses a control, and a control's id changed.

mod app_example;

use app_example::{app, document, harbour};
use latchwork_model::{
    NameKind, app_names_at, control_references, rename_control, unique_control_id,
};
use serde_json::json;

#[test]
fn the_names_at_a_place_are_those_of_the_decision() {
    let file = app(&document());
    let names = |path: &str| -> Vec<String> {
        app_names_at(&file, path)
            .into_iter()
            .map(|name| name.name)
            .collect()
    };
    let everywhere = [
        "search.value",
        "boats.selected",
        "boats.rows",
        "boats.data",
        "boats.status",
        "vars.greeting",
        "app.name",
        "screen.id",
        "screen.name",
    ];
    let with = |at_hand: &[&str]| -> Vec<String> {
        at_hand
            .iter()
            .chain(&everywhere)
            .map(|name| (*name).to_owned())
            .collect()
    };
    for (path, at_hand) in [
        ("screens[0].controls[0].label", &[][..]),
        ("screens[0].controls[1].label", &["data"]),
        ("screens[0].controls[1].source.inputs.q", &[]),
        ("screens[0].controls[1].source.when", &[]),
        (
            "screens[0].controls[1].columns[0].value",
            &["row", "index", "data"],
        ),
        (
            "screens[0].controls[1].on.row_select[0].value",
            &["row", "index"],
        ),
        ("screens[0].controls[1].default", &[]),
        ("screens[0].controls[1].option_value", &["row", "data"]),
        ("screens[1].controls[0].fields[0].value", &["record"]),
        ("screens[1].controls[1].on.click[0].inputs.id", &[]),
        (
            "screens[1].controls[1].on.click[0].then[1].text",
            &["answer.status", "answer.headers", "answer.body"],
        ),
        (
            "screens[1].controls[1].on.click[0].otherwise[0].text",
            &["error.code", "error.message", "error.status"],
        ),
    ] {
        assert_eq!(names(path), with(at_hand), "{path}");
    }
    assert_eq!(
        names("variables[0].value"),
        ["app.name", "screen.id", "screen.name"]
    );
    let kinds: Vec<_> = app_names_at(&file, "screens[0].controls[1].label")
        .iter()
        .map(|name| name.kind)
        .collect();
    assert_eq!(kinds[..2], [NameKind::Answer, NameKind::Control]);
    assert_eq!(kinds.last(), Some(&NameKind::App));
}

#[test]
fn inside_a_definition_the_names_are_the_connectors() {
    let mut file = document();
    file["connectors"][0]["definition"] = harbour();
    let names = app_names_at(
        &app(&file),
        "connectors[0].definition.endpoints[0].request.url",
    );
    let names: Vec<_> = names.iter().map(|name| name.name.as_str()).collect();
    assert!(
        names.contains(&"input.q") && names.contains(&"vars.device"),
        "{names:?}"
    );
    assert!(!names.contains(&"search.value"), "{names:?}");
}

#[test]
fn renaming_a_control_rewrites_its_references_and_nothing_else() {
    let mut file = document();
    file["connectors"][0]["definition"] = harbour();
    file["connectors"][0]["definition"]["account_name"] = json!("{{ vars.boats }}");
    file["screens"][0]["controls"][0]["label"] =
        json!("boats {{ 'boats' }} {{ x.boats | default(boats.rows) }}");
    let before = app(&file);
    let references = control_references(&before, "boats");
    let places: Vec<_> = references
        .iter()
        .map(|one| (one.path.as_str(), one.expression.as_str()))
        .collect();
    assert_eq!(
        places,
        [
            ("screens[0].controls[0].label", "boats.rows"),
            ("screens[1].controls[0].value", "boats.selected"),
            (
                "screens[1].controls[1].on.click[0].inputs.id",
                "boats.selected.id"
            ),
            (
                "screens[1].controls[1].on.click[0].then[0].control",
                "boats"
            ),
        ]
    );
    assert_eq!(rename_control(&mut file, &before, "boats", "fleet"), Ok(4));
    assert_eq!(
        file["screens"][0]["controls"][0]["label"],
        "boats {{ 'boats' }} {{ x.boats | default(fleet.rows) }}"
    );
    assert_eq!(
        file["connectors"][0]["definition"]["account_name"],
        "{{ vars.boats }}"
    );
    let after = app(&file);
    assert_eq!(control_references(&after, "boats"), []);
    assert_eq!(control_references(&after, "fleet").len(), 4);
    let before = after;
    assert_eq!(rename_control(&mut file, &before, "search", "words"), Ok(4));
    assert_eq!(
        file["screens"][0]["controls"][1]["on"]["row_select"][0]["target"],
        "words"
    );
    app(&file);
}

#[test]
fn renaming_is_refused_where_a_template_has_a_variable_of_that_name() {
    let mut file = document();
    file["screens"][0]["controls"][0]["label"] =
        json!("{% for item in boats.rows %}{{ boats.status }}{{ item }}{% endfor %}");
    let untouched = file.clone();
    let refused =
        rename_control(&mut file, &app(&untouched), "boats", "item").expect_err("it is taken");
    assert_eq!(refused.path, "screens[0].controls[0].label");
    assert_eq!(file, untouched);
}

#[test]
fn an_id_is_made_unique_among_controls_and_words() {
    let file = app(&document());
    for (wanted, made) in [
        ("chart", "chart"),
        ("boats", "boats_2"),
        ("row", "row_2"),
        ("range", "control"),
        ("Boats!", "control"),
    ] {
        assert_eq!(unique_control_id(&file, wanted), made);
    }
}
