//! Files of other tools as connectors: what a text is, and what comes of it. Nothing is saved here: whoever asks shows
//! what was understood first.
//!
//! Each format has a module of its own; here is what they share. What comes from outside is data: no text of a file
//! becomes a template but by the variables of its own format.

mod base;
mod endpoint_names;
mod error;
mod kind;
mod secrets;
mod shared_auth;
mod words;

use latchwork_model::{Connector, read_connector};
use secrecy::{ExposeSecret, SecretString};
use serde::Serialize;

use crate::curl::from_curl_script;
use crate::note::Note;
use crate::openapi::from_openapi;
use crate::postman::{from_postman, is_given_by};

pub(crate) use base::commonest;
pub(crate) use endpoint_names::EndpointNames;
pub use error::ForeignError;
pub use kind::{ForeignKind, recognise_file};
pub(crate) use secrets::{FoundSecrets, is_credential};
pub(crate) use shared_auth::share_auth;
pub(crate) use words::{auth_words, count, list, secret_words};

/// The largest file that is read, in bytes.
pub const FILE_LIMIT: usize = 32 * 1024 * 1024;

/// A connector out of a file, not saved yet.
#[derive(Clone, Debug)]
pub struct Imported {
    /// What the file was.
    pub kind: ForeignKind,
    /// A valid connector, with no secret in it.
    pub connector: Connector,
    /// What was understood.
    pub understood: Vec<Understood>,
    /// What was not, or was read in another sense.
    pub notes: Vec<Note>,
    /// The connector's secret variables, with the values that stood in the file.
    pub secrets: Vec<FoundSecret>,
}

/// A secret variable of an imported connector.
#[derive(Clone, Debug)]
pub struct FoundSecret {
    /// The variable's name.
    pub name: String,
    /// What stood in the file; it goes into the vault. None where the file had none.
    pub value: Option<SecretString>,
}

impl FoundSecret {
    /// The value in plain text: for the vault, and for nothing else.
    pub fn exposed_value(&self) -> Option<&str> {
        self.value.as_ref().map(ExposeSecret::expose_secret)
    }
}

/// What an understood thing is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum UnderstoodKind {
    /// The file itself.
    Document,
    /// Where the API is.
    Server,
    /// How it signs in.
    Auth,
    /// The calls that it offers.
    Endpoints,
    /// What a caller gives.
    Inputs,
    /// Named values.
    Variables,
    /// Named values that go into the vault.
    Secrets,
    /// The request that proves that the credentials work.
    TestRequest,
}

/// Something that was understood. It never holds a secret.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Understood {
    /// What it is about.
    pub kind: UnderstoodKind,
    /// What a person reads.
    pub message: String,
}

impl Understood {
    /// Something that was understood, in words.
    pub fn new(kind: UnderstoodKind, message: impl Into<String>) -> Self {
        Self {
            kind,
            message: message.into(),
        }
    }
}

/// What goes with a file.
#[derive(Clone, Debug, Default)]
pub struct ImportOptions {
    /// What the file is, where it is not to be found out.
    pub kind: Option<ForeignKind>,
    /// A Postman environment, whose values the collection's variables take.
    pub environment: Option<String>,
}

/// Reads a file of any kind that becomes a connector.
pub fn import_text(text: &str, options: &ImportOptions) -> Result<Imported, ForeignError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let kind = match options.kind {
        Some(kind) => kind,
        None => recognise_file(text)?,
    };
    error::check_size(kind, text)?;
    if options.environment.is_some() && kind != ForeignKind::Postman {
        return Err(is_given_by(kind));
    }
    let imported = match kind {
        ForeignKind::Latchwork => from_latchwork(text)?,
        ForeignKind::Curl => from_curl_script(text)?,
        ForeignKind::Postman => from_postman(text, options.environment.as_deref())?,
        ForeignKind::OpenApi => of_openapi(text)?,
        ForeignKind::LatchworkApp => return Err(error::is_an_app()),
        ForeignKind::PostmanEnvironment => return Err(error::is_an_environment()),
    };
    checked(imported)
}

/// An `OpenAPI` document brings no secrets, only places for them.
fn of_openapi(text: &str) -> Result<Imported, ForeignError> {
    let import = from_openapi(text).map_err(|error| ForeignError::of_openapi(&error))?;
    let variables = import.connector.variables.iter();
    let secrets = variables
        .filter(|variable| variable.secret)
        .map(|variable| FoundSecret {
            name: variable.name.clone(),
            value: None,
        })
        .collect();
    Ok(Imported {
        kind: ForeignKind::OpenApi,
        connector: import.connector,
        understood: import.understood,
        notes: import.notes,
        secrets,
    })
}

/// What comes of a file is always a valid connector; a reader that breaks this is at fault, not the person.
fn checked(imported: Imported) -> Result<Imported, ForeignError> {
    let findings = latchwork_model::validate(&imported.connector);
    match findings.first() {
        None => Ok(imported),
        Some(finding) => Err(ForeignError::of_finding(imported.kind, finding)),
    }
}

/// A connector file stands for itself.
fn from_latchwork(text: &str) -> Result<Imported, ForeignError> {
    let connector = read_connector(text)
        .map_err(|error| ForeignError::of_file(ForeignKind::Latchwork, &error))?;
    let secrets = connector
        .variables
        .iter()
        .filter(|variable| variable.secret);
    let secrets = secrets
        .map(|variable| FoundSecret {
            name: variable.name.clone(),
            value: None,
        })
        .collect();
    let mut understood = vec![
        Understood::new(
            UnderstoodKind::Server,
            format!("The API at `{}`", connector.base_url),
        ),
        Understood::new(UnderstoodKind::Auth, auth_words(&connector.auth)),
    ];
    if !connector.endpoints.is_empty() {
        understood.push(Understood::new(
            UnderstoodKind::Endpoints,
            count(connector.endpoints.len(), "endpoint"),
        ));
    }
    let secrets: Vec<FoundSecret> = secrets;
    understood.extend(secret_words(&secrets));
    Ok(Imported {
        kind: ForeignKind::Latchwork,
        connector,
        understood,
        notes: Vec::new(),
        secrets,
    })
}
