//! What bad files get: a JSON path, what was expected, and a remedy.

use latchwork_model::{read_connector, write_connector};
use serde_json::{Value, json};

fn connector() -> Value {
    json!({
        "format": "latchwork.connector/1",
        "name": "Acme CRM",
        "kind": "rest",
        "base_url": "https://api.acme.example",
        "auth": {
            "method": "multistep",
            "steps": [
                { "id": "signin", "type": "form", "title": "Sign in", "fields": [
                    { "key": "email", "label": "E-mail", "type": "email" } ] },
                { "id": "login", "type": "api_request", "label": "Log in",
                  "request": { "method": "POST", "url": "/session",
                               "body": { "type": "json", "value": { "email": "{{ signin.email }}", "n": u64::MAX } } },
                  "outputs": [ { "name": "access_token", "value": "{{ body.token }}" } ] }
            ],
            "refresh": { "mode": "none" },
            "request_parameters": [ { "location": "header", "name": "Authorization", "value": "Bearer {{ login.access_token }}" } ]
        },
        "test": { "request": { "method": "GET", "url": "/me" }, "advanced": false }
    })
}

fn fault(change: impl FnOnce(&mut Value)) -> (String, String, String) {
    let mut value = connector();
    change(&mut value);
    let error = read_connector(&value.to_string()).expect_err("the file is not valid");
    let first = &error.findings[0];
    assert_eq!(first.code, "file.invalid");
    (
        first.path.clone(),
        first.message.clone(),
        first.help.clone(),
    )
}

#[test]
fn an_unknown_field_is_named_with_its_whole_path_and_the_nearest_name() {
    let (path, message, help) =
        fault(|file| file["auth"]["steps"][1]["request"]["heders"] = json!([]));
    assert_eq!(path, "auth.steps[1].request.heders");
    assert!(message.contains("unknown field `heders`"), "{message}");
    assert!(help.contains("Did you mean `headers`?"), "{help}");
}

#[test]
fn a_members_name_cannot_change_what_a_fault_says() {
    let name = "a.b[0]\u{1}c\u{1}2\u{1}d";
    let (path, message, _) = fault(|file| file["auth"]["steps"][1]["request"][name] = json!(1));
    assert_eq!(path, format!("auth.steps[1].request.{name}"));
    assert!(message.starts_with("unknown field `a.b[0]"), "{message}");
}

#[test]
fn unknown_fields_are_refused_in_every_kind_of_object() {
    for (place, path) in [
        ("", "nonsense"),
        ("/auth", "auth.nonsense"),
        ("/auth/steps/0", "auth.steps[0].nonsense"),
        ("/auth/steps/0/fields/0", "auth.steps[0].fields[0].nonsense"),
        ("/auth/steps/1", "auth.steps[1].nonsense"),
        (
            "/auth/steps/1/request/body",
            "auth.steps[1].request.body.nonsense",
        ),
        (
            "/auth/steps/1/outputs/0",
            "auth.steps[1].outputs[0].nonsense",
        ),
        ("/auth/refresh", "auth.refresh.nonsense"),
        (
            "/auth/request_parameters/0",
            "auth.request_parameters[0].nonsense",
        ),
        ("/test", "test.nonsense"),
        ("/test/request", "test.request.nonsense"),
    ] {
        let (found, message, _) =
            fault(|file| file.pointer_mut(place).unwrap()["nonsense"] = json!(1));
        assert_eq!(found, path);
        assert!(message.contains("nonsense"), "{message}");
    }
}

#[test]
fn a_wrong_type_says_what_was_found_and_what_was_expected() {
    let (path, message, _) =
        fault(|file| file["auth"]["steps"][0]["fields"][0]["required"] = json!("yes"));
    assert_eq!(path, "auth.steps[0].fields[0].required");
    assert_eq!(message, "invalid type: string \"yes\", expected a boolean");
    let (path, message, _) = fault(|file| file["auth"]["steps"][1]["type"] = json!("api_call"));
    assert_eq!(path, "auth.steps[1].type");
    assert!(
        message.contains("unknown type `api_call`") && message.contains("`api_request`"),
        "{message}"
    );
    let (path, message, _) =
        fault(|file| file["auth"]["steps"][1]["request"]["body"]["type"] = json!(7));
    assert_eq!(path, "auth.steps[1].request.body.type");
    assert!(message.contains("found a number"), "{message}");
}

#[test]
fn a_missing_field_is_named() {
    let (path, message, _) = fault(|file| {
        file["auth"]["steps"][1]["request"]
            .as_object_mut()
            .unwrap()
            .remove("url");
    });
    assert_eq!(path, "auth.steps[1].request");
    assert_eq!(message, "missing field `url`");
    let (path, message, _) = fault(|file| {
        file["auth"].as_object_mut().unwrap().remove("method");
    });
    assert_eq!(path, "auth");
    assert!(message.starts_with("missing field `method`"), "{message}");
}

#[test]
fn ids_are_checked_for_form_and_uniqueness() {
    let (path, ..) = fault(|file| file["auth"]["steps"][1]["id"] = json!("Login"));
    assert_eq!(path, "auth.steps[1].id");
    let (path, message, _) = fault(|file| file["auth"]["steps"][1]["id"] = json!("signin"));
    assert_eq!(path, "auth.steps[1].id");
    assert!(message.contains("twice"), "{message}");
    for word in ["vars", "body", "callback", "range", "not", "now", "loop"] {
        let (path, message, _) = fault(|file| file["auth"]["steps"][1]["id"] = json!(word));
        assert_eq!(path, "auth.steps[1].id", "{word}");
        assert!(message.contains(word), "{message}");
    }
}

