//! One request of a collection: method, address, headers, body, and what its settings say.

use latchwork_model::{Parameter, Request};

use super::address::{self, Address};
use super::body;
use super::expansion::Place;
use super::node::Node;
use super::scope::Scope;
use crate::curl::is_token;
use crate::foreign::ForeignError;
use crate::note::NoteKind;

/// A request whose address is not yet put together.
pub(super) struct ReadRequest {
    pub request: Request,
    pub address: Address,
}

/// Reads the request of an item.
pub(super) fn read(
    item: &Node<'_>,
    request: &Node<'_>,
    name: &str,
    scope: &mut Scope,
) -> Result<ReadRequest, ForeignError> {
    // A request can be an address alone.
    if request.value.is_string() {
        let read = address::read(Some(request.clone()), scope)?;
        let mut made = Request::new("GET", "");
        let address = read.map_or_else(Address::default, |read| {
            made.query = read.query;
            read.address
        });
        return Ok(ReadRequest {
            request: made,
            address,
        });
    }
    if !request.value.is_object() {
        return Err(request.expected("an object or an address"));
    }
    let method = request
        .text("method")?
        .filter(|method| !method.is_empty())
        .unwrap_or("GET".into());
    if !is_token(&method) {
        let shown: String = method.chars().take(40).collect();
        return Err(request.fault_at(
            "method",
            format!("`{shown}` is not a method"),
            "Use a method such as GET or POST.",
        ));
    }
    let mut made = Request::new(&method, "");
    let address = match address::read(request.member("url"), scope)? {
        Some(read) => {
            made.query = read.query;
            read.address
        }
        None => Address {
            place: format!("{}.url", request.path),
            ..Address::default()
        },
    };
    made.headers = headers(request, scope)?;
    made.body = body::read(request, name, &mut made.headers, scope)?;
    if let Some(settings) = item.object("protocolProfileBehavior")? {
        let follows =
            settings.member("followRedirects").is_none() || settings.flag("followRedirects")?;
        made.follow_redirects = follows;
    }
    if request.member("proxy").is_some() || request.member("certificate").is_some() {
        scope.notes.add(
            NoteKind::LeftOut,
            "Proxies and certificates of requests are left out: set them in the connector's network settings.",
        );
    }
    Ok(ReadRequest {
        request: made,
        address,
    })
}

fn headers(request: &Node<'_>, scope: &mut Scope) -> Result<Vec<Parameter>, ForeignError> {
    let mut headers = Vec::new();
    let Some(list) = request.member("header") else {
        return Ok(headers);
    };
    // An old form of it is one text, a header a line.
    if list.value.is_string() {
        for line in list.as_text()?.lines() {
            if let Some((name, value)) = line.split_once(':') {
                headers.push(Parameter::new(
                    scope.template(name.trim(), Place::Plain, &list.path)?,
                    scope.template(value.trim(), Place::Plain, &list.path)?,
                ));
            }
        }
        return Ok(headers);
    }
    for entry in list.as_items()? {
        let Some(name) = entry.text("key")?.filter(|name| !name.trim().is_empty()) else {
            continue;
        };
        let value = entry.text("value")?.unwrap_or_default();
        let mut header = Parameter::new(
            scope.template(name.trim(), Place::Plain, &entry.path)?,
            scope.template(value.trim(), Place::Plain, &entry.path)?,
        );
        header.enabled = !entry.flag("disabled")?;
        headers.push(header);
    }
    Ok(headers)
}
