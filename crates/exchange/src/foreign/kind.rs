//! What a text is, by its content: the name of its file says nothing.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};

use super::error::{self, ForeignError};

/// A kind of file that is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ForeignKind {
    /// A connector file.
    Latchwork,
    /// An app file.
    LatchworkApp,
    /// One or more cURL commands.
    Curl,
    /// An `OpenAPI` description, JSON or YAML, whatever its version.
    OpenApi,
    /// A Postman collection.
    Postman,
    /// A Postman environment: values for a collection.
    PostmanEnvironment,
}

impl ForeignKind {
    /// What people read.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Latchwork => "Latchwork connector",
            Self::LatchworkApp => "Latchwork app",
            Self::Curl => "cURL",
            Self::OpenApi => "OpenAPI",
            Self::Postman => "Postman collection",
            Self::PostmanEnvironment => "Postman environment",
        }
    }
}

/// The members by which a JSON file is known. What is in them is passed over: a large file is not read twice.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Members {
    format: Option<Word>,
    openapi: Option<IgnoredAny>,
    swagger: Option<IgnoredAny>,
    info: Option<Info>,
    item: Option<IgnoredAny>,
    collection: Option<Collection>,
    values: Option<IgnoredAny>,
    #[serde(rename = "_postman_variable_scope")]
    variable_scope: Option<IgnoredAny>,
    /// Version 1 of Postman's collections.
    requests: Option<IgnoredAny>,
    order: Option<IgnoredAny>,
    /// All of a Postman account.
    collections: Option<IgnoredAny>,
    environments: Option<IgnoredAny>,
    /// Insomnia.
    #[serde(rename = "__export_format")]
    insomnia: Option<IgnoredAny>,
    /// HAR.
    log: Option<Log>,
    name: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Word {
    Text(String),
    Other(IgnoredAny),
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Info {
    Object(InfoMembers),
    Other(IgnoredAny),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct InfoMembers {
    schema: Option<Word>,
    #[serde(rename = "_postman_id")]
    postman_id: Option<IgnoredAny>,
}

/// A collection as Postman's own API wraps it.
#[derive(Deserialize)]
#[serde(untagged)]
enum Collection {
    Object(CollectionMembers),
    Other(IgnoredAny),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct CollectionMembers {
    info: Option<IgnoredAny>,
    item: Option<IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Log {
    Object(LogMembers),
    Other(IgnoredAny),
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LogMembers {
    entries: Option<IgnoredAny>,
}

/// What a text is; an error that says so where it is nothing that is known.
pub fn recognise_file(text: &str) -> Result<ForeignKind, ForeignError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let start = text.trim_start();
    if start.is_empty() {
        return Err(error::empty());
    }
    error::check_length(None, text)?;
    if start.starts_with('{') {
        return of_json(text);
    }
    if is_yaml_description(text) {
        return Ok(ForeignKind::OpenApi);
    }
    if has_curl(text) {
        return Ok(ForeignKind::Curl);
    }
    Err(error::unknown())
}

fn of_json(text: &str) -> Result<ForeignKind, ForeignError> {
    let members: Members =
        serde_json::from_str(text).map_err(|error| ForeignError::not_json(None, &error))?;
    if let Some(Word::Text(format)) = &members.format {
        if format.starts_with("latchwork.connector/") {
            return Ok(ForeignKind::Latchwork);
        }
        if format.starts_with("latchwork.app/") {
            return Ok(ForeignKind::LatchworkApp);
        }
    }
    if members.openapi.is_some() || members.swagger.is_some() {
        return Ok(ForeignKind::OpenApi);
    }
    if is_postman(&members) {
        return Ok(ForeignKind::Postman);
    }
    if members.variable_scope.is_some() || members.values.is_some() && members.name.is_some() {
        return Ok(ForeignKind::PostmanEnvironment);
    }
    if members.requests.is_some() && members.order.is_some() {
        return Err(error::old_postman());
    }
    if members.collections.is_some() && members.environments.is_some() {
        return Err(error::whole_postman());
    }
    if members.insomnia.is_some() {
        return Err(error::other_tool("an Insomnia export"));
    }
    if matches!(&members.log, Some(Log::Object(log)) if log.entries.is_some()) {
        return Err(error::other_tool("a HAR file"));
    }
    Err(error::unknown())
}

fn is_postman(members: &Members) -> bool {
    let info = match &members.info {
        Some(Info::Object(info)) => {
            info.postman_id.is_some()
                || matches!(&info.schema, Some(Word::Text(schema)) if schema.contains("postman.com/"))
                || members.item.is_some()
        }
        _ => false,
    };
    let wrapped = matches!(
        &members.collection,
        Some(Collection::Object(collection)) if collection.info.is_some() && collection.item.is_some()
    );
    info || wrapped
}

/// Whether a text has a line at its margin that begins as an `OpenAPI` description in YAML does.
fn is_yaml_description(text: &str) -> bool {
    text.lines().any(|line| {
        let line = line.trim_start_matches(['"', '\'']);
        ["openapi", "swagger"].iter().any(|word| {
            line.strip_prefix(word)
                .is_some_and(|rest| rest.trim_start_matches(['"', '\'']).starts_with(':'))
        })
    })
}

/// Whether a line begins with curl, or with what may stand before it on a line.
fn has_curl(text: &str) -> bool {
    text.lines().any(|line| {
        let mut words = line.split_whitespace().map(|word| {
            word.rsplit(['/', '\\'])
                .next()
                .unwrap_or(word)
                .to_ascii_lowercase()
        });
        let first = words.find(|word| {
            !matches!(word.as_str(), "$" | "%" | ">" | "sudo" | "time") && !word.contains('=')
        });
        matches!(first.as_deref(), Some("curl" | "curl.exe"))
    })
}
