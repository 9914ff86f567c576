//! What a text is, by its content.

use latchwork_exchange::{FILE_LIMIT, ForeignKind, ImportOptions, import_text, recognise_file};

#[test]
fn a_file_is_known_by_its_content() {
    for (text, kind) in [
        (
            "{\"format\": \"latchwork.connector/1\"}",
            ForeignKind::Latchwork,
        ),
        (
            "\u{feff} {\"format\": \"latchwork.app/7\"}",
            ForeignKind::LatchworkApp,
        ),
        ("{\"openapi\": \"3.1.0\"}", ForeignKind::OpenApi),
        ("{\"swagger\": \"2.0\", \"info\": {}}", ForeignKind::OpenApi),
        (
            "# An API\nopenapi: 3.0.3\ninfo:\n  title: x",
            ForeignKind::OpenApi,
        ),
        ("\"openapi\": 3.0.3", ForeignKind::OpenApi),
        ("curl https://x.example", ForeignKind::Curl),
        (
            "#!/bin/sh\nset -e\nTOKEN=x curl.exe https://x.example",
            ForeignKind::Curl,
        ),
        (
            "$ curl https://x.example -d 'openapi: 3'",
            ForeignKind::Curl,
        ),
        ("```sh\ncurl https://x.example\n```", ForeignKind::Curl),
        (
            "{\"info\": {\"_postman_id\": \"1\"}, \"item\": []}",
            ForeignKind::Postman,
        ),
        (
            "{\"info\": {\"name\": \"x\"}, \"item\": []}",
            ForeignKind::Postman,
        ),
        (
            "{\"collection\": {\"info\": {}, \"item\": []}}",
            ForeignKind::Postman,
        ),
        (
            "{\"name\": \"dev\", \"values\": []}",
            ForeignKind::PostmanEnvironment,
        ),
        (
            "{\"values\": [], \"_postman_variable_scope\": \"globals\"}",
            ForeignKind::PostmanEnvironment,
        ),
    ] {
        assert_eq!(recognise_file(text), Ok(kind), "{text}");
    }
}

#[test]
fn what_is_not_known_says_what_would_be() {
    for (text, message) in [
        ("", "there is nothing in it"),
        (" \n", "there is nothing in it"),
        ("{\"a\": 1}", "no connector file"),
        ("[]", "no connector file"),
        ("Dear Ann, curl is a tool.", "no connector file"),
        ("{\"a\": ", "line 1, column 6: this is not whole JSON"),
        (
            "{\"log\": {\"entries\": []}}",
            "a HAR file, which is not read",
        ),
        (
            "{\"_type\": \"export\", \"__export_format\": 4}",
            "an Insomnia export, which is not read",
        ),
        (
            "{\"name\": \"old\", \"order\": [], \"requests\": []}",
            "version 1",
        ),
        (
            "{\"collections\": [], \"environments\": []}",
            "all the data of a Postman account",
        ),
    ] {
        let error = recognise_file(text).expect_err(text);
        assert!(error.to_string().contains(message), "{error}");
        assert!(!error.remedy.is_empty(), "{error}");
    }
    let error = recognise_file(&" ".repeat(FILE_LIMIT + 1)).unwrap_err();
    assert!(error.to_string().contains("nothing in it"), "{error}");
    let error = recognise_file(&format!("{{{}}}", " ".repeat(FILE_LIMIT))).unwrap_err();
    assert!(error.to_string().contains("are read at most"), "{error}");
}

#[test]
fn what_is_known_and_is_no_connector_says_where_it_belongs() {
    let read = |text: &str| import_text(text, &ImportOptions::default()).unwrap_err();
    let app = read("{\"format\": \"latchwork.app/1\"}");
    assert_eq!(app.remedy, "Import it among the apps.");
    let environment = read("{\"name\": \"dev\", \"values\": []}");
    assert!(
        environment.remedy.contains("as its environment"),
        "{environment:?}"
    );
    let connector = read("{\"format\": \"latchwork.connector/1\", \"nmae\": 1}");
    assert_eq!(connector.place, "nmae");
}
