//! The import of an OpenAPI document of 5 MB, and the same parser on the same text beside it.

use std::fmt::Write as _;

use latchwork_exchange::from_openapi;
use saphyr_parser::Parser;
use serde_json::{Map, Value, json};

use crate::harness::{Benchmark, Comparison, Fault, Findings};

/// How large the documents are, in bytes.
const SIZE: usize = 5_000_000;
/// How many times parsing it an import may take.
const RATIO: f64 = 3.0;

pub const BENCHMARK: Benchmark = Benchmark {
    name: "openapi",
    about: "The import of a generated OpenAPI document of 5 MB (`from_openapi`): parsed, walked, made into a connector \
            with all its endpoints, that connector checked for being valid, what was parsed freed. JSON beside \
            serde_json, which makes a value of all of the same text and is not charged for freeing it; the import passes \
            over the answers of operations. YAML beside saphyr-parser, of whose events nothing is built.",
    run,
};

fn run() -> Result<Findings, Fault> {
    let document = document();
    let json = document.to_string();
    let yaml = yaml(&document);
    let from_json = Comparison::of("5 MB of JSON", 15)
        .on_own_thread()
        .subject("import", || Ok(from_openapi(&json)?))
        .peer("serde_json alone", || {
            Ok(serde_json::from_str::<Value>(&json)?)
        })?;
    let from_yaml = Comparison::of("the same as YAML", 7)
        .on_own_thread()
        .subject("import", || Ok(from_openapi(&yaml)?))
        .peer("saphyr-parser alone", || {
            let mut events = 0_u64;
            for event in Parser::new_from_str(&yaml) {
                event?;
                events += 1;
            }
            Ok(events)
        })?;
    let endpoints = from_openapi(&json)?.connector.endpoints.len();
    if from_openapi(&yaml)?.connector.endpoints.len() != endpoints || endpoints < 1_000 {
        return Err("the documents are not read alike".into());
    }
    let judged = vec![
        from_json.at_most_times(RATIO),
        from_yaml.at_most_times(RATIO),
    ];
    let notes = vec![format!(
        "{endpoints} endpoints; {:.1} MB of JSON, {:.1} MB of YAML",
        megabytes(&json),
        megabytes(&yaml)
    )];
    Ok(Findings::of(vec![from_json, from_yaml])
        .noted(notes)
        .judged(judged))
}

#[expect(clippy::cast_precision_loss, reason = "a few million bytes")]
fn megabytes(text: &str) -> f64 {
    text.len() as f64 / 1e6
}

/// A document as generators of servers write them: each resource with its five operations, their parameters, bodies
/// and answers, and the schemas that these refer to.
fn document() -> Value {
    let mut paths = Map::new();
    let mut schemas = Map::new();
    let mut size = 0;
    for number in 0.. {
        let name = format!("Resource{number}");
        let members = [
            (format!("/resources{number}"), collection(&name)),
            (format!("/resources{number}/{{id}}"), single(&name)),
        ];
        let schema = schema(&name);
        size += schema.to_string().len();
        schemas.insert(name, schema);
        for (path, item) in members {
            size += path.len() + item.to_string().len();
            paths.insert(path, item);
        }
        if size >= SIZE {
            break;
        }
    }
    json!({
        "openapi": "3.0.3",
        "info": { "title": "Resources", "version": "1.0.0", "description": "Everything of a large API." },
        "servers": [{ "url": "https://{region}.api.example/v1", "variables": { "region": { "default": "eu" } } }],
        "security": [{ "oauth": ["resources.read"] }],
        "paths": paths,
        "components": {
            "parameters": {
                "limit": { "name": "limit", "in": "query", "schema": { "type": "integer", "default": 50 } },
                "after": { "name": "after", "in": "query", "schema": { "type": "string" } },
            },
            "securitySchemes": {
                "oauth": { "type": "oauth2", "flows": { "authorizationCode": {
                    "authorizationUrl": "https://login.example/authorize", "tokenUrl": "https://login.example/token",
                    "scopes": { "resources.read": "Read", "resources.write": "Write" } } } },
            },
            "schemas": schemas,
        },
    })
}

