//! The collection as a whole: folders flattened, one base URL, one auth.

use latchwork_model::{Auth, Body, Connector, ConnectorKind, Endpoint, Test};

use super::node::Node;
use super::request::{self, ReadRequest};
use super::scope::{Defined, Scope};
use super::scripts::Scripts;
use super::summary;
use crate::foreign::{
    EndpointNames, ForeignError, ForeignKind, FoundSecrets, Imported, share_auth,
};
use crate::note::NoteKind;

const LONGEST_DESCRIPTION: usize = 2000;

/// A request of the collection.
pub(super) struct Item<'a> {
    /// The names of its folders.
    pub folder: String,
    pub name: String,
    /// The auth that goes for it in Postman: its own, or that of the nearest folder.
    pub auth: Option<Node<'a>>,
    pub read: ReadRequest,
}

pub(super) struct Collection<'a> {
    pub items: Vec<Item<'a>>,
    folders: usize,
    pub scope: Scope,
    scripts: Scripts,
}

/// Reads a collection with the values of an environment.
pub(super) fn read(
    root: &Node<'_>,
    environment: Vec<(String, Defined)>,
) -> Result<Imported, ForeignError> {
    let info = root.object("info")?;
    let name = info
        .as_ref()
        .map(|info| info.text("name"))
        .transpose()?
        .flatten();
    let name = name
        .map(|name| EndpointNames::name(&name))
        .filter(|name| !name.is_empty());
    let mut collection = Collection {
        items: Vec::new(),
        folders: 0,
        scope: Scope::default(),
        scripts: Scripts::default(),
    };
    collection.define(root)?;
    for (name, defined) in environment {
        collection.scope.define(&name, defined);
    }
    collection.scripts.read(root, "the collection")?;
    let Some(items) = root.member("item") else {
        return Err(root.fault_at("item", "missing member `item`", NO_REQUESTS));
    };
    collection.walk(items.as_items()?, "", &root.member("auth"))?;
    if collection.items.is_empty() {
        return Err(items.fault("there is no request in it", NO_REQUESTS));
    }
    let mut connector = Connector::new(
        name.as_deref().unwrap_or("Postman collection"),
        ConnectorKind::Rest,
        "",
    );
    connector.description = match &info {
        Some(info) => description(info)?,
        None => None,
    };
    collection.finish(root, connector)
}

pub(super) const NO_REQUESTS: &str = "Export a collection with requests in it, as Collection v2.1.";

fn description(info: &Node<'_>) -> Result<Option<String>, ForeignError> {
    let text = match info.member("description") {
        Some(member) if member.value.is_object() => member.text("content")?,
        _ => info.text("description")?,
    };
    Ok(text
        .map(|text| {
            text.trim()
                .chars()
                .take(LONGEST_DESCRIPTION)
                .collect::<String>()
        })
        .filter(|text| !text.is_empty()))
}

impl<'a> Collection<'a> {
    /// Takes in the variables of a collection or a folder; those of an outer one stay.
    fn define(&mut self, node: &Node<'a>) -> Result<(), ForeignError> {
        for variable in node.items("variable")? {
            if variable.flag("disabled")? {
                continue;
            }
            if let Some(name) = variable.text("key")?.or(variable.text("id")?)
                && self.scope.defined(name.trim()).is_none()
            {
                self.scope.define(name.trim(), Defined::read(&variable)?);
            }
        }
        Ok(())
    }

    fn walk(
        &mut self,
        items: Vec<Node<'a>>,
        folder: &str,
        auth: &Option<Node<'a>>,
    ) -> Result<(), ForeignError> {
        for item in items {
            let name = item.text("name")?.unwrap_or_default();
            let name = EndpointNames::name(&name);
            let auth_here = item.member("auth").or_else(|| auth.clone());
            if let Some(inside) = item.member("item") {
                self.define(&item)?;
                self.scripts.read(&item, &name)?;
                self.folders += 1;
                let folder = match folder {
                    "" => name,
                    folder => EndpointNames::name(&format!("{folder} / {name}")),
                };
                self.walk(inside.as_items()?, &folder, &auth_here)?;
            } else if let Some(request) = item.member("request") {
                self.scripts.read(&item, &name)?;
                let read = request::read(&item, &request, &name, &mut self.scope)?;
                self.items.push(Item {
                    folder: folder.to_owned(),
                    name,
                    auth: request.member("auth").or(auth_here),
                    read,
                });
            } else {
                return Err(item.fault(
                    "this is neither a folder nor a request: it has no `item` and no `request`",
                    "Export the collection again from Postman, as Collection v2.1.",
                ));
            }
        }
        Ok(())
    }

