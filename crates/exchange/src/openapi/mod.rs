//! OpenAPI documents, 3.0 and 3.1: a connector out of one, and one out of a connector.
//!
//! A document is read in JSON or YAML, walked once, and becomes a connector whole or not at all. What has no
//! counterpart stands in a note. Text of the document is data: nothing in it is evaluated as a template. It is not
//! validated beyond what is read of it, and nothing is fetched: references to other files are told.

mod auth;
mod body;
mod document;
mod endpoints;
mod error;
mod export;
mod json;
mod naming;
mod oauth;
mod operations;
mod parameters;
mod remarks;
mod requirements;
mod schema;
mod schemes;
mod servers;
mod text;
mod variables;
mod yaml;
mod yaml_scalar;

use latchwork_model::{Auth, Connector, ConnectorKind, FileError, validate};
use serde_json::Value;

pub use error::{OpenApiError, OpenApiErrorKind, Place};
pub use export::{OpenApiExport, to_openapi};

use self::document::{Document, Found, member_text, object};
use self::error::{Fault, cut, describe};
use self::naming::line;
use self::remarks::{Remarks, listed_first};
use self::requirements::Chosen;
use self::servers::Server;
use self::text::Extent;
use self::variables::Variables;
use crate::foreign::{Understood, UnderstoodKind};
use crate::note::{Note, NoteKind, Notes};

/// The largest document that is read, in bytes.
pub const OPENAPI_LIMIT: usize = 20 * 1024 * 1024;

/// A document as a connector.
#[derive(Clone, Debug, PartialEq)]
pub struct OpenApiImport {
    /// The connector. It is valid, and holds no secret.
    pub connector: Connector,
    /// What was understood, for a person.
    pub understood: Vec<Understood>,
    /// What was not, and what is left to do.
    pub notes: Vec<Note>,
}

/// Reads an OpenAPI document.
pub fn from_openapi(text: &str) -> Result<OpenApiImport, OpenApiError> {
    match read(text, Extent::Needed) {
        // It may lead into what was passed over.
        Err(OpenApiError {
            kind: OpenApiErrorKind::Reference { .. },
            ..
        }) => read(text, Extent::Whole),
        read => read,
    }
}

fn read(text: &str, extent: Extent) -> Result<OpenApiImport, OpenApiError> {
    let root = text::read(text, extent, OPENAPI_LIMIT)?;
    let document = Document::new(&root);
    let version = version(&root).map_err(|fault| document.error(fault))?;
    let import = import(&document, &version).map_err(|fault| document.error(fault))?;
    let findings = validate(&import.connector);
    if findings.is_empty() {
        Ok(import)
    } else {
        let kind = OpenApiErrorKind::Invalid(FileError { findings });
        Err(OpenApiError::document(kind))
    }
}

/// The version, such as `3.1`.
fn version(root: &Value) -> Found<'_, String> {
    let Some(members) = root.as_object() else {
        let found = format!("it is {}", describe(root));
        return Err(Fault::new(root, OpenApiErrorKind::NotOpenApi { found }));
    };
    let text = |value: &Value| servers::scalar_text(value).unwrap_or_default();
    if let Some(swagger) = members.get("swagger") {
        let version = cut(&text(swagger));
        return Err(Fault::new(swagger, OpenApiErrorKind::Swagger { version }));
    }
    let Some(openapi) = members.get("openapi") else {
        let found = "it has no `openapi` field".to_owned();
        return Err(Fault::new(root, OpenApiErrorKind::NotOpenApi { found }));
    };
    let version = text(openapi);
    let mut parts = version.trim().split('.');
    // 3.2 only adds to 3.1.
    if let (Some("3"), Some(minor @ ("0" | "1" | "2"))) = (parts.next(), parts.next()) {
        return Ok(format!("3.{minor}"));
    }
    let version = cut(&version);
    Err(Fault::new(openapi, OpenApiErrorKind::Version { version }))
}

