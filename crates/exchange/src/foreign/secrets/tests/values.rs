//! Which values are one secret, which are none yet, and what they are called.

use serde_json::{Value, json};

use super::{endpoint, found, names, taken};

#[test]
fn a_number_stays_a_number_and_each_of_a_list_is_taken() {
    let body = json!({ "type": "json", "value": {
        "password": 470_011, "page": 2, "max_tokens": 5, "token_count": 7,
        "credentials": ["a-SECRET", 470_012, ["b-SECRET"], { "user": "ann", "pin": 1 }, true],
    } });
    let (text, all) = taken(&endpoint(
        &json!({ "method": "POST", "url": "/x", "body": body }),
    ));
    let document: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(
        document["endpoints"][0]["request"]["body"]["value"],
        json!({
            "password": "{{ vars.password | parse_json }}", "page": 2, "max_tokens": 5, "token_count": 7,
            "credentials": [
                "{{ vars.credentials }}", "{{ vars.credentials_2 | parse_json }}", ["{{ vars.credentials_3 }}"],
                { "user": "ann", "pin": 1 }, true,
            ],
        })
    );
    let mut expected = [
        found("password", "470011"),
        found("credentials", "a-SECRET"),
        found("credentials_2", "470012"),
        found("credentials_3", "b-SECRET"),
    ];
    let mut all = all;
    all.sort_unstable();
    expected.sort_unstable();
    assert_eq!(all, expected);
}

#[test]
fn a_placeholder_at_two_places_is_two_secrets_unless_it_is_called_the_same() {
    let missing = |name: &str| (name.to_owned(), None);
    for (placeholder, expected) in [
        ("***", vec![missing("token"), missing("password")]),
        ("<secret>", vec![missing("token"), missing("password")]),
        ("$TOKEN", vec![missing("token")]),
        ("v-SECRET", vec![found("token", "v-SECRET")]),
    ] {
        let one = json!({ "method": "GET", "url": "/x", "headers": [
            { "name": "token", "value": placeholder }, { "name": "password", "value": placeholder }] });
        let (_, all) = taken(&json!({ "endpoints": [
            { "id": "one", "request": one }, { "id": "two", "request": one }] }));
        assert_eq!(all, expected, "{placeholder}");
    }
}

#[test]
fn what_looks_like_a_placeholder_is_a_value_beside_an_expression() {
    let request = json!({ "method": "GET", "url": "/x?api_key={{ vars.a }}$eSECRET" });
    let mut members = endpoint(&request);
    members["variables"] = json!([{ "name": "a", "secret": true }]);
    let (_, all) = taken(&members);
    assert_eq!(all[1..], [found("api_key", "$eSECRET")]);
}

#[test]
fn a_key_file_is_a_value() {
    let key = r#"{"type":"service_account","private_key":"k-SECRET"}"#;
    let request = json!({ "method": "GET", "url": "/x", "headers": [{ "name": "X-Credentials", "value": key }] });
    assert_eq!(taken(&endpoint(&request)).1, [found("credentials", key)]);
}

#[test]
fn only_the_x_that_a_header_begins_with_is_left_off_its_name() {
    for (header, name) in [
        ("X-Api-Key", "api_key"),
        ("x-token", "token"),
        ("xero_token", "xero_token"),
        ("Xx-Token", "xx_token"),
        ("x--token", "token"),
    ] {
        let request = json!({ "method": "GET", "url": "/x", "headers": [{ "name": header, "value": "v-SECRET" }] });
        assert_eq!(names(&endpoint(&request)), [name], "{header}");
    }
}
