//! What the checker says of an app, with its place and remedy.

mod app_example;

use app_example::{app, document, harbour};
use latchwork_model::{Diagnostic, Severity, check_app, check_app_alone, read_connector};
use serde_json::{Value, json};

fn checked(document: &Value) -> Vec<Diagnostic> {
    let harbour = read_connector(&harbour().to_string()).expect("a valid connector");
    check_app(&app(document), &|connector| {
        (connector.connector == "Harbour").then(|| harbour.clone())
    })
}

/// What is said of the app with another value at a place: code, path, message and help of the only finding.
fn said(pointer: &str, value: Value) -> (&'static str, String, String, String) {
    let mut document = document();
    let (parent, member) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect("a place");
    match parent.as_array_mut() {
        Some(items) => items.push(value),
        None => parent[member] = value,
    }
    let findings = checked(&document);
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = findings[0].clone();
    (finding.code, finding.path, finding.message, finding.help)
}

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
fn what_is_called_is_looked_up_in_the_connector() {
    let (code, path, message, _) = said("/connectors/0/connector", json!("Harbor"));
    assert_eq!(
        (code, path.as_str()),
        ("connector.unknown", "connectors[0].connector")
    );
    assert!(message.contains("`Harbor`"), "{message}");
    let (code, path, _, help) = said(&format!("{BOATS}/source/endpoint"), json!("list_boat"));
    assert_eq!(
        (code, path.as_str()),
        ("endpoint.unknown", "screens[0].controls[1].source.endpoint")
    );
    assert_eq!(help, "Did you mean `list_boats`?");
    let (code, path, _, help) = said(&format!("{CALL}/inputs/kin"), json!("x"));
    assert_eq!(
        (code, path.as_str()),
        (
            "input.unknown",
            "screens[1].controls[1].on.click[0].inputs.kin"
        )
    );
    assert_eq!(help, "Did you mean `kind`?");
    let (code, path, message, _) = said(&format!("{CALL}/inputs"), json!({ "id": "1" }));
    assert_eq!(
        (code, path.as_str()),
        ("input.missing", "screens[1].controls[1].on.click[0].inputs")
    );
    assert!(message.contains("`name`"), "{message}");
}

#[test]
fn a_definition_in_the_file_stands_in_place_of_the_librarys_and_is_checked_itself() {
    let mut file = document();
    file["connectors"][0]["connector"] = json!("Not in the library");
    file["connectors"][0]["definition"] = harbour();
    assert_eq!(checked(&file), []);
    assert_eq!(check_app_alone(&app(&file)), []);
    file["connectors"][0]["definition"]["endpoints"][0]["request"]["url"] =
        json!("/{{ input.nothing }}");
    let findings = check_app_alone(&app(&file));
    assert_eq!(
        findings[0].path,
        "connectors[0].definition.endpoints[0].request.url"
    );
}

#[test]
fn without_a_library_it_is_said_what_was_not_checked() {
    let mut file = document();
    file["screens"][0]["controls"][1]["source"]["endpoint"] = json!("anything");
    let findings = check_app_alone(&app(&file));
    let found: Vec<_> = findings
        .iter()
        .map(|one| (one.code, one.severity))
        .collect();
    assert_eq!(found, [("connector.not_checked", Severity::Info)]);
    assert!(findings[0].message.contains("`Harbour`"));
}

#[test]
fn what_leads_nowhere_is_told() {
    let mut file = document();
    file["connectors"]
        .as_array_mut()
        .expect("a list")
        .push(json!({ "id": "spare", "connector": "Harbour" }));
    file["screens"]
        .as_array_mut()
        .expect("a list")
        .push(json!({ "id": "lost", "in_menu": false, "on_load": [
        { "type": "go_to_screen", "screen": "lost" } ] }));
    let found: Vec<_> = checked(&file)
        .into_iter()
        .map(|one| (one.code, one.severity, one.path))
        .collect();
    assert_eq!(
        found,
        [
            (
                "connector.unused",
                Severity::Warning,
                "connectors[1]".to_owned()
            ),
            (
                "screen.unreachable",
                Severity::Warning,
                "screens[2]".to_owned()
            ),
            ("screen.empty", Severity::Info, "screens[2]".to_owned()),
        ]
    );
}

/// What is said of a call that writes, at a place.
fn writing(change: impl FnOnce(&mut Value, Value)) -> Vec<(&'static str, String)> {
    let mut file = document();
    let call = json!({ "type": "call", "connector": "harbour", "endpoint": "rename_boat",
        "inputs": { "id": "1", "name": "x" } });
    change(&mut file, call);
    let findings = checked(&file).into_iter();
    findings
        .map(|finding| (finding.code, finding.path))
        .collect()
}

