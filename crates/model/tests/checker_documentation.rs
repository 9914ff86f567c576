//! `docs/checker.md`: every rule of the checker is in it, with the severity that it has, an example that gives exactly it
//! at the place that is named, and a mended one that gives nothing.

use latchwork_model::{
    Diagnostic, FileError, Rule, Severity, check, check_app, check_app_alone, read_app,
    read_connector,
};
use serde_json::{Map, Value};

const PAGE: &str = include_str!("../../../docs/checker.md");
/// The one code that is not of the checker: the file is not read at all.
const INVALID: &str = "file.invalid";

/// A section of the page: one code.
struct Section {
    code: String,
    severity: String,
    path: String,
    gives: Map<String, Value>,
    mended: Map<String, Value>,
}

fn block(text: &str, kind: &str) -> Map<String, Value> {
    let fence = format!("```json {kind}\n");
    let (_, rest) = text
        .split_once(&fence)
        .unwrap_or_else(|| panic!("no `{kind}` in {text}"));
    let (json, _) = rest.split_once("```").expect("a block ends");
    serde_json::from_str(json).unwrap_or_else(|error| panic!("{error}: {json}"))
}

fn sections() -> Vec<Section> {
    let parts = PAGE.split("\n### ").skip(1);
    parts
        .map(|part| {
            let (code, text) = part.split_once('\n').expect("a heading is a line");
            let text = text.split("\n## ").next().expect("a text");
            let severity = text
                .strip_prefix('*')
                .and_then(|text| text.split_once(".*"))
                .unwrap_or_else(|| panic!("{code} begins with its severity"))
                .0;
            let place = text
                .split("\nAt `")
                .nth(1)
                .and_then(|text| text.split_once("`:\n```json gives"));
            Section {
                code: code.to_owned(),
                severity: severity.to_lowercase(),
                path: place
                    .unwrap_or_else(|| panic!("{code} names its place"))
                    .0
                    .to_owned(),
                gives: block(text, "gives"),
                mended: block(text, "mended"),
            }
        })
        .collect()
}

/// What is said of the minimal file with these members: code, severity and path of each finding.
fn said(section: &Section, members: &Map<String, Value>) -> Vec<(String, String, String)> {
    let is_app = members.contains_key("screens") || members.contains_key("connectors");
    let mut file = block(PAGE, if is_app { "app" } else { "connector" });
    file.extend(members.clone());
    let file = Value::Object(file).to_string();
    let read: Result<Vec<Diagnostic>, FileError> = if is_app {
        read_app(&file).map(|app| {
            if section.code == Rule::ConnectorNotChecked.code() {
                check_app_alone(&app)
            } else {
                check_app(&app, &|_| None)
            }
        })
    } else {
        read_connector(&file).map(|connector| check(&connector))
    };
    let findings = read.unwrap_or_else(|error| error.findings);
    findings
        .into_iter()
        .map(|finding| {
            assert!(!finding.help.is_empty(), "{}", finding.code);
            (
                finding.code.to_owned(),
                word(finding.severity),
                finding.path,
            )
        })
        .collect()
}

fn word(severity: Severity) -> String {
    format!("{severity:?}").to_lowercase()
}

#[test]
fn every_rule_is_documented_once_with_its_severity() {
    let mut documented: Vec<(String, String)> = sections()
        .into_iter()
        .map(|section| (section.code, section.severity))
        .collect();
    let mut rules: Vec<(String, String)> = Rule::ALL
        .iter()
        .map(|rule| (rule.code().to_owned(), word(rule.severity())))
        .collect();
    rules.push((INVALID.to_owned(), word(Severity::Error)));
    documented.sort();
    rules.sort();
    assert_eq!(documented, rules);
}

#[test]
fn every_example_gives_its_finding_and_no_other() {
    for section in sections() {
        let wanted = (
            section.code.clone(),
            section.severity.clone(),
            section.path.clone(),
        );
        assert_eq!(said(&section, &section.gives), [wanted]);
    }
}

#[test]
fn every_mended_example_is_without_findings() {
    for section in sections() {
        assert_eq!(said(&section, &section.mended), [], "{}", section.code);
    }
}

/// A finding is made by its rule, so that none is given which is not on the page.
#[test]
fn the_checkers_give_no_finding_but_by_a_rule() {
    let folders = ["src/checker", "src/app/checker"];
    let files = folders.iter().flat_map(|folder| {
        let folder = format!("{}/{folder}", env!("CARGO_MANIFEST_DIR"));
        std::fs::read_dir(folder).expect("the checker's folder")
    });
    let mut by_rule = 0;
    for file in files {
        let path = file.expect("a file").path();
        let source = std::fs::read_to_string(&path).expect("its text");
        for other in ["Diagnostic::error", "Diagnostic::invalid", "with_severity"] {
            assert!(!source.contains(other), "{other} in {}", path.display());
        }
        by_rule += source.matches(".finding(").count();
    }
    assert!(by_rule >= Rule::ALL.len() / 2, "the sources are read");
}
