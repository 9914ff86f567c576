//! What the checker says of what an app calls, and of what leads nowhere.

mod app_example;

use app_example::{app, checked, document, harbour, said};
use latchwork_model::{Severity, check_app_alone};
use serde_json::{Value, json};

const BOATS: &str = "/screens/0/controls/1";
const CALL: &str = "/screens/1/controls/1/on/click/0";

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
        ("query All($q: String) { boats(q: $q) { id } }", false),
        ("query mutation($q: String) { boats(q: $q) { id } }", false),
        ("  mutation ($q: String) { sink(q: $q) }", true),
        (
            "# Down it goes\nmutation ($q: String) { sink(q: $q) }",
            true,
        ),
        (
            "fragment F on Boat { id }\nmutation ($q: String) { sink(q: $q) { ...F } }",
            true,
        ),
    ] {
        let mut file = document();
        file["connectors"][0]["definition"] = harbour();
        file["connectors"][0]["definition"]["endpoints"][0] = json!({ "id": "list_boats", "inputs": [ { "name": "q" } ],
            "request": { "method": "POST", "url": "/graphql", "body": { "type": "graphql", "query": query, "variables": { "q": "{{ input.q }}" } } } });
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
