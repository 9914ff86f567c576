//! What the checker says of an app's templates, with place and remedy.

mod app_example;

use app_example::{checked, document, said};
use serde_json::{Value, json};

const BOATS: &str = "/screens/0/controls/1";
const CALL: &str = "/screens/1/controls/1/on/click/0";

#[test]
fn a_sound_app_has_no_findings() {
    assert_eq!(checked(&document()), []);
}

#[test]
fn an_undefined_name_is_told_with_its_place_and_the_nearest_name() {
    for (pointer, template, path, help) in [
        (
            "/screens/0/controls/0/label",
            "{{ vars.greting }}",
            "screens[0].controls[0].label",
            "Did you mean `vars.greeting`?",
        ),
        (
            "/screens/0/controls/0/label",
            "{{ baots.rows }}",
            "screens[0].controls[0].label",
            "Did you mean `boats.rows`?",
        ),
        (
            "/screens/0/controls/1/source/inputs/q",
            "{{ search.valeu }}",
            "screens[0].controls[1].source.inputs.q",
            "Did you mean `search.value`?",
        ),
        (
            "/screens/1/controls/0/value",
            "{{ boats.selectd.id }}",
            "screens[1].controls[0].value",
            "Did you mean `boats.selected`?",
        ),
        (
            "/screens/1/controls/0/label",
            "{{ screen.nam }}",
            "screens[1].controls[0].label",
            "Did you mean `screen.name`?",
        ),
        (
            &format!("{CALL}/then/1/text"),
            "{{ answer.boddy.x }}",
            "screens[1].controls[1].on.click[0].then[1].text",
            "Did you mean `answer.body`?",
        ),
        (
            &format!("{CALL}/otherwise/0/text"),
            "{{ error.mesage }}",
            "screens[1].controls[1].on.click[0].otherwise[0].text",
            "Did you mean `error.message`?",
        ),
    ] {
        let (code, found, message, said_help) = said(pointer, json!(template));
        assert_eq!((code, found.as_str()), ("template.undefined", path));
        assert_eq!(said_help, help, "{message}");
    }
}

#[test]
fn what_a_control_holds_depends_on_its_kind_and_source() {
    let (_, _, message, _) = said("/screens/0/controls/0/label", json!("{{ search.data }}"));
    assert_eq!(
        message,
        "`search.data`: `search` has no `data`; it has `value`"
    );
    let (_, _, message, _) = said("/screens/0/controls/0/label", json!("{{ rename.value }}"));
    assert!(
        message.ends_with("it has nothing that a template could use"),
        "{message}"
    );
    let (_, _, message, _) = said("/screens/0/controls/0/label", json!("{{ boats.value }}"));
    assert!(
        message.ends_with("it has `selected`, `rows`, `data`, `status`"),
        "{message}"
    );
}

#[test]
fn a_name_that_is_elsewhere_is_told_where() {
    for (pointer, template, word) in [
        ("/screens/0/controls/0/label", "{{ row.name }}", "columns"),
        ("/screens/0/controls/1/label", "{{ index }}", "columns"),
        ("/screens/1/controls/0/label", "{{ record.x }}", "fields"),
        ("/screens/1/controls/1/text", "{{ answer.body }}", "`then`"),
        (
            &format!("{CALL}/inputs/name"),
            "{{ answer.body }}",
            "`then`",
        ),
        (
            &format!("{CALL}/otherwise/0/text"),
            "{{ answer.body }}",
            "`then`",
        ),
        (
            &format!("{CALL}/then/1/text"),
            "{{ error.code }}",
            "`otherwise`",
        ),
        ("/screens/0/controls/0/label", "{{ data }}", "control's id"),
        (
            "/screens/0/controls/1/on/row_select/0/value",
            "{{ data }}",
            "control's id",
        ),
        (
            &format!("{BOATS}/source/inputs/q"),
            "{{ data.next }}",
            "In its source",
        ),
        ("/variables/0/value", "{{ search.value }}", "with an action"),
    ] {
        let (code, _, _, help) = said(pointer, json!(template));
        assert_eq!(code, "template.undefined", "{template}");
        assert!(help.contains(word), "{template}: {help}");
    }
}

#[test]
fn nothing_of_a_connectors_is_a_name_in_an_app() {
    for template in [
        "{{ connector.base_url }}",
        "{{ account.name }}",
        "{{ input.q }}",
        "{{ harbour.token }}",
        "{{ vars.device }}",
    ] {
        let (code, ..) = said("/screens/0/controls/0/label", json!(template));
        assert_eq!(code, "template.undefined", "{template}");
    }
}

