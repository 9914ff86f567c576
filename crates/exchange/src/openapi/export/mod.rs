//! A connector as an OpenAPI 3.1 document: its endpoints as paths, its auth as security schemes.
//!
//! No secret gets into it: security schemes have no place for one, and what stands in plain text under a secret name
//! is left out. What a document cannot say (steps, refresh, values that are computed) stands in a note.

mod address;
mod body;
mod operations;
mod parameters;
mod security;

use latchwork_model::Connector;
use serde_json::{Map, Value, json};

use self::address::Addresses;
use super::remarks::Remarks;
use crate::note::{Note, NoteKind, Notes};

/// A connector as a document.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenApiExport {
    /// The document, JSON.
    pub document: String,
    /// What it does not say.
    pub notes: Vec<Note>,
}

/// What the parts of a document are written with.
struct Writing<'w> {
    connector: &'w Connector,
    addresses: Addresses<'w>,
    notes: Notes,
    remarks: Remarks,
}

/// Writes a connector as an OpenAPI 3.1 document.
pub fn to_openapi(connector: &Connector) -> OpenApiExport {
    let mut writing = Writing {
        connector,
        addresses: Addresses::of(connector),
        notes: Notes::default(),
        remarks: Remarks::default(),
    };
    let mut document = Map::new();
    document.insert("openapi".to_owned(), "3.1.0".into());
    document.insert("info".to_owned(), info(connector));
    if let Some(url) = &connector.documentation_url {
        document.insert("externalDocs".to_owned(), json!({ "url": url }));
    }
    let server = writing.addresses.server(&connector.base_url);
    document.insert("servers".to_owned(), json!([server]));
    let security = security::write(&mut writing);
    if !security.schemes.is_empty() {
        let requirement = Value::Object(security.requirement);
        document.insert("security".to_owned(), json!([requirement]));
    }
    let paths = operations::write(&mut writing, &security.constants);
    document.insert("paths".to_owned(), Value::Object(paths));
    if !security.schemes.is_empty() {
        let schemes = Value::Object(security.schemes);
        document.insert(
            "components".to_owned(),
            json!({ "securitySchemes": schemes }),
        );
    }
    if connector.test.is_some() {
        writing.notes.add(
            NoteKind::LeftOut,
            "A document does not say which request proves the credentials.",
        );
    }
    writing.remarks.tell(&mut writing.notes);
    OpenApiExport {
        document: format!("{:#}\n", Value::Object(document)),
        notes: writing.notes.into_vec(),
    }
}

fn info(connector: &Connector) -> Value {
    let mut info = json!({ "title": connector.name });
    if let Some(description) = &connector.description {
        info["description"] = description.as_str().into();
    }
    info["version"] = "1".into();
    info
}
