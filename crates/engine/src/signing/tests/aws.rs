//! Examples that go by other rules than their service has: AWS's suite calls its service `service` in all of them.

use serde_json::Value;

use super::super::aws::{Credentials, Rules, sign};
use super::Unsigned;

#[test]
fn paths_are_signed_by_the_rules_of_the_examples_that_aws_has_published() {
    let published: Value =
        serde_json::from_str(include_str!("../../../tests/signing/aws_published.json"))
            .expect("examples");
    let suite = &published["groups"][0];
    let credentials = Credentials::of(
        suite["access_key_id"].as_str().expect("a key's id"),
        suite["secret_access_key"].as_str().expect("a key"),
        suite["region"].as_str().expect("a region"),
        suite["service"].as_str().expect("a service"),
    );
    let now = suite["now"].as_i64().expect("a time");
    let mut compared = Vec::new();
    for example in suite["examples"].as_array().expect("examples") {
        let Some(rules) = example.get("rules") else {
            continue;
        };
        let name = example["name"].as_str().expect("a name");
        let target = example["target"].as_str().expect("a target");
        let mut request = Unsigned::new(
            "GET",
            &format!("https://example.amazonaws.com{target}"),
            &[],
            "",
        );
        let rules = Rules {
            encode_path_again: rules["encode_path_again"] == true,
            normalize_path: rules["normalize_path"] == true,
            send_hash: false,
        };
        sign(&credentials, rules, now, &mut request.signable()).expect("it is signed");
        assert_eq!(
            request.header("authorization"),
            example["authorization"].as_str().expect("a header"),
            "{name}"
        );
        compared.push(name);
    }
    assert_eq!(compared.len(), 5, "{compared:?}");
}

/// How API Gateway's connections are called, from AWS's own clients: `@` stays as it is, and what is encoded is
/// encoded once more.
#[test]
fn a_path_is_encoded_once_more_for_all_but_s3_and_sent_as_it_is_written() {
    let credentials = Credentials::of(
        "ANOTREAL",
        "notrealrnrELgWzOk3IfjzDKtFBhDby",
        "us-east-1",
        "service",
    );
    let path = "/test/@connections/JBDvjfGEIAMCERw%3D";
    let address = format!("https://tj9n5r0m12.execute-api.us-east-1.amazonaws.com{path}");
    let mut request = Unsigned::new("POST", &address, &[], "");
    let rules = Rules::of("execute-api");
    let signature = sign(&credentials, rules, 1_440_938_160, &mut request.signable());
    assert_eq!(
        signature.expect("it is signed"),
        "57d157672191bac40bae387e48bbe14b15303c001fdbb01f4abf295dccb09705"
    );
    assert_eq!(request.url.path(), path);

    let mut request = Unsigned::new("POST", &address, &[], "");
    sign(
        &credentials,
        Rules::of("s3"),
        1_440_938_160,
        &mut request.signable(),
    )
    .expect("it is signed");
    assert_eq!(
        request.url.path(),
        "/test/%40connections/JBDvjfGEIAMCERw%3D"
    );
}

#[test]
fn only_the_kinds_of_s3_take_a_path_as_it_is() {
    for (service, object_store, send_hash) in [
        ("s3", true, true),
        ("s3express", true, true),
        ("s3-outposts", true, true),
        ("execute-api", false, false),
        ("sts", false, false),
        ("glacier", false, true),
    ] {
        let rules = Rules::of(service);
        assert_eq!(rules.encode_path_again, !object_store, "{service}");
        assert_eq!(rules.normalize_path, !object_store, "{service}");
        assert_eq!(rules.send_hash, send_hash, "{service}");
    }
}
