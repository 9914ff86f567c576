//! What is wrong with GraphQL documents and their variables, as far as it shows without the API's schema.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::auth::Auth;
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::graphql::{GraphqlDocument, read_graphql_document};
use crate::request::{Body, GraphqlBody, Request};
use crate::rule::Rule;
use crate::step::{Step, StepKind};
use crate::template_syntax::is_literal;

pub(super) fn advise(connector: &Connector, findings: &mut Vec<Diagnostic>) {
    if let Auth::Multistep(multistep) = &connector.auth {
        steps("auth.steps", &multistep.steps, findings);
        if let Some(refresh) = &multistep.refresh {
            steps("auth.refresh.steps", &refresh.steps, findings);
        }
    }
    for (place, request) in super::parameter_advice::requests(connector) {
        of_request(&place, request, findings);
    }
}

fn steps(list: &str, steps: &[Step], findings: &mut Vec<Diagnostic>) {
    for (index, step) in steps.iter().enumerate() {
        if step.disabled {
            continue;
        }
        let request = match &step.kind {
            StepKind::ApiRequest(api) => &api.request,
            StepKind::Poll(poll) => &poll.request,
            _ => continue,
        };
        of_request(&format!("{list}[{index}].request"), request, findings);
    }
}

fn of_request(place: &str, request: &Request, findings: &mut Vec<Diagnostic>) {
    let Body::Graphql(body) = &request.body else {
        return;
    };
    let at = format!("{place}.body.query");
    match read_graphql_document(&body.query) {
        Err(_) if body.query.trim().is_empty() => {
            findings.push(Rule::GraphqlOperation.finding(
                at,
                "there is no query",
                "Write what is asked, such as `{ me { id } }`.",
            ));
        }
        Err(error) => {
            let help = if is_literal(&body.query) {
                "Mend the document at this place."
            } else {
                "Mend the document at this place. It is no template: values go into `variables`."
            };
            findings.push(Rule::GraphqlSyntax.finding(at, error.to_string(), help));
        }
        Ok(document) => {
            if document.looks_like_template {
                findings.push(Rule::GraphqlTemplate.finding(
                    &at,
                    "the document is sent as it stands, `{{ … }}` too",
                    "Declare a variable in the document, and give its value in `variables`, which are templates.",
                ));
            }
            operations(&document, &at, findings);
            variables(&document, body, place, findings);
        }
    }
}

fn operations(document: &GraphqlDocument, at: &str, findings: &mut Vec<Diagnostic>) {
    let (message, help) = match document.operations.as_slice() {
        _ if document.defines_types => (
            "the document defines types, which an API is not sent".to_owned(),
            "Leave operations and fragments only.",
        ),
        [] => (
            "the document has no operation".to_owned(),
            "Add a query or a mutation.",
        ),
        [_] => return,
        several => (
            format!(
                "the document has {} operations, and nothing says which one is meant",
                several.len()
            ),
            "Leave one of them here; give the others endpoints of their own.",
        ),
    };
    findings.push(Rule::GraphqlOperation.finding(at, message, help));
}

fn variables(
    document: &GraphqlDocument,
    body: &GraphqlBody,
    place: &str,
    findings: &mut Vec<Diagnostic>,
) {
    let declared: BTreeSet<&str> = document
        .declared
        .iter()
        .map(|variable| variable.name.as_str())
        .collect();
    for name in &document.used {
        if !declared.contains(name.as_str()) {
            findings.push(Rule::GraphqlVariableUndeclared.finding(
                format!("{place}.body.query"),
                format!("`${name}` is used, and the operation does not declare it"),
                format!("Declare it with its type: `query (${name}: String!) {{ … }}`."),
            ));
        }
    }
    let empty = serde_json::Map::new();
    let given = match &body.variables {
        Value::Object(given) => given,
        Value::Null => &empty,
        // A template may give any.
        _ => return,
    };
    let at = format!("{place}.body.variables");
    for variable in &document.declared {
        let is_given = given
            .get(&variable.name)
            .is_some_and(|value| !value.is_null());
        if variable.required && !is_given {
            findings.push(Rule::GraphqlVariableMissing.finding(
                &at,
                format!(
                    "`${}` ({}) is needed, and is not given",
                    variable.name, variable.type_text
                ),
                format!(
                    "Add \"{}\" to the variables, or give it a default in the document.",
                    variable.name
                ),
            ));
        }
    }
    for name in given.keys() {
        if !declared.contains(name.as_str()) {
            findings.push(Rule::GraphqlVariableUnknown.finding(
                crate::path::join(&at, name),
                format!("the document declares no `${name}`"),
                "Delete it, or declare it in the document.",
            ));
        }
    }
}
