//! What holds of any collection: a valid connector comes of it, or an error with a place. Found by changing good ones.

use latchwork_exchange::{ForeignKind, ImportOptions, import_text};
use latchwork_model::{check, read_connector, write_connector};
use proptest::prelude::*;
use serde_json::{Value, json};

const HARBOUR: &str = include_str!("postman/harbour.json");

/// Values that break things where they are put.
fn odd() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "[{}%# a:/?&=.\"\\\\'-]{0,12}",
        "(\\{\\{[a-z{}$.:|-]{0,6}\\}\\}|[{}]){1,4}",
        Just("{% raw %}{{ x }}".to_owned()),
        Just("https://a.example/{{x}}".to_owned()),
        Just("formdata".to_owned()),
        Just("oauth2".to_owned()),
        Just("password_credentials".to_owned()),
    ];
    prop_oneof![
        4 => text.prop_map(Value::from),
        1 => Just(Value::Null),
        1 => Just(json!([])),
        1 => Just(json!({})),
        1 => Just(json!(true)),
        1 => Just(json!(-1.5)),
        1 => Just(json!([{ "key": "a", "value": "{{b}}" }])),
    ]
}

/// Puts a value in the place of the one that the number chooses.
fn put(value: &mut Value, at: &mut usize, odd: &Value) {
    if *at == 0 {
        *value = odd.clone();
        *at = usize::MAX;
        return;
    }
    *at = at.saturating_sub(1);
    match value {
        Value::Array(values) => values
            .iter_mut()
            .for_each(|value| put_unless_done(value, at, odd)),
        Value::Object(members) => members
            .values_mut()
            .for_each(|value| put_unless_done(value, at, odd)),
        _ => {}
    }
}

fn put_unless_done(value: &mut Value, at: &mut usize, odd: &Value) {
    if *at != usize::MAX {
        put(value, at, odd);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn a_changed_collection_is_a_valid_connector_or_an_error_with_its_place(
        changes in prop::collection::vec((1_usize..220, odd()), 1..4)
    ) {
        let mut collection: Value = serde_json::from_str(HARBOUR).expect("it is JSON");
        for (mut at, odd) in changes {
            put(&mut collection, &mut at, &odd);
        }
        let options = ImportOptions { kind: Some(ForeignKind::Postman), ..ImportOptions::default() };
        match import_text(&collection.to_string(), &options) {
            Err(error) => {
                prop_assert!(!error.message.is_empty() && !error.remedy.is_empty());
                prop_assert!(!error.place.is_empty() || !collection.is_object(), "{error:?}");
            }
            Ok(imported) => {
                let document = write_connector(&imported.connector);
                prop_assert_eq!(read_connector(&document), Ok(imported.connector.clone()));
                for finding in check(&imported.connector) {
                    prop_assert!(
                        !matches!(finding.code, "template.syntax" | "template.undefined"),
                        "{:?}\n{}", finding, document
                    );
                }
            }
        }
    }
}
