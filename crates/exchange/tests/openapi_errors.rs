//! What is wrong with a document is told with its place, the value and what to do; nothing of it is imported.

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use latchwork_exchange::{OPENAPI_LIMIT, OpenApiError, OpenApiErrorKind, Place, from_openapi};

fn refused(text: &str) -> OpenApiError {
    match from_openapi(text) {
        Ok(_) => panic!(
            "was imported: {}",
            text.chars().take(200).collect::<String>()
        ),
        Err(error) => error,
    }
}

/// A whole document with these members beside the first ones.
fn document(members: &str) -> String {
    format!(
        "openapi: 3.0.3\ninfo: {{ title: T, version: '1' }}\nservers: [ {{ url: https://x.example }} ]\n{members}"
    )
}

#[test]
fn faults_of_the_text_have_a_line_and_a_column() {
    for (text, said) in [
        (
            "{\n  \"openapi\": \"3.0.3\",\n  \"paths\": {",
            "line 3, column 12: not JSON: EOF while parsing an object",
        ),
        (
            "{\"openapi\": 3.0.3}",
            "line 1, column 16: not JSON: expected `,` or `}`",
        ),
        ("openapi: 3.0.3\npaths: [\n", "line 3, column 1: not YAML: "),
        (
            "openapi: 3.0.3\npaths:\n\t/x: 1\n",
            "line 3, column 2: not YAML: ",
        ),
        (
            "openapi: 3.0.3\npaths: {}\npaths: {}\n",
            "line 3, column 1: the key `paths` is there twice",
        ),
    ] {
        let error = refused(text);
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(matches!(error.place, Place::Text { .. }));
        assert!(!error.help().is_empty());
    }
}

#[test]
fn faults_of_the_content_have_a_pointer_and_say_what_was_expected() {
    for (members, said) in [
        ("paths: []", "#/paths: expected an object, found a list"),
        (
            "paths: { /a: 1 }",
            "#/paths/~1a: expected an object, found `1`",
        ),
        (
            "paths: { '/a~b': { get: x } }",
            "#/paths/~1a~0b/get: expected an object, found the text `x`",
        ),
        (
            "paths: { /a: { get: { parameters: [ { in: query } ] } } }",
            "#/paths/~1a/get/parameters/0: missing field `name`",
        ),
        (
            "paths: { /a: { get: { parameters: [ { in: header, name: 'a b' } ] } } }",
            "#/paths/~1a/get/parameters/0/name: expected a parameter's name, found the text `a b`",
        ),
        (
            "paths: { /a: { get: { parameters: [ { $ref: '#/components/parameters/p' } ] } } }",
            "#/paths/~1a/get/parameters/0: `#/components/parameters/p` leads nowhere",
        ),
        (
            "paths: { /a: { $ref: '#/paths/~1b' }, /b: { $ref: '#/paths/~1a' } }",
            "#/paths/~1a: `#/paths/~1b` leads back to itself",
        ),
        (
            "security: [ { nobody: [] } ]",
            "#/security/0: there is no security scheme `nobody`",
        ),
        (
            "security: { a: [] }",
            "#/security: expected a list, found an object",
        ),
        (
            "security: [ { a: [] } ]\ncomponents: { securitySchemes: { a: { type: apiKey, in: header } } }",
            "#/components/securitySchemes/a: missing field `name`",
        ),
        (
            "security: [ { a: [] } ]\ncomponents: { securitySchemes: { a: { type: oauth2 } } }",
            "#/components/securitySchemes/a: missing field `flows`",
        ),
        (
            "servers: x",
            "line 4, column 1: the key `servers` is there twice",
        ),
        (
            "paths: { /a: { post: { requestBody: { content: { application/json: 3 } } } } }",
            "#/paths/~1a/post/requestBody/content/application~1json: expected an object, found `3`",
        ),
    ] {
        let error = refused(&document(members));
        assert!(error.to_string().starts_with(said), "{error}");
        assert!(!error.help().is_empty());
    }
}

