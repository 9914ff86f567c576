//! Endpoints as paths and operations.

use latchwork_model::{Endpoint, Template, origin_part};
use serde_json::{Map, Value, json};

use super::address::Meaning;
use super::parameters::Parameters;
use super::{Writing, body};
use crate::openapi::remarks::Remark;

/// The methods that a path of OpenAPI 3.1 has a member for.
const METHODS: &[&str] = &[
    "GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH", "TRACE",
];

/// A header or query parameter that every endpoint is sent with, as place, name and value.
pub(super) type Constant = (&'static str, String, String);

/// The Paths Object.
pub(super) fn write(writing: &mut Writing<'_>, constants: &[Constant]) -> Map<String, Value> {
    let mut paths: Map<String, Value> = Map::new();
    let connector = writing.connector;
    for endpoint in &connector.endpoints {
        let method = endpoint.request.method.to_ascii_uppercase();
        if !METHODS.contains(&method.as_str()) {
            writing
                .remarks
                .add(Remark::Method, || format!("{method} ({})", endpoint.id));
            continue;
        }
        let (path, operation) = operation(writing, endpoint, constants);
        let method = method.to_ascii_lowercase();
        let is_taken = paths
            .get(&path)
            .is_some_and(|item| item.get(&method).is_some());
        let path = if is_taken {
            writing
                .remarks
                .add(Remark::SamePath, || endpoint.id.clone());
            format!("{path}#{}", endpoint.id)
        } else {
            path
        };
        let item = paths.entry(path).or_insert_with(|| json!({}));
        item[method] = operation;
    }
    paths
}

fn operation(
    writing: &mut Writing<'_>,
    endpoint: &Endpoint,
    constants: &[Constant],
) -> (String, Value) {
    let request = &endpoint.request;
    let mut parameters = Parameters::of(endpoint);
    let url = request.url.as_str();
    let own = origin_part(url).filter(|_| !url.starts_with('/'));
    let below = own.map_or(url, |own| url.trim().strip_prefix(own).unwrap_or_default());
    let mut path = parameters.path(writing, below);
    if !path.starts_with('/') {
        path.insert(0, '/');
    }
    parameters.add(writing, "query", &request.query);
    parameters.add(writing, "header", &request.headers);
    for (place, name, value) in constants {
        parameters.named(writing, place, name, Meaning::Text(value.clone()), false);
    }
    let mut operation = json!({ "operationId": endpoint.id });
    if !endpoint.name.trim().is_empty() {
        operation["summary"] = endpoint.name.as_str().into();
    }
    if let Some(own) = own {
        let server = writing.addresses.server(&Template::from(own));
        operation["servers"] = json!([server]);
    }
    let body = body::write(writing, request, &parameters, &endpoint.id);
    let parameters = parameters.into_vec();
    if !parameters.is_empty() {
        operation["parameters"] = parameters.into();
    }
    if let Some(body) = body {
        operation["requestBody"] = body;
    }
    operation["responses"] = json!({ "default": { "description": "The answer." } });
    (path, operation)
}
