//! A whole connector as one shell script: a command for each endpoint, chosen by its name, so that running the script
//! never calls all of them. What signs in is in each of them, its secrets as variables of the shell.

use latchwork_model::{
    AuthPlan, Body, Connector, Parameter, ParameterLocation, Request, RequestParameter,
};
use serde_json::Value;

use super::script::{CurlVariable, Part, Variables, quote};
use super::write::{CurlOptions, write_curl};
use crate::note::{Note, NoteKind, Notes};

/// A connector as a shell script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CurlCollection {
    /// The script, for sh.
    pub text: String,
    /// What it does not say.
    pub notes: Vec<Note>,
}

/// Writes a connector's endpoints as a script; its test request where it has no endpoints.
pub fn to_curl_script(connector: &Connector) -> CurlCollection {
    let plan = connector.auth.plan();
    let mut notes = Notes::default();
    note_auth(&plan, &mut notes);
    let mut calls: Vec<(&str, &str, &Request)> = connector
        .endpoints
        .iter()
        .map(|endpoint| {
            (
                endpoint.id.as_str(),
                endpoint.name.as_str(),
                &endpoint.request,
            )
        })
        .collect();
    if calls.is_empty() {
        calls.extend(
            connector
                .test
                .as_ref()
                .map(|test| ("test_request", "", &test.request)),
        );
    }
    if calls.is_empty() {
        notes.add(
            NoteKind::Missing,
            "The connector has no endpoints and no test request: the script calls nothing.",
        );
    }
    let options = CurlOptions {
        base_url: connector.base_url.to_string(),
        ..CurlOptions::default()
    };
    let ids: Vec<&str> = calls.iter().map(|(id, _, _)| *id).collect();
    let mut text = head(connector);
    text.push_str("case \"${1-}\" in\n");
    let mut variables = Variables::default();
    for (id, name, request) in &calls {
        let request = with_parameters(request, &plan.request_parameters, &mut notes);
        let before = std::mem::take(&mut variables);
        let (script, after) = write_curl(&request, &options, before);
        variables = after;
        text.push_str(&format!("{id})\n"));
        if !name.is_empty() {
            text.push_str(&format!("  # {}\n", one_line(name)));
        }
        for variable in &script.variables {
            text.push_str(&format!("{}\n", given(variable, connector)));
        }
        // Only the first line is indented: a value may go on over the others.
        text.push_str("  ");
        text.push_str(&script.command);
        text.push_str("\n  ;;\n");
        for note in script.notes {
            notes.add(note.kind, note.message);
        }
    }
    let usage = format!("usage: sh FILE {}", ids.join(" | "));
    let usage = quote(&[Part::Text(usage)]);
    text.push_str(&format!("*)\n  echo {usage} >&2\n  exit 2\n  ;;\nesac\n"));
    CurlCollection {
        text,
        notes: notes.into_vec(),
    }
}

fn head(connector: &Connector) -> String {
    format!(
        "#!/bin/sh\n# {}\n# sh FILE ENDPOINT calls one of the endpoints below.\n# Values that are not here, secrets among them, come from the environment.\n",
        one_line(&connector.name)
    )
}

/// A variable of the shell: the value that the file has for it, or an end where none is given.
fn given(variable: &CurlVariable, connector: &Connector) -> String {
    let name = &variable.name;
    let known = variable.stands_for.strip_prefix("vars.").and_then(|known| {
        connector
            .variables
            .iter()
            .find(|variable| variable.name == known && !variable.secret)
            .and_then(|variable| variable.value.as_deref())
    });
    match known.filter(|value| !value.contains('\0')) {
        Some(value) => {
            let value = quote(&[Part::Text(value.to_owned())]);
            format!("  [ -n \"${{{name}+set}}\" ] || {name}={value}")
        }
        None => format!(
            "  # {name}: {}\n  : \"${{{name}:?is not set}}\"",
            one_line(&variable.stands_for)
        ),
    }
}

fn one_line(text: &str) -> String {
    text.replace(char::is_control, " ")
}

fn note_auth(plan: &AuthPlan<'_>, notes: &mut Notes) {
    if plan.steps.iter().any(|step| !step.disabled) {
        notes.add(
            NoteKind::Missing,
            "The auth flow is not in the script: what its steps give is asked for as variables of the shell.",
        );
    }
    if plan.signing.is_some() {
        notes.add(
            NoteKind::LeftOut,
            "The requests are not signed: cURL itself knows `--aws-sigv4`, and no OAuth 1.0a.",
        );
    }
}

/// A request with what the connector adds to each.
fn with_parameters(
    request: &Request,
    parameters: &[RequestParameter],
    notes: &mut Notes,
) -> Request {
    let mut request = request.clone();
    for parameter in parameters.iter().filter(|parameter| parameter.enabled) {
        let field = Parameter::new(parameter.name.clone(), parameter.value.clone());
        match (parameter.location, &mut request.body) {
            (ParameterLocation::Query, _) => request.query.push(field),
            (ParameterLocation::Header, _) => {
                let is_there = request.headers.iter().any(|header| {
                    header.enabled
                        && header
                            .name
                            .as_str()
                            .eq_ignore_ascii_case(parameter.name.as_str())
                });
                if !is_there {
                    request.headers.push(field);
                }
            }
            (ParameterLocation::Body, Body::Form(body) | Body::Multipart(body)) => {
                body.fields.push(field);
            }
            (ParameterLocation::Body, Body::Json(body)) if body.value.is_object() => {
                if let Value::Object(members) = &mut body.value {
                    members.insert(
                        parameter.name.to_string(),
                        Value::String(parameter.value.to_string()),
                    );
                }
            }
            (ParameterLocation::Body, _) => notes.add(
                NoteKind::LeftOut,
                format!(
                    "`{}` is left out of requests whose body has no place for it.",
                    parameter.name
                ),
            ),
        }
    }
    request
}