#[test]
fn what_is_no_openapi_3_document_is_told_what_it_is_and_what_to_do() {
    for (text, said, help) in [
        ("", "the document is empty", "Choose an OpenAPI document"),
        (
            "hello there",
            "#: this is no OpenAPI document: it is the text `hello there`",
            "Choose an OpenAPI document",
        ),
        (
            "[1, 2]",
            "#: this is no OpenAPI document: it is a list",
            "Choose an OpenAPI document",
        ),
        (
            "{\"info\": {}}",
            "#: this is no OpenAPI document: it has no `openapi` field",
            "Choose an OpenAPI document",
        ),
        (
            "swagger: \"2.0\"\npaths: {}",
            "#/swagger: this is a Swagger 2.0 document, and OpenAPI 3.0 and 3.1 are read",
            "Convert it to OpenAPI 3 first",
        ),
        (
            "openapi: 4.0.0",
            "#/openapi: OpenAPI `4.0.0` is not read; 3.0 and 3.1 are",
            "Export the document",
        ),
        (
            "openapi: {}",
            "#/openapi: OpenAPI `` is not read; 3.0 and 3.1 are",
            "Export the document",
        ),
    ] {
        let error = refused(text);
        assert_eq!(error.to_string(), said);
        assert!(error.help().starts_with(help), "{}", error.help());
    }
}

#[test]
fn a_document_that_is_cut_off_is_refused_wherever_that_is() {
    // One that ends early is no JSON; in YAML what it refers to is missing.
    let json = include_str!("openapi/bearer.json");
    for end in (0..json.trim_end().len()).filter(|end| json.is_char_boundary(*end)) {
        refused(&json[..end]);
    }
    let yaml = include_str!("openapi/both-at-once.yaml");
    let schemes = yaml.find("components:").expect("it has them");
    let security = yaml.find("security:").expect("it has it");
    for end in security + 60..schemes {
        refused(&yaml[..end]);
    }
}

#[test]
fn z28_what_is_too_large_is_refused_before_it_is_read() {
    let error = refused(&" ".repeat(OPENAPI_LIMIT + 1));
    assert_eq!(
        error.kind,
        OpenApiErrorKind::TooLarge {
            bytes: OPENAPI_LIMIT + 1,
            limit: OPENAPI_LIMIT
        }
    );
    let error = refused(&("{\"openapi\":\"3.0.0\",\"x\":".to_owned() + &"[".repeat(1_000)));
    assert!(
        matches!(error.kind, OpenApiErrorKind::TooDeep { .. }),
        "{error}"
    );
    assert!(matches!(error.place, Place::Text { line: 1, .. }));
}

/// Far above what it takes, and far below a hang.
const PATIENCE: Duration = Duration::from_mins(1);

fn in_time(what: &str, work: impl FnOnce()) {
    let began = Instant::now();
    work();
    let took = began.elapsed();
    assert!(took < PATIENCE, "{what} took {took:?}");
}

#[test]
fn z28_references_that_make_much_of_little_are_refused() {
    // A thousand parameters, which ten thousand operations refer to.
    let mut text = document("paths:\n");
    for path in 0..10_000 {
        let _ = writeln!(text, "  /p{path}: {{ $ref: '#/components/pathItems/all' }}");
    }
    text.push_str("components:\n  pathItems:\n    all:\n      get: {}\n      parameters:\n");
    for parameter in 0..1_000 {
        let _ = writeln!(text, "        - {{ name: q{parameter}, in: query }}");
    }
    in_time("parameters", || {
        let error = refused(&text);
        assert!(
            matches!(error.kind, OpenApiErrorKind::TooMuch { .. }),
            "{error}"
        );
    });
    // Bodies whose members hold each other, wide and deep.
    let mut text = document("paths:\n");
    for path in 0..500 {
        let _ = writeln!(
            text,
            "  /p{path}: {{ post: {{ requestBody: {{ content: {{ application/json: {{ schema: {{ $ref: '#/components/schemas/s0' }} }} }} }} }} }}"
        );
    }
    text.push_str("components:\n  schemas:\n");
    for schema in 0..10 {
        let next = (schema + 1) % 10;
        let members: Vec<String> = (0..50)
            .map(|member| format!("m{member}: {{ $ref: '#/components/schemas/s{next}' }}"))
            .collect();
        let names: Vec<String> = (0..50).map(|member| format!("m{member}")).collect();
        let _ = writeln!(
            text,
            "    s{schema}: {{ required: [{}], properties: {{ {} }} }}",
            names.join(", "),
            members.join(", ")
        );
    }
    in_time("bodies", || {
        let _ = from_openapi(&text);
    });
}

