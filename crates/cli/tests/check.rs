//! `latchwork check`: files are validated and looked over.

mod support;

use serde_json::{Value, json};
use support::{Workspace, form_connector, open_connector};

const SECURE: &str = "https://api.example.com";

fn at<'a>(findings: &'a Value, file: &str) -> Vec<&'a Value> {
    let findings = findings.as_array().expect("an array");
    findings
        .iter()
        .filter(|finding| finding["file"] == file)
        .collect()
}

#[test]
fn a_good_file_ends_with_0_and_an_empty_array() {
    let workspace = Workspace::new();
    let file = workspace.connector("good.connector.json", &form_connector(SECURE));
    assert_eq!(
        workspace.run(&["check", &file, "--json"]).ends(0).json(),
        json!([])
    );
    let people = workspace.run(&["check", &file]).ends(0);
    assert_eq!(people.text(), "");
    assert!(
        people.stderr.contains("1 file: 0 errors, 0 warnings"),
        "{}",
        people.stderr
    );
}

#[test]
fn warnings_and_advice_alone_end_with_0() {
    let workspace = Workspace::new();
    let file = workspace.connector(
        "plain.connector.json",
        &form_connector("http://api.example.com"),
    );
    let findings = workspace.run(&["check", &file, "--json"]).ends(0).json();
    assert_eq!(findings[0]["severity"], "warning", "{findings}");
}

#[test]
fn errors_of_the_checker_end_with_1_and_name_code_place_and_remedy() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["auth"]["request_parameters"][0]["value"] = json!("Bearer {{ logni.body.token }}");
    let file = workspace.connector("undefined.connector.json", &connector);
    let findings = workspace.run(&["check", &file, "--json"]).ends(1).json();
    let finding = findings
        .as_array()
        .unwrap()
        .iter()
        .find(|finding| finding["severity"] == "error")
        .unwrap();
    let members: Vec<&String> = finding.as_object().unwrap().keys().collect();
    assert_eq!(
        members,
        ["file", "code", "severity", "path", "message", "help"]
    );
    assert_eq!(finding["file"], file);
    assert_eq!(finding["code"], "template.undefined");
    assert_eq!(finding["path"], "auth.request_parameters[0].value");
    assert!(
        finding["message"].as_str().unwrap().contains("logni"),
        "the value: {finding}"
    );
    assert!(
        finding["help"]
            .as_str()
            .unwrap()
            .contains("`login.body.token`"),
        "the nearest name: {finding}"
    );
}

#[test]
fn an_unknown_field_ends_with_2_and_its_whole_path() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["auth"]["steps"][1]["request"]["heders"] = json!([]);
    let file = workspace.connector("unknown.connector.json", &connector);
    let findings = workspace.run(&["check", &file, "--json"]).ends(2).json();
    assert_eq!(findings[0]["code"], "file.invalid");
    assert_eq!(findings[0]["severity"], "error");
    assert_eq!(findings[0]["path"], "auth.steps[1].request.heders");
    assert!(
        findings[0]["message"].as_str().unwrap().contains("heders"),
        "{findings}"
    );
}

#[test]
fn a_wrong_type_says_what_was_expected() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["test"]["advanced"] = json!("yes");
    let file = workspace.connector("type.connector.json", &connector);
    let findings = workspace.run(&["check", &file, "--json"]).ends(2).json();
    assert_eq!(findings[0]["path"], "test.advanced");
    assert!(
        findings[0]["message"].as_str().unwrap().contains("boolean"),
        "{findings}"
    );
}

#[test]
fn a_field_where_none_belongs_is_said_in_a_whole_sentence() {
    let workspace = Workspace::new();
    let mut connector = open_connector(SECURE);
    connector["auth"]["token"] = json!("x");
    let file = workspace.connector("none.connector.json", &connector);
    let findings = workspace.run(&["check", &file, "--json"]).ends(2).json();
    assert_eq!(findings[0]["path"], "auth.token");
    let message = findings[0]["message"].as_str().unwrap();
    assert!(!message.trim_end().ends_with("of"), "{message}");
}

#[test]
fn what_is_no_json_and_what_is_not_there_end_with_2() {
    let workspace = Workspace::new();
    let broken = workspace.write("broken.connector.json", "{ \"format\": ");
    let latin = workspace.write("latin.connector.json", b"{ \"format\": \"\xe9\" }");
    let empty = workspace.write("empty.connector.json", "");
    for file in [
        &broken,
        &latin,
        &empty,
        &"missing.connector.json".to_owned(),
    ] {
        let findings = workspace.run(&["check", file, "--json"]).ends(2).json();
        assert_eq!(findings.as_array().unwrap().len(), 1, "{findings}");
        assert_eq!(findings[0]["file"], *file);
        assert_eq!(findings[0]["severity"], "error");
    }
    let missing = workspace
        .run(&["check", "missing.connector.json", "--json"])
        .json();
    assert_eq!(missing[0]["code"], "file.not_found");
}

#[test]
fn several_files_are_one_array_and_the_worst_decides() {
    let workspace = Workspace::new();
    let good = workspace.connector("a.connector.json", &form_connector(SECURE));
    let mut undefined = form_connector(SECURE);
    undefined["endpoints"][0]["request"]["url"] = json!("/c/{{ input.nothing }}");
    let undefined = workspace.connector("b.connector.json", &undefined);
    let invalid = workspace.write("c.connector.json", "[]");
    let two = workspace
        .run(&["check", &good, &undefined, "--json"])
        .ends(1)
        .json();
    assert!(at(&two, &good).is_empty());
    assert_eq!(at(&two, &undefined)[0]["path"], "endpoints[0].request.url");
    let three = workspace
        .run(&["check", &good, &undefined, &invalid, "--json"])
        .ends(2)
        .json();
    assert!(
        !at(&three, &undefined).is_empty() && !at(&three, &invalid).is_empty(),
        "{three}"
    );
}

#[test]
fn people_get_a_table_on_standard_output_and_the_count_on_standard_error() {
    let workspace = Workspace::new();
    let mut connector = form_connector(SECURE);
    connector["nam"] = json!("x");
    let file = workspace.connector("table.connector.json", &connector);
    let done = workspace.run(&["check", &file]).ends(2);
    assert!(
        done.text().contains("file.invalid") && done.text().contains("nam"),
        "{}",
        done.text()
    );
    assert!(done.stderr.contains("1 error"), "{}", done.stderr);
    assert_eq!(
        workspace.run(&["check", &file, "--quiet"]).ends(2).stderr,
        ""
    );
}

#[test]
fn nothing_to_check_is_wrong_usage() {
    let workspace = Workspace::new();
    let done = workspace.run(&["check"]).ends(2);
    assert_eq!(done.text(), "");
    assert!(done.stderr.contains("FILE"), "{}", done.stderr);
}

#[test]
fn checking_touches_no_data_folder() {
    let workspace = Workspace::new();
    let file = workspace.connector("good.connector.json", &form_connector(SECURE));
    workspace.run(&["check", &file]).ends(0);
    assert!(!workspace.data_dir().exists());
    assert!(workspace.files_below("home").is_empty());
}
