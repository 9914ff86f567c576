//! `docs/connector-format.md`: its examples are read, there is one for each kind of step, body and auth method, and every
//! field and word of the format is on it.

use std::collections::BTreeSet;

use latchwork_model::{Connector, read_connector, read_step};
use serde_json::{Value, json};

const PAGE: &str = include_str!("../../../docs/connector-format.md");

/// The JSON blocks of the page: what kind of thing each is, and its text.
fn examples() -> Vec<(&'static str, Value)> {
    let blocks = PAGE.split("\n```json ").skip(1);
    blocks
        .map(|block| {
            let (kind, rest) = block.split_once('\n').expect("a fence is a line");
            let (text, _) = rest.split_once("\n```").expect("a block ends");
            let value =
                serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"));
            (kind, value)
        })
        .collect()
}

/// A connector that the examples are put into.
fn around() -> Value {
    json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example",
        "variables": [ { "name": "user", "value": "ann" }, { "name": "secret", "secret": true } ],
        "auth": { "method": "none" }
    })
}

fn whole(kind: &str, example: &Value) -> Value {
    let mut file = around();
    match kind {
        "file" => return example.clone(),
        "part" => {
            for (name, value) in example.as_object().expect("an object").clone() {
                file[name] = value;
            }
        }
        "auth" => file["auth"] = example.clone(),
        "step" => file["auth"] = json!({ "method": "multistep", "steps": [example] }),
        "refresh" => {
            let login = json!({ "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/session" } });
            file["auth"] = json!({ "method": "multistep", "steps": [login], "refresh": example });
        }
        other => panic!("{other} is no kind of example"),
    }
    file
}

#[test]
fn every_example_is_read_and_its_templates_are_sound() {
    for (kind, example) in examples() {
        if kind == "clipboard" {
            let step = read_step(example["step"].clone());
            step.unwrap_or_else(|error| panic!("{error}: {example}"));
            continue;
        }
        let file = whole(kind, &example).to_string();
        let connector = read_connector(&file).unwrap_or_else(|error| panic!("{error}: {example}"));
        // An example by itself leaves much unused; it may hold no fault.
        let faults: Vec<_> = latchwork_model::check(&connector)
            .into_iter()
            .filter(|finding| !finding.code.ends_with(".unused"))
            .collect();
        assert_eq!(faults, [], "{example}");
    }
}

/// The names of all members, and the fixed words, of the format's JSON Schema.
fn words_of_the_schema() -> BTreeSet<String> {
    fn gather(schema: &Value, words: &mut BTreeSet<String>) {
        match schema {
            Value::Object(members) => {
                for (name, member) in members {
                    match (name.as_str(), member) {
                        ("properties", Value::Object(properties)) => {
                            words.extend(properties.keys().cloned());
                            properties.values().for_each(|one| gather(one, words));
                        }
                        ("const", Value::String(word)) => {
                            words.insert(word.clone());
                        }
                        ("enum", Value::Array(all)) => {
                            words.extend(all.iter().filter_map(Value::as_str).map(str::to_owned));
                        }
                        _ => gather(member, words),
                    }
                }
            }
            Value::Array(items) => items.iter().for_each(|one| gather(one, words)),
            _ => {}
        }
    }
    let mut words = BTreeSet::new();
    gather(schemars::schema_for!(Connector).as_value(), &mut words);
    words
}

#[test]
fn every_field_and_word_of_the_format_is_on_the_page() {
    let words = words_of_the_schema();
    assert!(words.len() > 100, "the schema is read: {words:?}");
    let missing: Vec<&String> = words
        .iter()
        .filter(|word| {
            !PAGE.contains(&format!("`{word}`")) && !PAGE.contains(&format!("\"{word}\""))
        })
        .collect();
    assert_eq!(missing, Vec::<&String>::new());
}

#[test]
fn there_is_an_example_for_every_kind() {
    let page: String = examples()
        .into_iter()
        .map(|(_, example)| example.to_string())
        .collect();
    let kind = |pointer: &str, tag: &str, file: Value| {
        let mut file = file;
        *file.pointer_mut(pointer).expect("a place") = json!("?");
        let error = read_connector(&file.to_string()).expect_err("there is no such kind");
        let message = error.findings[0].message.clone();
        let (_, known) = message.split_once("expected one of").expect("a list");
        for word in known.split('`').skip(1).step_by(2) {
            assert!(
                page.contains(&format!("\"{tag}\":\"{word}\"")),
                "{tag} {word}"
            );
        }
    };
    kind("/auth/method", "method", around());
    let step = json!({ "id": "me", "type": "api_request", "request": { "method": "GET", "url": "/", "body": { "type": "none" } } });
    kind("/auth/steps/0/type", "type", whole("step", &step));
    kind(
        "/auth/steps/0/request/body/type",
        "type",
        whole("step", &step),
    );
    let field = json!({ "key": "a", "label": "A", "type": "text" });
    let form = json!({ "id": "me", "type": "form", "title": "A", "fields": [field] });
    kind("/auth/steps/0/fields/0/type", "type", whole("step", &form));
}
