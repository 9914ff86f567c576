//! Properties: whatever a document says, what comes of it is a valid connector in which all its text is text.

use latchwork_exchange::{from_openapi, to_openapi};
use latchwork_model::{Connector, Severity, check, read_connector, write_connector};
use proptest::prelude::*;
use serde_json::{Map, Value, json};

/// Text with all that is special to templates, addresses and pointers.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-zA-Z]{1,8}",
        "[ -~]{0,12}",
        "[{}%#/?&=:@~|.'\" ]{0,10}",
        "\\PC{0,6}",
        Just("{{ vars.secret }}".to_owned()),
        Just("in".to_owned()),
        Just("input".to_owned()),
    ]
}

fn path() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z]{1,5}",
        "\\{[a-zA-Z_]{1,4}\\}",
        text(),
        Just("me".to_owned()),
    ];
    prop::collection::vec(piece, 0..4).prop_map(|pieces| format!("/{}", pieces.join("/")))
}

fn url() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("https://api.example/v1".to_owned()),
        Just("https://{region}.example/{base}".to_owned()),
        Just("/relative".to_owned()),
        Just("{scheme}://{host}".to_owned()),
        Just(String::new()),
        text().prop_map(|text| format!("https://{text}")),
        text(),
    ]
}

fn schema() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(json!({})),
        Just(json!(true)),
        Just(json!({ "type": "string", "format": "binary" })),
        Just(json!({ "$ref": "#/components/schemas/Self" })),
        Just(json!({ "$ref": "other.yaml#/x" })),
        "(string|integer|boolean|array|object|null)".prop_map(|kind| json!({ "type": kind })),
        text().prop_map(|text| json!({ "const": text })),
        text().prop_map(|text| json!({ "type": "string", "default": text, "example": text })),
        (any::<i64>()).prop_map(|number| json!({ "type": ["number", "null"], "default": number })),
    ];
    leaf.prop_recursive(3, 16, 4, |inner| {
        prop_oneof![
            (prop::collection::vec((text(), inner.clone(), any::<bool>()), 0..4)).prop_map(
                |members| {
                    let required: Vec<_> = members
                        .iter()
                        .filter(|(.., required)| *required)
                        .map(|(name, ..)| name.clone())
                        .collect();
                    let properties: Map<_, _> = members
                        .into_iter()
                        .map(|(name, schema, _)| (name, schema))
                        .collect();
                    json!({ "type": "object", "required": required, "properties": properties })
                }
            ),
            inner
                .clone()
                .prop_map(|items| json!({ "type": "array", "items": items })),
            prop::collection::vec(inner.clone(), 0..3).prop_map(|parts| json!({ "allOf": parts })),
            prop::collection::vec(inner, 0..3).prop_map(|parts| json!({ "oneOf": parts })),
        ]
    })
}

fn parameter() -> impl Strategy<Value = Value> {
    let style = "(form|simple|label|matrix|deepObject|pipeDelimited|spaceDelimited|odd)";
    (
        prop_oneof![text(), "X-[A-Z][a-z]{1,4}"],
        "(query|path|cookie|header|querystring)",
        style,
        any::<[bool; 3]>(),
        schema(),
    )
        .prop_map(
            |(name, place, style, [required, explode, as_json], schema)| {
                // Other names of headers are an error.
                let name = if place == "header" {
                    name.chars()
                        .filter(char::is_ascii_alphanumeric)
                        .collect::<String>()
                        + "h"
                } else {
                    name + "n"
                };
                let mut parameter = json!({ "name": name, "in": place, "required": required });
                if as_json {
                    parameter["content"] = json!({ "application/json": { "schema": schema } });
                } else {
                    parameter["schema"] = schema;
                    parameter["style"] = style.into();
                    parameter["explode"] = explode.into();
                }
                parameter
            },
        )
}

fn body() -> impl Strategy<Value = Value> {
    let media = prop_oneof![
        Just("application/json".to_owned()),
        Just("application/x-www-form-urlencoded".to_owned()),
        Just("multipart/form-data".to_owned()),
        Just("text/plain".to_owned()),
        Just("application/vnd.x+json; v=1".to_owned()),
        text(),
    ];
    (media, schema(), any::<bool>(), prop::option::of(text())).prop_map(
        |(media, schema, required, example)| {
            let mut body =
                json!({ "required": required, "content": { media.clone(): { "schema": schema } } });
            if let Some(example) = example {
                body["content"][&media]["example"] = json!({ "a": example });
            }
            body
        },
    )
}

