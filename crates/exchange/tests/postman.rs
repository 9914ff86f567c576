//! Postman collections as connectors.

use latchwork_exchange::{ForeignError, ForeignKind, ImportOptions, Imported, import_text};
use latchwork_model::write_connector;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

const HARBOUR: &str = include_str!("postman/harbour.json");
const ENVIRONMENT: &str = include_str!("postman/environment.json");

fn import(text: &str) -> Result<Imported, ForeignError> {
    import_text(text, &ImportOptions::default())
}

fn connector(imported: &Imported) -> Value {
    serde_json::from_str(&write_connector(&imported.connector)).expect("a connector is JSON")
}

fn notes(imported: &Imported) -> String {
    let notes: Vec<&str> = imported
        .notes
        .iter()
        .map(|note| note.message.as_str())
        .collect();
    notes.join("\n")
}

fn secrets(imported: &Imported) -> Vec<(String, Option<String>)> {
    let secrets = imported.secrets.iter();
    secrets
        .map(|secret| {
            let value = secret
                .value
                .as_ref()
                .map(|value| value.expose_secret().to_owned());
            (secret.name.clone(), value)
        })
        .collect()
}

/// A collection of one request, with an auth.
fn with_auth(auth: &Value) -> Imported {
    let collection = json!({
        "info": { "name": "One", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "auth": auth,
        "item": [{ "name": "Ping", "request": { "method": "GET", "url": "https://api.example/ping" } }],
    });
    import(&collection.to_string()).expect("it can be read")
}

fn attributes(kind: &str, attributes: &[(&str, Value)]) -> Value {
    let list: Vec<Value> = attributes
        .iter()
        .map(|(key, value)| json!({ "key": key, "value": value }))
        .collect();
    json!({ "type": kind, kind: list })
}

#[test]
fn folders_requests_variables_and_auth_become_one_connector() {
    let imported = import(HARBOUR).unwrap();
    assert_eq!(imported.kind, ForeignKind::Postman);
    let connector = connector(&imported);
    assert_eq!(connector["name"], "Harbour CRM");
    assert_eq!(connector["base_url"], "https://api.harbour.example/v1");
    assert_eq!(
        connector["auth"],
        json!({ "method": "bearer", "token": "{{ vars.accessToken }}" })
    );
    assert_eq!(
        connector["variables"],
        json!([
            { "name": "name", "value": "Ann" }, { "name": "age" }, { "name": "accessToken", "secret": true },
            { "name": "lastId" },
        ])
    );
    let endpoints = connector["endpoints"].as_array().unwrap();
    let ids: Vec<&str> = endpoints
        .iter()
        .map(|endpoint| endpoint["id"].as_str().unwrap())
        .collect();
    assert_eq!(
        ids,
        [
            "list_contacts",
            "get_contact",
            "create_contact",
            "delete",
            "upload",
            "files_delete",
            "health",
            "who_am_i"
        ]
    );
    assert_eq!(endpoints[0]["name"], "Contacts / List contacts");
    assert_eq!(
        endpoints[0]["request"],
        json!({
            "method": "GET", "url": "/contacts",
            "query": [
                { "name": "query", "value": "ada l" }, { "name": "page", "value": "1" },
                { "name": "unused", "value": "1", "enabled": false },
            ],
            "headers": [
                { "name": "Accept", "value": "application/json" },
                { "name": "X-Debug", "value": "1", "enabled": false },
            ],
        })
    );
    assert_eq!(
        endpoints[1]["request"]["url"],
        "/contacts/{{ input.contactId }}"
    );
    assert_eq!(
        endpoints[1]["inputs"],
        json!([{ "name": "contactId", "type": "text", "default": "42" }])
    );
    assert_eq!(
        endpoints[2]["request"],
        json!({
            "method": "POST", "url": "/contacts",
            "body": { "type": "json", "value": {
                "name": "{{ vars.name }}", "age": "{{ vars.age | parse_json }}", "note": "{{ '{' }}% raw %}",
            } },
        })
    );
    assert_eq!(
        endpoints[4]["request"]["body"],
        json!({ "type": "multipart", "fields": [{ "name": "title", "value": "Plan" }] })
    );
    assert_eq!(
        endpoints[6]["request"]["url"],
        "https://status.harbour.example/ping"
    );
    assert_eq!(connector["test"]["request"]["url"], "/me");
}

#[test]
fn what_was_understood_and_what_was_not_is_said() {
    let imported = import(HARBOUR).unwrap();
    let understood: Vec<&str> = imported
        .understood
        .iter()
        .map(|one| one.message.as_str())
        .collect();
    assert_eq!(
        understood,
        [
            "The API at `https://api.harbour.example/v1`, out of `{{baseUrl}}`",
            "Bearer token as the auth method",
            "8 endpoints out of 2 folders",
            "2 inputs in paths",
            "3 variables: `name`, `age`, `lastId`",
            "1 secret, for the vault and not for the file: `accessToken`",
            "`who_am_i` as the test request",
        ]
    );
    let notes = notes(&imported);
    for said in [
        "Left out, since they are no HTTP requests: `Sockets`.",
        "In Postman these sign in nowhere; here the connector's auth goes with them: `Health`.",
        "No value is in the file for: `age`, `lastId`.",
        "Pre-request scripts are not run: `the collection`.",
        "Test scripts are not run: `Create contact`.",
        "Scripts set these variables: `lastId`.",
        "`Upload` sends a file, which is not in the collection: its field is left out.",
    ] {
        assert!(notes.contains(said), "{said}\nis not in\n{notes}");
    }
}

#[test]
fn a_secret_is_in_no_file_and_no_word() {
    let imported = import(HARBOUR).unwrap();
    assert_eq!(
        secrets(&imported),
        [("accessToken".to_owned(), Some("tok-4f1c-SECRET".to_owned()))]
    );
    let everything = format!("{imported:?}{}", write_connector(&imported.connector));
    assert!(!everything.contains("SECRET"), "{everything}");
}

#[test]
fn an_environment_gives_values_and_wins() {
    let options = ImportOptions {
        environment: Some(ENVIRONMENT.to_owned()),
        ..ImportOptions::default()
    };
    let imported = import_text(HARBOUR, &options).unwrap();
    let connector = connector(&imported);
    assert_eq!(connector["base_url"], "https://eu.harbour.example");
    assert_eq!(
        connector["variables"][0],
        json!({ "name": "name", "value": "Ann" })
    );
    assert_eq!(
        connector["variables"][1],
        json!({ "name": "age", "value": "36" })
    );
    assert_eq!(
        secrets(&imported),
        [("accessToken".to_owned(), Some("tok-prod-SECRET".to_owned()))]
    );
    let wrong = ImportOptions {
        environment: Some("{}".to_owned()),
        ..ImportOptions::default()
    };
    let error = import_text(HARBOUR, &wrong).unwrap_err();
    assert_eq!(
        error.to_string(),
        "environment, values: this is no Postman environment: it has no list of values"
    );
    let error = import_text("curl https://a.example", &wrong).unwrap_err();
    assert!(
        error.to_string().contains("goes with a Postman collection"),
        "{error}"
    );
}

#[test]
fn types_of_auth_become_methods() {
    let token = |name: &str| format!("{{{{ vars.{name} }}}}");
    for (auth, expected) in [
        (json!({ "type": "noauth" }), json!({ "method": "none" })),
        (
            attributes(
                "apikey",
                &[
                    ("key", json!("X-Key")),
                    ("value", json!("abc")),
                    ("in", json!("header")),
                ],
            ),
            json!({ "method": "api_key", "name": "X-Key", "value": token("key"), "location": "header" }),
        ),
        (
            attributes(
                "apikey",
                &[
                    ("key", json!("k")),
                    ("value", json!("{{k}}")),
                    ("in", json!("query")),
                ],
            ),
            json!({ "method": "api_key", "name": "k", "value": token("k"), "location": "query" }),
        ),
        (
            attributes("bearer", &[]),
            json!({ "method": "bearer", "token": token("token") }),
        ),
        // Version 2.0 has an object where 2.1 has a list.
        (
            json!({ "type": "basic", "basic": { "username": "ann", "password": "pw" } }),
            json!({ "method": "basic", "username": "ann", "password": token("password") }),
        ),
        (
            attributes(
                "basic",
                &[("username", json!("k")), ("password", json!(""))],
            ),
            json!({ "method": "basic", "username": token("api_key"), "password": "" }),
        ),
        (
            attributes("basic", &[("username", json!("k"))]),
            json!({ "method": "basic", "username": token("username") }),
        ),
        (
            attributes(
                "awsv4",
                &[
                    ("accessKey", json!("AK")),
                    ("secretKey", json!("SK")),
                    ("region", json!("eu-central-1")),
                    ("service", json!("s3")),
                ],
            ),
            json!({
                "method": "aws_sigv4", "access_key_id": "AK", "secret_access_key": token("secret_access_key"),
                "region": "eu-central-1", "service": "s3",
            }),
        ),
        (
            attributes(
                "oauth1",
                &[
                    ("consumerKey", json!("ck")),
                    ("consumerSecret", json!("cs")),
                    ("token", json!("t")),
                    ("tokenSecret", json!("ts")),
                ],
            ),
            json!({
                "method": "multistep", "steps": [], "request_parameters": [],
                "signing": {
                    "type": "oauth1", "consumer_key": "ck", "consumer_secret": token("consumer_secret"),
                    "token": token("access_token"), "token_secret": token("token_secret"), "signature_method": "HMAC-SHA1",
                },
            }),
        ),
    ] {
        let imported = with_auth(&auth);
        assert_eq!(connector(&imported)["auth"], expected, "{auth}");
    }
    let digest = with_auth(&attributes("digest", &[("username", json!("ann"))]));
    assert!(
        notes(&digest).contains("Digest auth is not taken over"),
        "{}",
        notes(&digest)
    );
}

#[test]
fn grants_of_oauth_become_grants_or_steps() {
    let common = |grant: &str, more: &[(&str, Value)]| {
        let mut list = vec![
            ("grant_type", json!(grant)),
            ("authUrl", json!("https://id.example/authorize")),
            ("accessTokenUrl", json!("https://id.example/token")),
            ("clientId", json!("app")),
            ("clientSecret", json!("s3cret-value")),
            ("scope", json!("read write")),
        ];
        list.extend(more.iter().cloned());
        with_auth(&attributes("oauth2", &list))
    };
    let code = common(
        "authorization_code",
        &[("client_authentication", json!("body"))],
    );
    assert_eq!(
        connector(&code)["auth"],
        json!({
            "method": "oauth2", "grant": "authorization_code", "client_id": "app",
            "client_secret": "{{ vars.client_secret }}", "authorization_url": "https://id.example/authorize",
            "token_url": "https://id.example/token", "scopes": ["read", "write"], "client_auth": "post",
        })
    );
    let pkce = common(
        "authorization_code_with_pkce",
        &[("challengeAlgorithm", json!("plain"))],
    );
    assert_eq!(connector(&pkce)["auth"]["grant"], "pkce");
    assert_eq!(connector(&pkce)["auth"]["code_challenge_method"], "plain");
    let client = common(
        "client_credentials",
        &[(
            "tokenRequestParams",
            json!([{ "key": "audience", "value": "api", "send_as": "request_body" }]),
        )],
    );
    assert_eq!(
        connector(&client)["auth"]["token_params"],
        json!([{ "name": "audience", "value": "api" }])
    );
    let elsewhere = common(
        "client_credentials",
        &[("addTokenTo", json!("queryParams"))],
    );
    assert_eq!(
        connector(&elsewhere)["auth"]["request_parameters"],
        json!([{ "location": "query", "name": "access_token", "value": "{{ oauth.access_token }}" }])
    );
    let password = common("password_credentials", &[("username", json!("ann"))]);
    let auth = &connector(&password)["auth"];
    let kinds: Vec<&str> = auth["steps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|step| step["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["form", "basic_auth", "api_request"]);
    assert_eq!(
        auth["request_parameters"][0]["value"],
        "Bearer {{ login.body.access_token }}"
    );
    assert!(!write_connector(&password.connector).contains("s3cret-value"));
    let implicit = common("implicit", &[]);
    assert!(notes(&implicit).contains("implicit grant is not taken over"));
}

#[test]
fn credentials_that_requests_write_out_become_the_auth_and_leave_the_file() {
    let request = |name: &str, path: &str| {
        json!({ "name": name, "request": {
            "method": "GET", "url": format!("https://api.example{path}"),
            "header": [{ "key": "Authorization", "value": "Bearer abc-SECRET" }, { "key": "X-Api-Token", "value": "def-SECRET" }],
        } })
    };
    let collection = json!({
        "info": { "name": "Two", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "item": [request("A", "/a"), request("B", "/b")],
    });
    let imported = import(&collection.to_string()).unwrap();
    let text = write_connector(&imported.connector);
    assert!(!text.contains("SECRET"), "{text}");
    assert_eq!(
        connector(&imported)["auth"],
        json!({ "method": "bearer", "token": "{{ vars.token }}" })
    );
    assert_eq!(
        connector(&imported)["endpoints"][1]["request"]["headers"],
        json!([{ "name": "X-Api-Token", "value": "{{ vars.api_token }}" }])
    );
    assert_eq!(secrets(&imported).len(), 2);
}

#[test]
fn a_collection_of_graphql_requests_is_a_graphql_connector() {
    let collection = json!({
        "info": { "name": "Graph", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "item": [{ "name": "Viewer", "request": {
            "method": "POST", "url": "https://api.example/graphql",
            "body": { "mode": "graphql", "graphql": {
                "query": "query($id: ID) { viewer(id: $id) { name } }", "variables": "{\"id\": {{id}}, \"to\": \"{{to}}\"}",
            } },
        } }],
    });
    let imported = import(&collection.to_string()).unwrap();
    let connector = connector(&imported);
    assert_eq!(connector["kind"], "graphql");
    assert_eq!(connector["base_url"], "https://api.example/graphql");
    assert_eq!(
        connector["endpoints"][0]["request"],
        json!({ "method": "POST", "url": "", "body": {
            "type": "graphql", "query": "query($id: ID) { viewer(id: $id) { name } }",
            "variables": { "id": "{{ vars.id | parse_json }}", "to": "{{ vars.to }}" },
        } })
    );
}

#[test]
fn a_file_that_cannot_be_read_names_the_place_and_what_to_do() {
    let info = json!({ "name": "X", "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" });
    let of = |item: Value| json!({ "info": info, "item": item }).to_string();
    for (text, place, message) in [
        (of(json!({})), "item", "expected a list, found an object"),
        (of(json!([])), "item", "there is no request in it"),
        (of(json!([{ "name": "A" }])), "item[0]", "neither a folder nor a request"),
        (of(json!([{ "name": "A", "item": [{ "name": "B", "request": 7 }] }])), "item[0].item[0].request", "an object or an address"),
        (of(json!([{ "request": { "url": "https://a.example", "header": [{ "key": ["x"] }] } }])), "item[0].request.header[0].key", "expected text, found a list"),
        (of(json!([{ "request": { "method": "GE T", "url": "https://a.example" } }])), "item[0].request.method", "`GE T` is not a method"),
        (of(json!([{ "request": { "url": "/x" } }])), "item[0].request.url", "no request has an address with a host"),
        (of(json!([{ "request": { "url": "https://[" } }])), "item[0].request.url", "the address cannot be read"),
        (of(json!([{ "request": { "url": "https://a.example", "body": { "mode": "carrier-pigeon" } } }])), "item[0].request.body.mode", "`carrier-pigeon` is no kind of body"),
        (of(json!([{ "request": { "url": "https://a.example", "auth": { "type": "magic" } } }])), "item[0].request.auth.type", "`magic` is no type of auth"),
        (json!({ "info": { "schema": "https://schema.getpostman.com/json/collection/v9.0.0/collection.json" }, "item": [] }).to_string(), "info.schema", "is no version that is read"),
        (HARBOUR[..700].to_owned(), "line 22, column 32", "this is not whole JSON"),
        (json!({ "id": "1", "name": "old", "requests": [], "order": [] }).to_string(), "", "a collection of version 1"),
    ] {
        let error = import(&text).expect_err(&text);
        assert!(error.message.contains(message), "{error:?}\nshould say {message}");
        assert!(!error.remedy.is_empty(), "{error:?}");
        if place.starts_with("line") {
            assert!(error.place.starts_with("line 2"), "{error:?}");
        } else {
            assert_eq!(error.place, place, "{error:?}");
        }
    }
}

#[test]
fn text_of_a_collection_never_becomes_a_template() {
    let hostile = "{% for x in y %}{{ vars.secret | base64encode }}{# #}";
    let collection = json!({
        "info": { "name": hostile, "description": hostile, "schema": "https://schema.getpostman.com/json/collection/v2.1.0/collection.json" },
        "item": [{ "name": hostile, "request": {
            "method": "POST", "url": format!("https://api.example/{hostile}?{hostile}={hostile}"),
            "header": [{ "key": "X-A", "value": hostile }],
            "body": { "mode": "raw", "raw": hostile },
        } }],
        "variable": [{ "key": "vars.secret | base64encode", "value": "x" }],
    });
    let imported = import(&collection.to_string()).unwrap();
    // Name and description are no templates.
    let request = connector(&imported)["endpoints"][0]["request"].to_string();
    assert!(!request.contains("vars.secret"), "{request}");
    assert!(
        !request.contains("{%") && !request.contains("{#"),
        "{request}"
    );
    for finding in latchwork_model::check(&imported.connector) {
        assert_ne!(finding.code, "template.syntax", "{finding:?}");
        assert_ne!(finding.code, "template.undefined", "{finding:?}");
    }
}
