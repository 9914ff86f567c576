//! Connectors as documents: what is read back keeps the endpoints and the sign-in, and no secret gets into them.

use std::fs;

use latchwork_exchange::{from_openapi, to_openapi};
use latchwork_model::{Auth, Connector, read_connector};
use serde_json::{Value, json};

fn samples() -> Vec<(String, Connector)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/openapi");
    let mut samples: Vec<_> = fs::read_dir(folder)
        .expect("the folder is there")
        .map(|entry| entry.expect("it can be read").path())
        .filter(|path| path.is_file())
        .map(|path| {
            let text = fs::read_to_string(&path).expect("it can be read");
            let connector = from_openapi(&text).expect("it is read").connector;
            (path.display().to_string(), connector)
        })
        .collect();
    samples.sort_by(|one, other| one.0.cmp(&other.0));
    samples
}

fn exported(connector: &Connector) -> Value {
    serde_json::from_str(&to_openapi(connector).document).expect("a document is JSON")
}

fn connector(value: &Value) -> Connector {
    let mut whole = json!({
        "format": "latchwork.connector/1", "name": "Acme", "kind": "rest", "base_url": "https://api.acme.example/v1",
        "auth": { "method": "none" }
    });
    for (name, member) in value.as_object().expect("members") {
        whole[name] = member.clone();
    }
    read_connector(&whole.to_string()).expect("it is valid")
}

/// What a sign-in adds to each call, and what its steps are.
fn shape(auth: &Auth) -> (Vec<String>, Vec<&'static str>) {
    let plan = auth.plan();
    let mut parameters: Vec<String> = plan
        .request_parameters
        .iter()
        .map(|parameter| format!("{:?} {}", parameter.location, parameter.name))
        .collect();
    parameters.sort();
    let steps = plan.steps.iter().map(|step| step.kind.tag()).collect();
    (parameters, steps)
}

#[test]
fn what_is_read_back_keeps_the_endpoints_and_the_sign_in() {
    let mut seen = 0;
    for (path, connector) in samples() {
        let document = to_openapi(&connector).document;
        let back = from_openapi(&document)
            .unwrap_or_else(|error| panic!("{path}: {error}\n{document}"))
            .connector;
        let parts = |connector: &Connector| -> Vec<_> {
            connector
                .endpoints
                .iter()
                .filter(|endpoint| endpoint.request.method != "QUERY")
                .map(|endpoint| {
                    (
                        endpoint.id.clone(),
                        endpoint.name.clone(),
                        endpoint.request.method.clone(),
                        endpoint.inputs.len(),
                    )
                })
                .collect()
        };
        let mut found = parts(&back);
        let mut expected = parts(&connector);
        // Optional cookies stand in one computed header, which no document tells.
        for list in [&mut found, &mut expected] {
            list.retain(|(id, ..)| !matches!(id.as_str(), "posts" | "evil"));
        }
        // Methods of one path stand together in a document.
        found.sort();
        expected.sort();
        assert_eq!(found, expected, "{path}\n{document}");
        // The device flow is not in OpenAPI 3.1.
        if !path.contains("device-code") {
            assert_eq!(
                back.auth.method(),
                connector.auth.method(),
                "{path}\n{document}"
            );
            assert_eq!(
                shape(&back.auth),
                shape(&connector.auth),
                "{path}\n{document}"
            );
        }
        assert_eq!(
            back.network.is_some(),
            connector.network.is_some(),
            "{path}\n{document}"
        );
        seen += connector.endpoints.len();
    }
    assert!(seen > 30, "there are endpoints to compare");
}

#[test]
fn requests_are_read_back_as_they_were() {
    for (path, connector) in samples() {
        let back = from_openapi(&to_openapi(&connector).document)
            .expect("it is read")
            .connector;
        if path.contains("parameters") || path.contains("bodies") || path.contains("bearer") {
            for endpoint in &connector.endpoints {
                let other = back.endpoint(&endpoint.id).expect("it is there");
                assert_eq!(endpoint.request.body, other.request.body, "{path}");
                assert_eq!(endpoint.request.method, other.request.method);
            }
        }
        assert_eq!(back.base_url, connector.base_url, "{path}");
    }
}

