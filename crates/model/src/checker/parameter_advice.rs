//! Advice on request parameters: what they replace, and where they cannot go.

use std::collections::HashSet;

use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::request::{Body, ParameterLocation, Request};
use crate::rule::Rule;
use crate::template_syntax::is_literal;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    let plan = connector.auth.plan();
    let mut headers = HashSet::new();
    let mut members = HashSet::new();
    for (index, parameter) in plan.request_parameters.iter().enumerate() {
        let name = parameter.name.as_str();
        if !parameter.enabled || !is_literal(name) {
            continue;
        }
        let is_new = match parameter.location {
            ParameterLocation::Header => headers.insert(name.to_ascii_lowercase()),
            ParameterLocation::Body => members.insert(name.to_owned()),
            // The same name several times is how a query has lists.
            ParameterLocation::Query => true,
        };
        if !is_new {
            findings.push(Rule::ParameterTwice.finding(
                format!("auth.request_parameters[{index}]"),
                format!("`{name}` is there already, and this one takes its place"),
                "Delete one of them.",
            ));
        }
    }
    let has_body_parameter = plan
        .request_parameters
        .iter()
        .any(|parameter| parameter.enabled && parameter.location == ParameterLocation::Body);
    for (path, request) in requests(connector) {
        for (index, header) in request.headers.iter().enumerate() {
            if header.enabled && headers.contains(&header.name.as_str().to_ascii_lowercase()) {
                findings.push(Rule::ParameterOverridesHeader.finding(
                    format!("{path}.headers[{index}]"),
                    format!(
                        "`{}` is not sent: a request parameter of this name takes its place",
                        header.name
                    ),
                    "Delete it here, or the request parameter.",
                ));
            }
        }
        if has_body_parameter && let Some(what) = no_body(&request.body) {
            findings.push(Rule::ParameterNoBody.finding(
                format!("{path}.body"),
                format!("a request parameter is to go into the body, and this request has {what}"),
                "Give it a JSON object or a form body, or put the parameter into the query or a header.",
            ));
        }
    }
}

/// The test request and the endpoints: what request parameters are added to.
pub(super) fn requests(connector: &Connector) -> impl Iterator<Item = (String, &Request)> {
    let test = connector.test.iter();
    let endpoints = connector.endpoints.iter().enumerate();
    test.map(|test| ("test.request".to_owned(), &test.request))
        .chain(
            endpoints.map(|(index, endpoint)| {
                (format!("endpoints[{index}].request"), &endpoint.request)
            }),
        )
}

/// What a body is that no parameter can go into; nothing where one can, or may.
fn no_body(body: &Body) -> Option<&'static str> {
    match body {
        Body::None => Some("no body"),
        Body::Multipart(_) => Some("a multipart body"),
        Body::Text(_) => Some("a text body"),
        Body::Graphql(_) => Some("a GraphQL body"),
        Body::Json(json) => match &json.value {
            serde_json::Value::Object(_) => None,
            // An object may come of it.
            serde_json::Value::String(text) if !is_literal(text) => None,
            _ => Some("a JSON body that is no object"),
        },
        Body::Form(_) => None,
    }
}