    fn finish(
        mut self,
        root: &Node<'a>,
        mut connector: Connector,
    ) -> Result<Imported, ForeignError> {
        self.leave_out_other_schemes()?;
        let base = self.commonest_base();
        let base_text = self.base_url(&base)?;
        connector.base_url.clone_from(&base_text);
        connector.auth = self.auth(root)?;
        let mut names = EndpointNames::default();
        for item in std::mem::take(&mut self.items) {
            let endpoint = self.endpoint(&item, &base, &mut names)?;
            connector.endpoints.push(endpoint);
        }
        as_graphql(&mut connector);
        if connector.auth == Auth::None {
            share_auth(&mut connector);
        }
        self.scope.write(&mut connector);
        let secrets = FoundSecrets::take(&mut connector);
        let tested = tested(&connector.endpoints).cloned();
        let tested_id = tested.as_ref().map(|endpoint| endpoint.id.as_str());
        let understood = summary::understood(&connector, &base, self.folders, &secrets, tested_id);
        connector.test = tested.map(|endpoint| Test {
            request: endpoint.request,
            advanced: true,
        });
        let mut notes = std::mem::take(&mut self.scope.notes);
        self.scripts.note(&mut notes);
        Ok(Imported {
            kind: ForeignKind::Postman,
            understood,
            connector,
            notes: notes.into_vec(),
            secrets,
        })
    }

    fn endpoint(
        &mut self,
        item: &Item<'_>,
        base: &str,
        names: &mut EndpointNames,
    ) -> Result<Endpoint, ForeignError> {
        let address = &item.read.address;
        let (path, inputs) = address.path(&mut self.scope)?;
        let mut request = item.read.request.clone();
        request.url = if address.base == base || address.base.is_empty() {
            if address.path.is_empty() && address.base.is_empty() {
                self.scope.notes.add(
                    NoteKind::Missing,
                    format!(
                        "`{}` has no address: it calls the base URL itself.",
                        item.name
                    ),
                );
            }
            path
        } else {
            let origin = self.origin(&address.base, &address.place)?;
            format!("{origin}{path}").into()
        };
        let name = match (item.folder.as_str(), item.name.as_str()) {
            (_, "") => format!("{} {}", request.method, address.path),
            ("", name) => name.to_owned(),
            (folder, name) => format!("{folder} / {name}"),
        };
        let id = if names.is_free(&item.name) {
            names.id(&item.name)
        } else if names.is_free(&name) {
            names.id(&name)
        } else {
            names.id(&format!("{} {}", request.method, address.path))
        };
        Ok(Endpoint {
            id,
            name: EndpointNames::name(&name),
            inputs,
            request,
        })
    }
}

/// Where all requests are GraphQL ones to the same address, the connector is a GraphQL one with that address.
fn as_graphql(connector: &mut Connector) {
    let Some(first) = connector.endpoints.first() else {
        return;
    };
    let path = first.request.url.clone();
    let is_one = connector.endpoints.iter().all(|endpoint| {
        matches!(endpoint.request.body, Body::Graphql(_))
            && endpoint.request.url == path
            && endpoint.inputs.is_empty()
    });
    if !is_one || !(path.is_empty() || path.as_str().starts_with('/')) {
        return;
    }
    connector.kind = ConnectorKind::Graphql;
    connector.base_url = format!("{}{path}", connector.base_url).into();
    for endpoint in &mut connector.endpoints {
        endpoint.request.url = "".into();
    }
}

/// The endpoint that proves that one is signed in, where one visibly does.
fn tested(endpoints: &[Endpoint]) -> Option<&Endpoint> {
    const WORDS: [&str; 7] = [
        "me", "whoami", "profile", "self", "account", "user", "myself",
    ];
    endpoints.iter().find(|endpoint| {
        let url = endpoint.request.url.as_str();
        let last = url.rsplit('/').next().unwrap_or_default();
        endpoint.request.method == "GET" && endpoint.inputs.is_empty() && WORDS.contains(&last)
    })
}