fn import<'a>(document: &Document<'a>, version: &str) -> Found<'a, OpenApiImport> {
    let root = document.root();
    let mut notes = Notes::default();
    let mut remarks = Remarks::default();
    let mut variables = Variables::default();
    let mut connector = Connector::new("", ConnectorKind::Rest, "");
    about(root, &mut connector)?;
    let server = Server::of_document(root, &mut variables, &mut notes)?;
    connector.base_url = server.template.clone();
    let operations = operations::read(document)?;
    let chosen = Chosen::of(document, &operations, &mut notes)?;
    let making = auth::Making {
        chosen: &chosen,
        server: &server,
        variables: &mut variables,
        notes: &mut notes,
    };
    let sign_in = auth::make(making)?;
    connector.auth = sign_in.auth;
    connector.network = sign_in.network;
    let mut making = endpoints::Making {
        document,
        chosen: &chosen,
        server: &server,
        variables: &mut variables,
        remarks: &mut remarks,
        notes: &mut notes,
    };
    let made = endpoints::make(&mut making, &operations)?;
    let tested = endpoints::test(&made).map(|(test, endpoint)| (test, endpoint.id.clone()));
    connector.endpoints = made.into_iter().map(|made| made.endpoint).collect();
    connector.variables = variables.into_vec();
    let mut understood = Understanding::default();
    understood.add(UnderstoodKind::Document, title(root, version));
    if !server.open {
        understood.add(
            UnderstoodKind::Server,
            format!("The API at `{}`", cut(server.template.as_str())),
        );
    }
    if chosen.schemes.is_empty() {
        understood.add(UnderstoodKind::Auth, "No auth".to_owned());
    } else {
        let what = requirements::titles(&chosen.schemes);
        let mut what = what.chars();
        let first: String = what
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        understood.add(
            UnderstoodKind::Auth,
            match &connector.auth {
                Auth::Multistep(_) => format!("{first}{} as multistep auth", what.as_str()),
                _ => format!("{first}{} as the auth method", what.as_str()),
            },
        );
    }
    understood.add(
        UnderstoodKind::Endpoints,
        match connector.endpoints.len() {
            1 => "1 endpoint".to_owned(),
            count => format!("{count} endpoints"),
        },
    );
    let open: Vec<&str> = connector
        .variables
        .iter()
        .filter(|variable| variable.value.is_none())
        .map(|variable| variable.name.as_str())
        .collect();
    if !connector.variables.is_empty() {
        let count = connector.variables.len();
        let plural = if count == 1 { "variable" } else { "variables" };
        let message = if open.is_empty() {
            format!("{count} {plural}")
        } else {
            format!("{count} {plural}; to be filled in: {}", listed_first(&open))
        };
        understood.add(UnderstoodKind::Variables, message);
    }
    match tested {
        Some((test, id)) => {
            understood.add(
                UnderstoodKind::TestRequest,
                format!("`{id}` as the test request"),
            );
            connector.test = Some(test);
        }
        None => notes.add(
            NoteKind::Missing,
            "No GET endpoint can be called without inputs: choose a test request.",
        ),
    }
    tell_outside(document, &mut notes);
    if root.get("webhooks").is_some() {
        notes.add(
            NoteKind::LeftOut,
            "Webhooks are left out: the API calls those.",
        );
    }
    remarks.tell(&mut notes);
    Ok(OpenApiImport {
        connector,
        understood: understood.0,
        notes: notes.into_vec(),
    })
}

#[derive(Default)]
struct Understanding(Vec<Understood>);

impl Understanding {
    fn add(&mut self, kind: UnderstoodKind, message: String) {
        self.0.push(Understood { kind, message });
    }
}

/// Name, description and documentation.
fn about<'a>(root: &'a Value, connector: &mut Connector) -> Found<'a, ()> {
    let info = match root.get("info") {
        None | Some(Value::Null) => None,
        Some(info) => {
            object(info)?;
            Some(info)
        }
    };
    let title = match info {
        Some(info) => member_text(info, "title")?.map(|title| line(title, 100)),
        None => None,
    };
    connector.name = title
        .filter(|title| !title.is_empty())
        .unwrap_or_else(|| "Imported API".to_owned());
    if let Some(info) = info {
        let text = match member_text(info, "summary")? {
            Some(summary) if !summary.trim().is_empty() => Some(summary),
            _ => member_text(info, "description")?,
        };
        // The first paragraph: descriptions are whole manuals at times.
        connector.description = text
            .and_then(|text| text.trim().split("\n\n").next())
            .map(|text| line(text, 300))
            .filter(|text| !text.is_empty());
    }
    connector.documentation_url = root
        .get("externalDocs")
        .and_then(|docs| docs.get("url"))
        .and_then(Value::as_str)
        .map(str::trim)
        .filter(|url| {
            url::Url::parse(url).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        })
        .map(str::to_owned);
    Ok(())
}

fn title(root: &Value, version: &str) -> String {
    let text = |name: &str| {
        root.get("info")
            .and_then(|info| info.get(name))
            .and_then(servers::scalar_text)
            .map(|text| line(&text, 60))
            .filter(|text| !text.is_empty())
    };
    let mut title = format!("An OpenAPI {version} document");
    if let Some(name) = text("title") {
        title.push_str(&format!(", “{name}”"));
    }
    if let Some(version) = text("version") {
        title.push_str(&format!(", version {version}"));
    }
    title
}

fn tell_outside(document: &Document<'_>, notes: &mut Notes) {
    let outside = document.outside();
    if !outside.is_empty() {
        let outside: Vec<String> = outside.into_iter().map(cut).collect();
        notes.add(
            NoteKind::Missing,
            format!(
                "These references lead out of the document and are left out: {}. Bundle it into one file first \
                 (`redocly bundle`), and import that.",
                listed_first(&outside)
            ),
        );
    }
}