fn scheme() -> impl Strategy<Value = Value> {
    let flow = (url(), url(), text()).prop_map(|(authorization, token, scope)| {
        json!({ "authorizationUrl": authorization, "tokenUrl": token, "refreshUrl": token, "deviceAuthorizationUrl": token, "scopes": { scope: "" } })
    });
    prop_oneof![
        (text(), "(query|header|cookie|body)")
            .prop_map(|(name, place)| json!({ "type": "apiKey", "name": name, "in": place })),
        prop_oneof![text(), "(basic|Bearer|digest)"]
            .prop_map(|scheme| json!({ "type": "http", "scheme": scheme })),
        (
            "(authorizationCode|clientCredentials|implicit|password|deviceAuthorization|odd)",
            flow
        )
            .prop_map(|(kind, flow)| json!({ "type": "oauth2", "flows": { kind: flow } })),
        url().prop_map(|url| json!({ "type": "openIdConnect", "openIdConnectUrl": url })),
        Just(json!({ "type": "mutualTLS" })),
        text().prop_map(|kind| json!({ "type": kind })),
    ]
}

prop_compose! {
    fn document()(
        title in text(),
        servers in prop::collection::vec(url(), 0..3),
        default in prop::option::of(text()),
        schemes in prop::collection::vec((text(), scheme()), 0..4),
        operations in prop::collection::vec((
            path(),
            "(get|post|put|query)",
            prop::option::of(text()),
            prop::collection::vec(parameter(), 0..5),
            prop::option::of(body()),
            prop::option::of(prop::collection::vec(prop::collection::vec(0_usize..4, 0..3), 0..3)),
        ), 0..5),
        security in prop::collection::vec(prop::collection::vec(0_usize..4, 0..3), 0..3),
        self_schema in schema(),
    ) -> Value {
        let names: Vec<String> = schemes.iter().map(|(name, _)| name.clone()).collect();
        let requirements = |wanted: &Vec<Vec<usize>>| -> Value {
            let alternatives = wanted.iter().map(|alternative| {
                let members: Map<_, _> = alternative
                    .iter()
                    .filter_map(|index| names.get(*index))
                    .map(|name| (name.clone(), json!(["{{ scope }}"])))
                    .collect();
                Value::Object(members)
            });
            alternatives.collect()
        };
        let mut paths = Map::new();
        for (path, method, id, parameters, body, own) in &operations {
            let mut operation = json!({ "parameters": parameters });
            if let Some(id) = id {
                operation["operationId"] = id.as_str().into();
                operation["summary"] = id.as_str().into();
            }
            if let Some(body) = body {
                operation["requestBody"] = body.clone();
            }
            if let Some(own) = own {
                operation["security"] = requirements(own);
            }
            paths.insert(path.clone(), json!({ method.as_str(): operation }));
        }
        let servers: Vec<Value> = servers
            .iter()
            .map(|url| match &default {
                Some(default) => json!({ "url": url, "variables": { "region": { "default": default }, "host": { "default": default } } }),
                None => json!({ "url": url }),
            })
            .collect();
        // What holds itself by a reference alone is an error.
        let self_schema = json!({ "properties": { "self": { "$ref": "#/components/schemas/Self" }, "more": self_schema } });
        json!({
            "openapi": "3.1.0",
            "info": { "title": title, "version": "1", "description": title },
            "servers": servers,
            "security": requirements(&security),
            "paths": paths,
            "components": {
                "securitySchemes": schemes.into_iter().collect::<Map<_, _>>(),
                "schemas": { "Self": self_schema },
            },
        })
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn z28_what_comes_of_a_document_is_valid_and_its_text_is_text(document in document()) {
        let text = document.to_string();
        let import = from_openapi(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
        let written = write_connector(&import.connector);
        prop_assert_eq!(read_connector(&written), Ok(import.connector.clone()), "{}", written);
        let errors: Vec<_> = check(&import.connector)
            .into_iter()
            .filter(|finding| finding.severity == Severity::Error)
            .collect();
        prop_assert!(errors.is_empty(), "{errors:?}\n{text}\n{written}");
        let document = to_openapi(&import.connector).document;
        let back = from_openapi(&document).unwrap_or_else(|error| panic!("{error}\n{text}\n{document}"));
        let count = |connector: &Connector| {
            let endpoints = connector.endpoints.iter();
            endpoints.filter(|endpoint| endpoint.request.method != "QUERY").count()
        };
        prop_assert_eq!(count(&back.connector), count(&import.connector), "{}", document);
        prop_assert_eq!(from_openapi(&text), Ok(import));
    }

    #[test]
    fn z28_nothing_makes_the_reader_panic(text in "\\PC{0,200}") {
        let _ = from_openapi(&text);
        let _ = from_openapi(&format!("openapi: 3.0.0\n{text}"));
    }
}
