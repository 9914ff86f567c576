//! `docs/templates.md`: each of its examples gives what stands behind its arrow, and there is one for every filter,
//! function and test.

use std::collections::BTreeSet;

use latchwork_engine::template::{Moment, Scope, TemplateError, Templates};
use latchwork_model::template_syntax::{FILTERS, FUNCTIONS, TESTS};
use serde_json::Value;

const PAGE: &str = include_str!("../../../docs/templates.md");
const CERTIFICATE: &str = include_str!("../src/template/tests/keys/cert.pem");
const ED25519: &str = include_str!("../src/template/tests/keys/ed_pkcs8.pem");
const ARROW: &str = " → ";

/// The lines of all blocks of a kind, as template and result.
fn examples(kind: &str) -> Vec<(&'static str, &'static str)> {
    let fence = format!("\n```{kind}\n");
    let blocks = PAGE
        .split(fence.as_str())
        .skip(1)
        .filter_map(|rest| rest.split_once("\n```"));
    let lines = blocks.flat_map(|(block, _)| block.lines());
    lines
        .map(|line| line.rsplit_once(ARROW).expect("an arrow"))
        .collect()
}

/// The names that the page gives, and keys that are too long for it.
fn names() -> Scope {
    let (_, rest) = PAGE.split_once("```json names\n").expect("the names");
    let (names, _) = rest.split_once("```").expect("their end");
    let names: Value = serde_json::from_str(names).expect("JSON");
    let mut scope = Scope::new();
    for (name, value) in names.as_object().expect("an object") {
        scope.set(name.as_str(), value.clone());
    }
    scope.set(
        "keys",
        serde_json::json!({ "certificate": CERTIFICATE, "ed25519": ED25519 }),
    );
    scope
}

/// The same with the answer at hand by bare names.
fn names_at_hand() -> Scope {
    let mut scope = names();
    let login = scope.get("login").expect("the step").to_json();
    for (name, value) in login.as_object().expect("its outputs") {
        scope.set(name.as_str(), value.clone());
    }
    scope
}

fn moment() -> Moment {
    Moment::new(1_700_000_000, |bytes| bytes.fill(0xab))
}

/// A result as the page writes it: JSON, or an error's code.
fn written<T>(result: Result<T, TemplateError>, write: impl Fn(T) -> String) -> String {
    result.map_or_else(|error| format!("error {}", error.code()), write)
}

fn compare(kind: &str, render: impl Fn(&str) -> String) {
    let examples = examples(kind);
    assert!(!examples.is_empty(), "the page has examples of {kind}");
    let wrong: Vec<String> = examples
        .into_iter()
        .map(|(template, result)| (template, result, render(template)))
        .filter(|(_, result, given)| result != given)
        .map(|(template, _, given)| format!("{template}{ARROW}{given}"))
        .collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

#[test]
fn every_example_gives_what_stands_behind_its_arrow() {
    for (kind, scope) in [
        ("templates", names()),
        ("templates at hand", names_at_hand()),
    ] {
        compare(kind, |template| {
            let result = Templates::shared().render_value(template, &scope, &moment());
            written(result, |value| value.to_string())
        });
    }
}

#[test]
fn every_condition_is_what_the_page_says() {
    let scope = names();
    compare("conditions", |template| {
        let result = Templates::shared().render_bool(template, &scope, &moment());
        written(result, |value| value.to_string())
    });
}

#[test]
fn every_address_is_encoded_as_the_page_says() {
    let scope = names();
    compare("addresses", |template| {
        let result = Templates::shared().render_url(template, &scope, &moment());
        written(result, |address| address.to_string())
    });
}

#[test]
fn there_is_an_example_for_every_filter_function_and_test() {
    let templates: Vec<&str> = ["templates", "templates at hand", "conditions", "addresses"]
        .into_iter()
        .flat_map(examples)
        .filter(|(_, result)| !result.starts_with("error"))
        .map(|(template, _)| template)
        .collect();
    let is_used = |before: &str, name: &str| {
        let wanted = format!("{before}{name}");
        templates.iter().any(|template| {
            template.match_indices(&wanted).any(|(at, _)| {
                let behind = template[at + wanted.len()..].chars().next();
                behind.is_none_or(|next| !next.is_ascii_alphanumeric() && next != '_')
            })
        })
    };
    let is_word = |name: &&str| name.starts_with(|first: char| first.is_ascii_alphabetic());
    let filters = FILTERS.iter().map(|word| ("| ", word.name));
    let functions = FUNCTIONS.iter().map(|word| ("", word.name));
    let tests = TESTS.iter().map(|word| ("is ", word.name));
    let missing: BTreeSet<&str> = filters
        .chain(functions)
        .chain(tests)
        .filter(|(_, name)| is_word(name))
        .filter(|(before, name)| !is_used(before, name))
        .map(|(_, name)| name)
        .collect();
    assert_eq!(missing, BTreeSet::new());
}
