//! Operations as endpoints, and the one that proves that the credentials work.

use latchwork_model::template_syntax::is_literal;
use latchwork_model::{Endpoint, Parameter, Request, Template, Test};

use super::body;
use super::document::{Document, Found, member_text};
use super::naming::{identifier, line};
use super::operations::Operation;
use super::parameters;
use super::remarks::{Remark, Remarks};
use super::requirements::{Chosen, Fit};
use super::schema::Inputs;
use super::servers::Server;
use super::variables::Variables;
use crate::note::Notes;
use crate::unique_names::Unique;

/// What endpoints are made with.
pub(super) struct Making<'m, 'a> {
    pub document: &'m Document<'a>,
    pub chosen: &'m Chosen<'a>,
    pub server: &'m Server,
    pub variables: &'m mut Variables,
    pub remarks: &'m mut Remarks,
    pub notes: &'m mut Notes,
}

/// An endpoint, with what the choice of the test request asks of it.
pub(super) struct Made {
    pub endpoint: Endpoint,
    /// It can be called with nothing given.
    needs_nothing: bool,
    fit: Fit,
}

/// Makes them all.
pub(super) fn make<'a>(
    making: &mut Making<'_, 'a>,
    operations: &[Operation<'a>],
) -> Found<'a, Vec<Made>> {
    let mut ids = Unique::default();
    let mut servers = Vec::new();
    let mut made = Vec::with_capacity(operations.len());
    for operation in operations {
        made.push(one(making, operation, &mut ids, &mut servers)?);
    }
    Ok(made)
}

/// Servers that stand beside paths, by their place: many operations share one.
type Servers<'a> = Vec<(&'a serde_json::Value, Option<Server>)>;

fn one<'a>(
    making: &mut Making<'_, 'a>,
    operation: &Operation<'a>,
    ids: &mut Unique,
    servers: &mut Servers<'a>,
) -> Found<'a, Made> {
    let operation_id = member_text(operation.value, "operationId")?;
    let id = id(operation, operation_id, ids);
    let summary = member_text(operation.value, "summary")?
        .map(|summary| line(summary, 120))
        .filter(|summary| !summary.is_empty());
    let name = summary.unwrap_or_else(|| match operation_id {
        Some(operation_id) if !operation_id.trim().is_empty() => line(operation_id, 120),
        _ => line(&format!("{} {}", operation.method, operation.path), 120),
    });
    let mut inputs = Inputs::default();
    let mut request = Request::new(operation.method, "");
    let mut reading = parameters::Reading {
        document: making.document,
        chosen: making.chosen,
        remarks: making.remarks,
        id: &id,
    };
    parameters::read(&mut reading, operation, &mut inputs, &mut request)?;
    let needs_nothing = inputs.needs_none() && operation.method == "GET";
    let mut reading = body::Reading {
        document: making.document,
        remarks: making.remarks,
        id: &id,
    };
    body::read(&mut reading, operation.value, &mut inputs, &mut request)?;
    if let Some(start) = own_server(making, operation, servers, &id) {
        request.url = format!("{start}{}", request.url).into();
    }
    if operation.value.get("callbacks").is_some() {
        making.remarks.add(Remark::Callback, || id.clone());
    }
    let fit = making.chosen.fits(operation.security);
    if !making.chosen.schemes.is_empty() {
        match fit {
            Fit::SignedIn => {}
            Fit::Open => making.remarks.add(Remark::Public, || id.clone()),
            Fit::Other => making.remarks.add(Remark::OtherScheme, || id.clone()),
        }
    }
    Ok(Made {
        endpoint: Endpoint {
            id,
            name,
            inputs: inputs.into_vec(),
            request,
        },
        needs_nothing,
        fit,
    })
}

/// The operation's id, or its method and path.
fn id(operation: &Operation<'_>, operation_id: Option<&str>, ids: &mut Unique) -> String {
    let wanted = operation_id
        .and_then(identifier)
        .or_else(|| identifier(&format!("{} {}", operation.method, operation.path)))
        .unwrap_or_else(|| "call".to_owned());
    ids.take(&wanted)
}

/// The address of servers of the operation's own, or of its path's.
fn own_server<'a>(
    making: &mut Making<'_, 'a>,
    operation: &Operation<'a>,
    servers: &mut Servers<'a>,
    id: &str,
) -> Option<Template> {
    let own = [operation.value, operation.item]
        .into_iter()
        .filter_map(|holder| holder.get("servers"))
        .find(|servers| {
            servers
                .as_array()
                .is_some_and(|servers| !servers.is_empty())
        })?;
    // Few documents have any, and those mostly one for all.
    let known = servers
        .iter()
        .position(|(value, _)| std::ptr::eq(*value, own) || *value == own);
    let index = known.unwrap_or_else(|| {
        let server = making.server.of_place(own, making.variables, making.notes);
        servers.push((own, server));
        servers.len() - 1
    });
    match &servers.get(index)?.1 {
        Some(server) if server.template == making.server.template => None,
        Some(server) => Some(server.template.clone()),
        None => {
            making.remarks.add(Remark::Server, || id.to_owned());
            None
        }
    }
}

/// Words of a path that tell whose credentials these are, best first; then those that any API answers.
const TELLING: &[&str] = &[
    "me",
    "self",
    "whoami",
    "userinfo",
    "user",
    "current_user",
    "account",
    "profile",
];
const ANSWERED: &[&str] = &["ping", "users", "accounts", "status", "health", "verify"];

/// The request that proves the credentials: a GET that needs nothing, best one that tells who is signed in.
pub(super) fn test(made: &[Made]) -> Option<(Test, &Endpoint)> {
    let rank = |endpoint: &Endpoint| {
        let path = endpoint.request.url.as_str().to_ascii_lowercase();
        let last = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let last = identifier(last).unwrap_or_default();
        let place = |words: &[&str]| words.iter().position(|word| *word == last);
        match (place(TELLING), place(ANSWERED)) {
            (Some(place), _) => place,
            (None, Some(place)) => TELLING.len() + place,
            (None, None) => usize::MAX,
        }
    };
    let candidates = |wanted: Fit| {
        made.iter()
            .filter(move |made| made.needs_nothing && made.fit == wanted)
            .map(|made| &made.endpoint)
            .min_by_key(|endpoint| rank(endpoint))
    };
    let endpoint = candidates(Fit::SignedIn)
        .or_else(|| candidates(Fit::Open))
        .or_else(|| candidates(Fit::Other))?;
    let mut request = Request::new("GET", endpoint.request.url.clone());
    // What is written out is sent; what would be an input has no value here.
    let literal = |parameters: &[Parameter]| {
        parameters
            .iter()
            .filter(|parameter| is_literal(parameter.value.as_str()))
            .cloned()
            .collect()
    };
    request.query = literal(&endpoint.request.query);
    request.headers = literal(&endpoint.request.headers);
    let test = Test {
        request,
        advanced: true,
    };
    Some((test, endpoint))
}
