//! A connector as an app knows it.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::connector::Connector;
use crate::defaults::{is_yes, yes};

/// A connector that an app calls.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppConnector {
    /// What the app's sources and actions call it: `[a-z][a-z0-9_]*`, unique in the app.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// The library's connector, by its id or its name.
    pub connector: String,
    /// Whether the managed auth screen goes on only once it is signed in.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub required: bool,
    /// The connector itself, in a file that is to work without a library: it is used in place of the library's.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub definition: Option<Box<Connector>>,
}