#[test]
fn a_reference_into_an_answer_is_followed() {
    let document = r##"{
        "openapi": "3.0.3", "servers": [{ "url": "https://x.example" }],
        "paths": { "/a": {
            "get": { "responses": { "200": { "content": { "application/json": { "schema": {
                "type": "object", "required": ["name"], "properties": { "name": { "type": "string" } } } } } } } },
            "post": { "requestBody": { "content": { "application/json": { "schema": {
                "$ref": "#/paths/~1a/get/responses/200/content/application~1json/schema" } } } } }
        } }
    }"##;
    let connector = from_openapi(document).expect("it is read").connector;
    assert_eq!(connector.endpoints[1].inputs[0].name, "name");
    // One that leads nowhere is an error still, at its place.
    let error = refused(&document.replace("json/schema", "json/schemas"));
    assert!(
        error
            .to_string()
            .starts_with("#/paths/~1a/post/requestBody/content/application~1json/schema: "),
        "{error}"
    );
}

#[test]
fn z28_schemas_that_hold_themselves_do_not_go_on_for_ever() {
    let text = document(
        "paths:\n  /a:\n    post:\n      parameters:\n        - { name: q, in: query, style: deepObject, schema: { $ref: '#/components/schemas/a' } }\n      requestBody: { content: { application/json: { schema: { $ref: '#/components/schemas/a' } } } }\ncomponents:\n  schemas:\n    a: { allOf: [ { $ref: '#/components/schemas/b' } ], required: [x], properties: { x: { $ref: '#/components/schemas/a' } } }\n    b: { anyOf: [ { $ref: '#/components/schemas/a' } ], items: { $ref: '#/components/schemas/b' } }\n    c: { $ref: '#/components/schemas/c' }\n",
    );
    let connector = from_openapi(&text).expect("it is read").connector;
    assert_eq!(connector.endpoints.len(), 1);
    let own = text.replace(
        "schema: { $ref: '#/components/schemas/a' } } } }",
        "schema: { $ref: '#/components/schemas/c' } } } }",
    );
    let error = refused(&own);
    assert!(
        matches!(error.kind, OpenApiErrorKind::ReferenceCycle { .. }),
        "{error}"
    );
}

#[test]
fn f44_a_hundred_thousand_paths_are_read() {
    let mut text =
        "{\"openapi\":\"3.0.0\",\"servers\":[{\"url\":\"https://x.example\"}],\"paths\":{"
            .to_owned();
    for path in 0..100_000 {
        let _ = write!(
            text,
            "\"/p/{path}\":{{\"get\":{{\"operationId\":\"same\"}}}},"
        );
    }
    text.push_str("\"/me\":{\"get\":{}}}}");
    in_time("paths", || {
        let connector = from_openapi(&text).expect("it is read").connector;
        assert_eq!(connector.endpoints.len(), 100_001);
        assert_eq!(connector.endpoints[99_999].id, "same_100000");
        assert_eq!(connector.test.expect("a test").request.url.as_str(), "/me");
    });
}

#[test]
fn z31_an_error_names_the_place_and_no_long_text() {
    let long = "x".repeat(100_000);
    let error = refused(&document(&format!("paths: {{ /a: '{long}' }}")));
    assert!(error.to_string().len() < 200, "{}", error.to_string().len());
    let error = refused(&format!("openapi: \"{long}\""));
    assert!(error.to_string().len() < 200, "{}", error.to_string().len());
}
