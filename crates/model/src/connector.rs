//! The connector file.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::auth::Auth;
use crate::defaults::is_no;
use crate::endpoint::Endpoint;
use crate::request::Request;
use crate::scalar::Template;

/// The value of a connector file's `format`.
pub const FORMAT: &str = "latchwork.connector/1";

/// An API with its base URL, its auth, its endpoints and its test request.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Latchwork connector")]
pub struct Connector {
    /// Always `latchwork.connector/1`.
    #[schemars(extend("const" = FORMAT))]
    pub format: String,
    /// Whose cache, accounts and drafts these are; the name where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What people read.
    pub name: String,
    /// REST or GraphQL.
    pub kind: ConnectorKind,
    /// What the connector is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The provider's own documentation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub documentation_url: Option<String>,
    /// Where the API is; http or https.
    pub base_url: Template,
    /// Origins that may come out of an answer or a form.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub allowed_origins: Vec<String>,
    /// `vars.<name>`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<Variable>,
    /// Proxy and certificates, for steps, token calls, test and endpoints alike.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub network: Option<Network>,
    /// How it signs in.
    pub auth: Auth,
    /// Who an account is, out of the auth flow's outputs: an e-mail address, a user name. Where left out, it is found
    /// in what signed in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub account_name: Option<Template>,
    /// The request that proves that the credentials work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub test: Option<Test>,
    /// The calls that it offers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub endpoints: Vec<Endpoint>,
}

impl Connector {
    /// A connector with no auth and nothing in it.
    pub fn new(name: &str, kind: ConnectorKind, base_url: &str) -> Self {
        Self {
            format: FORMAT.to_owned(),
            id: None,
            name: name.to_owned(),
            kind,
            description: None,
            documentation_url: None,
            base_url: base_url.into(),
            allowed_origins: Vec::new(),
            variables: Vec::new(),
            network: None,
            auth: Auth::None,
            account_name: None,
            test: None,
            endpoints: Vec::new(),
        }
    }

    /// Whose cache, accounts and drafts these are: the id, or the name where there is none.
    pub fn key(&self) -> String {
        self.id
            .map_or_else(|| self.name.clone(), |id| id.to_string())
    }

    /// The endpoint with this id.
    pub fn endpoint(&self, id: &str) -> Option<&Endpoint> {
        self.endpoints.iter().find(|endpoint| endpoint.id == id)
    }
}

/// What kind of API it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ConnectorKind {
    /// Resources with addresses.
    Rest,
    /// One address, queries in the body.
    Graphql,
}

/// A named value of the connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Variable {
    /// `vars.<name>`.
    pub name: String,
    /// Its value; a secret one has none in the file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
    /// It lives in the vault and is asked for on import.
    #[serde(default, skip_serializing_if = "is_no")]
    pub secret: bool,
    /// What it is, for the person who fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
}

/// How the network is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Network {
    /// A proxy's address: http, https, socks5 or socks5h, with credentials in it where it wants some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub proxy: Option<Template>,
    /// A certificate authority of one's own, PEM.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ca_certificate: Option<String>,
    /// A client certificate for mutual TLS.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_certificate: Option<ClientCertificate>,
    /// Certificate checks switched off, for this connector alone.
    #[serde(default, skip_serializing_if = "is_no")]
    pub accept_invalid_certificates: bool,
}

/// A certificate and its key, PEM.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientCertificate {
    /// The certificate chain.
    pub certificate: Template,
    /// Its private key.
    pub key: Template,
}

/// The request that proves that the credentials work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// The request.
    pub request: Request,
    /// False: the form steps' values, passwords left out, are added to the query string. True: sent as written.
    #[serde(default)]
    pub advanced: bool,
}