#[test]
fn a_call_that_writes_by_itself_is_warned_of() {
    let written = |path: &str| vec![("call.writes_by_itself", format!("{path}.endpoint"))];
    assert_eq!(
        writing(|file, call| file["screens"][0]["on_load"] = json!([call])),
        written("screens[0].on_load[0]")
    );
    assert_eq!(
        writing(|file, call| file["screens"][0]["controls"][0]["on"] = json!({ "load": [call] })),
        written("screens[0].controls[0].on.load[0]")
    );
    let source = |file: &mut Value, run: &str| {
        file["screens"][1]["controls"][0]["source"] = json!({ "connector": "harbour", "endpoint": "rename_boat",
            "inputs": { "id": "1", "name": "x" }, "run": run });
    };
    assert_eq!(
        writing(|file, _| source(file, "auto")),
        written("screens[1].controls[0].source")
    );
    assert_eq!(writing(|file, _| source(file, "manual")), []);
    assert_eq!(
        writing(|file, _| {
            source(file, "manual");
            file["screens"][0]["on_load"] = json!([{ "type": "load", "control": "facts" }]);
        }),
        written("screens[1].controls[0].source")
    );
    assert_eq!(
        writing(|file, call| file["screens"][0]["controls"][0]["on"] = json!({ "change": [call] })),
        []
    );
}

#[test]
fn a_graphql_query_reads_and_a_mutation_writes() {
    for (query, writes) in [
        ("query { boats { id } }", false),
        ("{ boats { id } }", false),
        ("  mutation { sink }", true),
    ] {
        let mut file = document();
        file["connectors"][0]["definition"] = harbour();
        file["connectors"][0]["definition"]["endpoints"][0] = json!({ "id": "list_boats", "inputs": [ { "name": "q" } ],
            "request": { "method": "POST", "url": "/graphql", "body": { "type": "graphql", "query": query, "variables": {} } } });
        let found = check_app_alone(&app(&file));
        assert_eq!(!found.is_empty(), writes, "{query}: {found:?}");
    }
}

#[test]
fn a_link_that_no_browser_is_sent_to_is_told() {
    for (url, sound) in [
        ("https://harbour.example/{{ search.value }}", true),
        ("{{ vars.greeting }}", true),
        ("http{{ 's' }}://x.example", true),
        ("javascript:alert(1)", false),
        ("file:///etc/passwd", false),
        ("harbour.example", false),
        ("", false),
    ] {
        let mut file = document();
        let click = json!({ "click": [ { "type": "open_link", "url": url } ] });
        file["screens"][1]["controls"][1]["on"] = click;
        let found: Vec<_> = checked(&file).iter().map(|one| one.code).collect();
        assert_eq!(found.is_empty(), sound, "{url}: {found:?}");
    }
}

#[test]
fn a_link_that_a_screen_opens_is_warned_of() {
    let mut file = document();
    file["screens"][0]["on_load"] =
        json!([{ "type": "open_link", "url": "https://harbour.example" }]);
    let found = checked(&file);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(
        (found[0].code, found[0].path.as_str()),
        ("link.never_opened", "screens[0].on_load[0]")
    );
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

#[test]
fn sources_that_wait_for_each_other_in_a_circle_are_warned_of() {
    let source = |q: &str, run: &str| json!({ "connector": "harbour", "endpoint": "list_boats", "inputs": { "q": q }, "run": run });
    let with = |first: &str, second: &str, run: &str| {
        let mut file = document();
        file["screens"][0]["controls"][1]["source"] = source(first, "auto");
        file["screens"][1]["controls"][0]["source"] = source(second, run);
        let found = checked(&file).into_iter();
        let loops = found.filter(|finding| finding.code == "source.loop");
        loops.map(|finding| finding.path).collect::<Vec<_>>()
    };
    let (boats, facts) = (
        "screens[0].controls[1].source",
        "screens[1].controls[0].source",
    );
    assert_eq!(with("{{ boats.data.next }}", "x", "auto"), [boats]);
    let circle = with("{{ facts.status }}", "{{ boats.rows | length }}", "auto");
    assert_eq!(circle, [boats, facts]);
    // One of them waits for an action, or for the person.
    for (first, second, run) in [
        ("{{ facts.status }}", "{{ boats.rows | length }}", "manual"),
        ("{{ facts.status }}", "{{ boats.selected.id }}", "auto"),
        ("{{ facts.status }}", "{{ search.value }}", "auto"),
    ] {
        assert!(with(first, second, run).is_empty(), "{second}");
    }
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