#[test]
fn the_auth_becomes_the_schemes_that_it_amounts_to() {
    for (auth, schemes, requirement) in [
        (json!({ "method": "none" }), Value::Null, Value::Null),
        (
            json!({ "method": "bearer", "token": "hunter2-token" }),
            json!({ "bearer": { "type": "http", "scheme": "bearer" } }),
            json!([{ "bearer": [] }]),
        ),
        (
            json!({ "method": "api_key", "location": "query", "name": "k", "value": "hunter2-key" }),
            json!({ "k": { "type": "apiKey", "in": "query", "name": "k" } }),
            json!([{ "k": [] }]),
        ),
        (
            json!({ "method": "basic", "username": "ada", "password": "hunter2-password" }),
            json!({ "basic": { "type": "http", "scheme": "basic" } }),
            json!([{ "basic": [] }]),
        ),
        (
            json!({
                "method": "oauth2", "grant": "pkce", "client_id": "id", "client_secret": "hunter2-secret",
                "authorization_url": "https://{{ vars.tenant }}.example/a", "token_url": "https://{{ vars.tenant }}.example/t",
                "scopes": ["read", "write"]
            }),
            json!({ "oauth": { "type": "oauth2", "flows": { "authorizationCode": {
                "authorizationUrl": "https://acme.example/a", "tokenUrl": "https://acme.example/t",
                "scopes": { "read": "", "write": "" } } } } }),
            json!([{ "oauth": ["read", "write"] }]),
        ),
        (
            json!({ "method": "aws_sigv4", "access_key_id": "a", "secret_access_key": "hunter2-aws", "region": "r", "service": "s" }),
            json!({ "sigv4": { "type": "apiKey", "in": "header", "name": "Authorization", "x-amazon-apigateway-authtype": "awsSigv4" } }),
            json!([{ "sigv4": [] }]),
        ),
        (
            json!({
                "method": "multistep",
                "steps": [
                    { "id": "ask", "type": "form", "title": "Sign in", "fields": [ { "key": "p", "label": "P", "type": "password" } ] },
                    { "id": "login", "type": "api_request", "request": { "method": "POST", "url": "/login", "body": { "type": "json", "value": { "p": "{{ ask.p }}" } } } }
                ],
                "request_parameters": [
                    { "location": "header", "name": "Authorization", "value": "Bearer {{ login.body.token }}" },
                    { "location": "header", "name": "X-Tenant", "value": "{{ login.body.tenant }}" },
                    { "location": "header", "name": "Cookie", "value": "a={{ login.body.a }}; b={{ login.body.b }}" },
                    { "location": "query", "name": "key", "value": "hunter2-plain" },
                    { "location": "query", "name": "version", "value": "2" },
                    { "location": "body", "name": "session", "value": "{{ login.body.session }}" }
                ]
            }),
            json!({
                "bearer": { "type": "http", "scheme": "bearer" },
                "x_tenant": { "type": "apiKey", "in": "header", "name": "X-Tenant" },
                "a": { "type": "apiKey", "in": "cookie", "name": "a" },
                "b": { "type": "apiKey", "in": "cookie", "name": "b" },
                "key": { "type": "apiKey", "in": "query", "name": "key" }
            }),
            json!([{ "bearer": [], "x_tenant": [], "a": [], "b": [], "key": [] }]),
        ),
    ] {
        let connector = connector(&json!({
            "auth": auth, "variables": [{ "name": "tenant", "value": "acme" }],
            "endpoints": [{ "id": "me", "request": { "method": "GET", "url": "/me" } }]
        }));
        let document = exported(&connector);
        let found = document["components"]["securitySchemes"].clone();
        assert_eq!(found, schemes, "{auth}");
        assert_eq!(document["security"], requirement, "{auth}");
        assert!(!document.to_string().contains("hunter2"), "{document}");
    }
}

#[test]
fn z31_no_secret_gets_into_a_document() {
    let connector = connector(&json!({
        "variables": [ { "name": "key", "secret": true }, { "name": "host", "value": "plain" } ],
        "base_url": "https://{{ vars.host }}.example/{{ vars.key }}",
        "endpoints": [{
            "id": "send",
            "request": {
                "method": "POST", "url": "/send?access_token=canary-1&page=2&x={{ vars.key }}",
                "query": [ { "name": "api_key", "value": "canary-2" } ],
                "headers": [ { "name": "Authorization", "value": "Bearer canary-3" }, { "name": "X-Secret", "value": "canary-4" },
                             { "name": "Cookie", "value": "s=canary-5" } ],
                "body": { "type": "json", "value": { "password": "canary-6", "list": [ { "token": "canary-7" } ], "plain": "text" } }
            }
        }, {
            "id": "form",
            "request": { "method": "POST", "url": "/form", "body": { "type": "form", "fields": [ { "name": "client_secret", "value": "canary-8" } ] } }
        }]
    }));
    let export = to_openapi(&connector);
    assert!(!export.document.contains("canary"), "{}", export.document);
    let document = exported(&connector);
    let parameters = &document["paths"]["/send"]["post"]["parameters"];
    assert_eq!(
        parameters[1],
        json!({ "name": "page", "in": "query", "required": true, "schema": { "type": "string", "const": "2" } })
    );
    assert_eq!(
        document["servers"][0]["url"],
        "https://{host}.example/{key}"
    );
    assert_eq!(
        document["servers"][0]["variables"]["host"]["default"],
        "plain"
    );
    let told: Vec<String> = export.notes.iter().map(ToString::to_string).collect();
    assert!(
        told.iter()
            .any(|note| note.contains("access_token (send)") && note.contains("left out")),
        "{told:?}"
    );
}

#[test]
fn endpoints_that_share_a_path_and_method_are_all_kept() {
    let endpoint = |id: &str| {
        json!({ "id": id, "request": { "method": "POST", "url": "/graphql", "body": {
            "type": "graphql", "query": format!("query {{ {id} }}"), "variables": { "id": "{{ input.id }}" } } }, "inputs": [{ "name": "id" }] })
    };
    let connector = connector(&json!({ "endpoints": [endpoint("one"), endpoint("two"),
        { "id": "purge", "request": { "method": "PURGE", "url": "/x" } },
        { "id": "away", "request": { "method": "GET", "url": "https://files.acme.example/{{ input.id }}/x" }, "inputs": [{ "name": "id" }] }] }));
    let document = exported(&connector);
    let paths: Vec<&String> = document["paths"]
        .as_object()
        .expect("paths")
        .keys()
        .collect();
    assert_eq!(paths, ["/graphql", "/graphql#two", "/{id}/x"]);
    let back = from_openapi(&document.to_string())
        .expect("it is read")
        .connector;
    let ids: Vec<&str> = back
        .endpoints
        .iter()
        .map(|endpoint| endpoint.id.as_str())
        .collect();
    assert_eq!(ids, ["one", "two", "away"]);
    assert_eq!(
        back.endpoints[2].request.url.as_str(),
        "https://files.acme.example/{{ input.id }}/x"
    );
    let told: Vec<String> = to_openapi(&connector)
        .notes
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(
        told.iter().any(|note| note.contains("PURGE (purge)")),
        "{told:?}"
    );
}