#[test]
fn a_refresh_flow_holds_only_steps_that_need_no_person() {
    let (path, message, help) = fault(|file| {
        file["auth"]["refresh"] = json!({ "mode": "steps", "steps": [
            { "id": "ask", "type": "form", "title": "", "fields": [] } ] });
    });
    assert_eq!(path, "auth.refresh.steps[0].type");
    assert!(
        message.contains("form") && help.contains("api_request"),
        "{message} {help}"
    );
}

#[test]
fn a_secret_variable_has_no_value_in_the_file() {
    let (path, message, _) = fault(|file| {
        file["variables"] = json!([{ "name": "s", "secret": true, "value": "hunter2" }]);
    });
    assert_eq!(path, "variables[0].value");
    assert!(
        !message.contains("hunter2"),
        "the value is not printed: {message}"
    );
}

#[test]
fn json_that_is_broken_is_told_with_line_and_column() {
    let error = read_connector("{\n  \"format\": ,\n}").unwrap_err();
    assert!(
        error.findings[0].message.contains("line 2 column 13"),
        "{}",
        error.findings[0].message
    );
    assert!(
        read_connector("").unwrap_err().findings[0]
            .message
            .contains("empty")
    );
    assert!(
        read_connector("[]").unwrap_err().findings[0]
            .message
            .contains("expected struct")
    );
    let deep = format!("{}1{}", "[".repeat(200), "]".repeat(200));
    assert!(
        read_connector(&deep).unwrap_err().findings[0]
            .message
            .contains("recursion limit")
    );
}

#[test]
fn other_formats_and_newer_versions_are_told_apart() {
    let (path, message, _) = fault(|file| file["format"] = json!("latchwork.connector/2"));
    assert_eq!(path, "format");
    assert!(message.contains("newer Latchwork"), "{message}");
    let (_, message, _) = fault(|file| file["format"] = json!("latchwork.app/1"));
    assert!(message.contains("not a connector file"), "{message}");
}

#[test]
fn addresses_that_are_no_http_addresses_are_refused() {
    for (pointer, path) in [
        ("/base_url", "base_url"),
        ("/test/request/url", "test.request.url"),
    ] {
        let (found, message, _) =
            fault(|file| *file.pointer_mut(pointer).unwrap() = json!("ftp://files.example"));
        assert_eq!(found, path);
        assert!(message.contains("ftp"), "{message}");
    }
    let (found, ..) = fault(|file| file["test"]["request"]["url"] = json!("me"));
    assert_eq!(found, "test.request.url");
}

#[test]
fn a_valid_file_is_written_as_it_was_read() {
    let connector_value = connector();
    let read = read_connector(&connector_value.to_string()).unwrap();
    let mut expected = connector_value;
    // What a file need not say is not written.
    expected["test"]["advanced"] = json!(false);
    let written: Value = serde_json::from_str(&write_connector(&read)).unwrap();
    assert_eq!(written, expected);
    assert_eq!(read_connector(&write_connector(&read)).unwrap(), read);
    let text = write_connector(&read);
    assert!(text.contains("18446744073709551615"), "integers stay exact");
    let login = &text[text.find("\"id\": \"login\"").unwrap()..];
    let order: Vec<_> = [
        "\"id\": \"login\"",
        "\"type\": \"api_request\"",
        "\"label\"",
        "\"request\"",
        "\"outputs\"",
    ]
    .iter()
    .map(|member| login.find(member).unwrap())
    .collect();
    assert!(
        order.is_sorted(),
        "members of a step keep one order: {text}"
    );
}

#[test]
fn a_signature_method_is_one_that_requests_can_be_signed_with() {
    let signed = |method: &str| {
        fault(|file| {
            file["auth"]["signing"] = json!({
                "type": "oauth1", "consumer_key": "a", "consumer_secret": "b", "token": "", "token_secret": "",
                "signature_method": method,
            });
        })
    };
    let (path, message, help) = signed("HMAC-SHA-1");
    assert_eq!(path, "auth.signing.signature_method");
    assert!(message.contains("`HMAC-SHA-1`"), "{message}");
    assert!(help.contains("Did you mean `HMAC-SHA1`?"), "{help}");
    let (_, _, help) = signed("RSA-SHA1");
    assert!(help.contains("RSA-SHA256"), "{help}");
    let (_, _, help) = signed("sign it well, please");
    assert!(
        help.contains("HMAC-SHA1, HMAC-SHA256, HMAC-SHA512, RSA-SHA256, PLAINTEXT"),
        "{help}"
    );
}

#[test]
fn a_jwt_bearer_steps_algorithm_is_one_that_tokens_can_be_signed_with() {
    let assertion = |algorithm: &str| {
        json!({
            "type": "oauth2_jwt_bearer", "token_url": "https://api.example/token", "key": "{{ vars.key }}",
            "algorithm": algorithm,
        })
    };
    let (path, message, help) = fault(|file| {
        let mut step = assertion("rs-256");
        step["id"] = json!("renew");
        file["auth"]["refresh"] = json!({ "mode": "steps", "steps": [step] });
    });
    assert_eq!(path, "auth.refresh.steps[0].algorithm");
    assert!(message.contains("`rs-256`"), "{message}");
    assert!(help.contains("Did you mean `RS256`?"), "{help}");
    let (path, ..) = fault(|file| {
        file["auth"] = assertion("none");
        let auth = file["auth"].as_object_mut().unwrap();
        auth.remove("type");
        auth.insert("method".to_owned(), json!("oauth2"));
        auth.insert("grant".to_owned(), json!("jwt_bearer"));
    });
    assert_eq!(path, "auth.algorithm");
}