fn answer(reference: &str) -> Value {
    let failed = json!({ "description": "The request was refused, and the body says why.", "content": {
        "application/problem+json": { "schema": { "type": "object", "properties": {
            "title": { "type": "string" }, "status": { "type": "integer" }, "detail": { "type": "string" } } } } } });
    json!({
        "200": { "description": "What was asked for.", "content": { "application/json": { "schema": { "$ref": reference } } } },
        "400": failed, "401": failed, "404": failed,
    })
}

fn collection(name: &str) -> Value {
    let reference = format!("#/components/schemas/{name}");
    json!({
        "get": {
            "operationId": format!("list{name}"), "summary": format!("List of {name}"), "tags": [name],
            "description": "Gives all that the caller may see, newest first. Use `after` to go on where the answer before ended.",
            "parameters": [
                { "$ref": "#/components/parameters/limit" }, { "$ref": "#/components/parameters/after" },
                { "name": "filter", "in": "query", "style": "deepObject",
                  "schema": { "type": "object", "properties": { "status": { "type": "string" }, "owner": { "type": "string" } } } },
            ],
            "responses": answer(&reference),
        },
        "post": {
            "operationId": format!("create{name}"), "summary": format!("Create a {name}"), "tags": [name],
            "security": [{ "oauth": ["resources.read", "resources.write"] }],
            "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": reference } } } },
            "responses": answer(&reference),
        },
    })
}

fn single(name: &str) -> Value {
    let reference = format!("#/components/schemas/{name}");
    json!({
        "parameters": [{ "name": "id", "in": "path", "required": true, "description": "Whose it is.",
                         "schema": { "type": "string", "format": "uuid" } }],
        "get": { "operationId": format!("get{name}"), "summary": format!("One {name}"), "tags": [name],
                 "responses": answer(&reference) },
        "put": { "operationId": format!("replace{name}"), "summary": format!("Replace a {name}"), "tags": [name],
                 "requestBody": { "required": true, "content": { "application/json": { "schema": { "$ref": reference } } } },
                 "responses": answer(&reference) },
        "delete": { "operationId": format!("delete{name}"), "summary": format!("Delete a {name}"), "tags": [name],
                    "parameters": [{ "name": "If-Match", "in": "header", "schema": { "type": "string" } }],
                    "responses": answer(&reference) },
    })
}

fn schema(name: &str) -> Value {
    json!({
        "type": "object", "description": format!("A {name}, as it is stored."),
        "required": ["name", "status", "address"],
        "properties": {
            "id": { "type": "string", "format": "uuid", "readOnly": true, "description": "Given by the server." },
            "name": { "type": "string", "maxLength": 200, "example": "First" },
            "status": { "type": "string", "enum": ["draft", "active", "archived"], "default": "draft" },
            "count": { "type": "integer", "minimum": 0 },
            "tags": { "type": "array", "items": { "type": "string" } },
            "address": { "type": "object", "required": ["street", "city"], "properties": {
                "street": { "type": "string" }, "city": { "type": "string" }, "country": { "type": "string" } } },
            "parent": { "$ref": format!("#/components/schemas/{name}") },
        },
    })
}

/// A value in YAML's block style, texts in quotes.
fn yaml(value: &Value) -> String {
    let mut text = String::new();
    block(value, 0, &mut text);
    text
}

fn block(value: &Value, depth: usize, text: &mut String) {
    // Writing into a string cannot fail.
    match value {
        Value::Object(members) if !members.is_empty() => {
            for (name, member) in members {
                let _ = write!(
                    text,
                    "\n{:1$}{2}:",
                    "",
                    depth * 2,
                    Value::from(name.as_str())
                );
                block(member, depth + 1, text);
            }
        }
        Value::Array(items) if !items.is_empty() => {
            for item in items {
                let _ = write!(text, "\n{:1$}-", "", depth * 2);
                block(item, depth + 1, text);
            }
        }
        scalar => {
            let _ = write!(text, " {scalar}");
        }
    }
}
