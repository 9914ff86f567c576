//! What an app calls, against the connectors as far as they are known: endpoints, their inputs, and calls that write
//! without anybody asking.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::automatic::walk_calls;
use crate::app::{App, AppConnector};
use crate::connector::Connector;
use crate::diagnostic::Diagnostic;
use crate::endpoint::Endpoint;
use crate::graphql::read_graphql_document;
use crate::nearest::{did_you_mean, nearest};
use crate::path::join;
use crate::request::Body;
use crate::rule::Rule;
use crate::scalar::Template;

/// Gives the library's connector that an app names; nothing where there is none.
pub type ConnectorLookup<'l> = &'l dyn Fn(&AppConnector) -> Option<Connector>;

/// The connectors of an app that are known, by what the app calls them.
type Known<'a> = BTreeMap<&'a str, Cow<'a, Connector>>;

/// A call of an endpoint, by a source or an action.
pub(super) struct Call<'a> {
    /// The JSON path of the source or the action.
    pub path: String,
    pub connector: &'a str,
    pub endpoint: &'a str,
    pub inputs: &'a BTreeMap<String, Template>,
    /// What runs it without anybody asking.
    pub automatic: Option<&'static str>,
}

pub(super) fn check_bindings(
    app: &App,
    library: Option<ConnectorLookup<'_>>,
    findings: &mut Vec<Diagnostic>,
) {
    let known = known(app, library, findings);
    walk_calls(app, &mut |call| {
        if let Some(connector) = known.get(call.connector) {
            check_call(connector, call, findings);
        }
    });
}

fn known<'a>(
    app: &'a App,
    library: Option<ConnectorLookup<'_>>,
    findings: &mut Vec<Diagnostic>,
) -> Known<'a> {
    let mut known = Known::new();
    for (index, connector) in app.connectors.iter().enumerate() {
        let path = format!("connectors[{index}].connector");
        let id = connector.id.as_str();
        match (&connector.definition, library) {
            (Some(definition), _) => {
                known.insert(id, Cow::Borrowed(&**definition));
            }
            (None, Some(library)) => match library(connector) {
                Some(found) => {
                    known.insert(id, Cow::Owned(found));
                }
                None => findings.push(Rule::ConnectorUnknown.finding(
                    path,
                    format!("there is no connector `{}` in the library", connector.connector),
                    "Import or make it, choose another, or put its `definition` into the file.",
                )),
            },
            (None, None) => findings.push(
                Rule::ConnectorNotChecked.finding(
                    path,
                    format!(
                        "the connector `{id}` (`{}`) is not in this file, so what is called of it was not checked",
                        connector.connector
                    ),
                    "Open the app in the studio to have it checked, or put the connector's `definition` into the file.",
                ),
            ),
        }
    }
    known
}

fn check_call(connector: &Connector, call: &Call<'_>, findings: &mut Vec<Diagnostic>) {
    let endpoints = &connector.endpoints;
    let Some(endpoint) = endpoints.iter().find(|one| one.id == call.endpoint) else {
        let help = "Give the id of one of the connector's endpoints.";
        let (message, help) = if call.endpoint.is_empty() {
            let message = format!("no endpoint of `{}` is chosen", connector.name);
            (message, help.to_owned())
        } else {
            let near = nearest(call.endpoint, endpoints.iter().map(|one| one.id.as_str()));
            let message = format!("`{}` has no endpoint `{}`", connector.name, call.endpoint);
            (message, did_you_mean(near, help))
        };
        let path = join(&call.path, "endpoint");
        findings.push(Rule::EndpointUnknown.finding(path, message, help));
        return;
    };
    check_inputs(endpoint, call, findings);
    if let Some(when) = call.automatic
        && let Some(how) = writes(endpoint)
    {
        findings.push(Rule::CallWritesByItself.finding(
            join(&call.path, "endpoint"),
            format!("`{}` is {how}, and is called {when}", endpoint.id),
            "Call it by a button's `click`, unless it changes nothing.",
        ));
    }
}

fn check_inputs(endpoint: &Endpoint, call: &Call<'_>, findings: &mut Vec<Diagnostic>) {
    for name in call.inputs.keys() {
        if endpoint.inputs.iter().any(|input| input.name == *name) {
            continue;
        }
        let near = nearest(
            name,
            endpoint.inputs.iter().map(|input| input.name.as_str()),
        );
        findings.push(Rule::InputUnknown.finding(
            join(&call.path, &format!("inputs.{name}")),
            format!("the endpoint `{}` has no input `{name}`", endpoint.id),
            did_you_mean(near, "Take it out, or add the input to the endpoint."),
        ));
    }
    for input in &endpoint.inputs {
        if input.required && input.default.is_none() && !call.inputs.contains_key(&input.name) {
            findings.push(Rule::InputMissing.finding(
                join(&call.path, "inputs"),
                format!(
                    "the endpoint `{}` needs the input `{}`",
                    endpoint.id, input.name
                ),
                format!("Give it: `\"{}\": \"{{{{ … }}}}\"`.", input.name),
            ));
        }
    }
}

/// What about an endpoint says that it changes something; nothing where it only reads.
fn writes(endpoint: &Endpoint) -> Option<String> {
    if let Body::Graphql(body) = &endpoint.request.body {
        let document = read_graphql_document(&body.query).ok()?;
        return document.has_mutation.then(|| "a mutation".to_owned());
    }
    let method = endpoint.request.method.to_ascii_uppercase();
    (!matches!(method.as_str(), "GET" | "HEAD" | "OPTIONS")).then(|| format!("a {method} request"))
}