#[test]
fn a_variable_sees_those_before_it() {
    let mut file = document();
    file["variables"] = json!([
        { "name": "greeting", "value": "Ahoy" }, { "name": "long", "value": "{{ vars.greeting }}!" } ]);
    assert_eq!(checked(&file), []);
    file["variables"][0]["value"] = json!("{{ vars.long }}");
    assert_eq!(checked(&file)[0].path, "variables[0].value");
}

#[test]
fn an_answer_is_there_in_actions_inside_actions() {
    let mut file = document();
    let inner = json!({ "type": "call", "connector": "harbour", "endpoint": "list_boats",
        "otherwise": [ { "type": "show_message", "text": "{{ error.code }} after {{ answer.status }}" } ] });
    file["screens"][1]["controls"][1]["on"]["click"][0]["then"][0] = inner;
    assert_eq!(checked(&file), []);
}

#[test]
fn an_inputs_name_gives_no_names() {
    let mut file = document();
    file["screens"][1]["controls"][1]["on"]["click"][0]["inputs"]["a.then[0].b"] =
        json!("{{ answer.body }}");
    let codes: Vec<_> = checked(&file).iter().map(|finding| finding.code).collect();
    assert_eq!(codes, ["template.undefined", "input.unknown"]);
}

#[test]
fn names_with_a_default_or_in_a_test_may_be_missing_and_syntax_is_told() {
    let mut file = document();
    file["screens"][0]["controls"][0]["label"] =
        json!("{{ gone.x | default('') }}{{ gone is defined }}");
    assert_eq!(checked(&file), []);
    let (code, path, _, help) = said("/screens/0/controls/0/label", json!("{{ search.value"));
    assert_eq!(
        (code, path.as_str()),
        ("template.syntax", "screens[0].controls[0].label")
    );
    assert!(help.contains("{{ search.value }}"), "{help}");
}

#[test]
fn a_selects_choices_are_rows_of_its_list() {
    let mut file = document();
    let select = json!({ "id": "one", "type": "select",
        "source": { "connector": "harbour", "endpoint": "list_boats" },
        "option_value": "{{ row.id }}", "option_label": "{{ row.name }}" });
    file["screens"][0]["controls"]
        .as_array_mut()
        .expect("a list")
        .push(select);
    assert_eq!(checked(&file), []);
    file["screens"][0]["controls"][2]["option_label"] = json!("{{ index }}");
    assert_eq!(
        checked(&file)[0].path,
        "screens[0].controls[2].option_label"
    );
}

/// An app with a template wherever there can be one.
fn templates_everywhere() -> Value {
    let gone = "{{ gone }}";
    let source = json!({ "connector": "harbour", "endpoint": "list_boats", "inputs": { "q": gone }, "when": gone });
    json!({
        "format": "latchwork.app/1", "name": "Boats",
        "connectors": [ { "id": "harbour", "connector": "Harbour" } ],
        "variables": [ { "name": "greeting", "value": gone } ],
        "screens": [ { "id": "home", "on_load": [ { "type": "show_message", "text": gone, "when": gone } ], "controls": [
            { "id": "a", "type": "text", "label": gone, "visible": gone, "text": gone },
            { "id": "b", "type": "input", "default": gone, "placeholder": gone, "source": source,
              "on": { "load": [ { "type": "load", "control": "b", "when": gone } ],
                      "change": [ { "type": "set_value", "target": "b", "value": gone } ] } },
            { "id": "c", "type": "button", "text": gone, "disabled": gone, "on": { "click": [
                { "type": "open_link", "url": format!("https://x.example/{gone}") },
                { "type": "call", "connector": "harbour", "endpoint": "list_boats", "inputs": { "q": gone },
                  "then": [ { "type": "go_to_screen", "screen": "home", "when": gone } ],
                  "otherwise": [ { "type": "navigate_to_authentication", "when": gone },
                                 { "type": "clear_cached_auth", "connector": "harbour", "when": gone } ] } ] } },
            { "id": "d", "type": "table", "rows": gone, "columns": [ { "label": "", "value": gone } ], "empty_text": gone,
              "on": { "row_select": [ { "type": "show_message", "text": gone } ] } },
            { "id": "e", "type": "select", "options": gone, "option_value": gone, "option_label": gone, "default": gone,
              "placeholder": gone },
            { "id": "f", "type": "record", "value": gone, "fields": [ { "label": "", "value": gone } ] },
            { "id": "g", "type": "json", "value": gone },
            { "id": "h", "type": "image", "value": gone, "description": gone } ] } ]
    })
}

#[test]
fn every_template_is_looked_at() {
    let file = templates_everywhere();
    let text = file.to_string();
    let written = text.matches("{{ gone }}").count();
    let undefined = checked(&file)
        .into_iter()
        .filter(|finding| finding.code == "template.undefined");
    let places: std::collections::BTreeSet<String> =
        undefined.map(|finding| finding.path).collect();
    assert_eq!(places.len(), written, "{places:?}");
}
