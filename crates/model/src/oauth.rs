//! The OAuth 2.0 step kinds: RFC 6749, 7636 (PKCE), 8628 (device code), 7523 (JWT bearer).

use schemars::JsonSchema;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

use crate::algorithms::JWT_ALGORITHMS;
use crate::defaults::{is_default, is_no};
use crate::request::Parameter;
use crate::scalar::{Seconds, Template};
use crate::tagged::{refuse_unknown, take_fields, variant};

/// What the OAuth step kinds share.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OauthFields {
    /// The client identifier (RFC 6749 section 2.2).
    #[serde(default, skip_serializing_if = "Template::is_empty")]
    pub client_id: Template,
    /// The client secret, where the client has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Template>,
    /// An issuer, whose endpoints are found by discovery.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issuer: Option<Template>,
    /// The authorization endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub authorization_url: Option<Template>,
    /// The token endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_url: Option<Template>,
    /// The token endpoint for the refresh grant, where it is another one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh_url: Option<Template>,
    /// The revocation endpoint (RFC 7009).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub revocation_url: Option<Template>,
    /// The scopes that are asked for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<Template>,
    /// What stands between two scopes; a space where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub scope_separator: Option<String>,
    /// How the client shows who it is at the token endpoint.
    #[serde(default, skip_serializing_if = "is_default")]
    pub client_auth: ClientAuth,
    /// The key of `private_key_jwt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_key: Option<Template>,
    /// That key's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_key_id: Option<Template>,
    /// How the browser comes back.
    #[serde(default, skip_serializing_if = "is_default")]
    pub redirect: RedirectKind,
    /// A fixed redirect URI.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub redirect_uri: Option<Template>,
    /// Further parameters of the authorization request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub authorize_params: Vec<Parameter>,
    /// Further parameters of the token request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub token_params: Vec<Parameter>,
    /// Further parameters of the refresh request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refresh_params: Vec<Parameter>,
    /// Further headers of the token request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub token_headers: Vec<Parameter>,
    /// Further headers of the refresh request.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub refresh_headers: Vec<Parameter>,
    /// The method of the token request.
    #[serde(default, skip_serializing_if = "is_default")]
    pub token_method: TokenMethod,
    /// Where the token request's parameters go.
    #[serde(default, skip_serializing_if = "is_default")]
    pub token_body: TokenBody,
    /// Standard parameters under other names.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub param_names: Option<std::collections::BTreeMap<String, String>>,
    /// The callback's name for the authorization code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code_param: Option<String>,
    /// Where in the answer the token object is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub token_path: Option<String>,
    /// Where the client identifier comes from.
    #[serde(default, skip_serializing_if = "is_default")]
    pub client_registration: ClientRegistration,
    /// The audience that is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub audience: Option<Template>,
    /// The resource that is asked for (RFC 8707).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<Template>,
    /// The admin's sign-in serves every user.
    #[serde(default, skip_serializing_if = "is_no")]
    pub shared_credentials: bool,
}

impl OauthFields {
    /// The names of its members in a file.
    pub(crate) const NAMES: &'static [&'static str] = &[
        "client_id",
        "client_secret",
        "issuer",
        "authorization_url",
        "token_url",
        "refresh_url",
        "revocation_url",
        "scopes",
        "scope_separator",
        "client_auth",
        "client_key",
        "client_key_id",
        "redirect",
        "redirect_uri",
        "authorize_params",
        "token_params",
        "refresh_params",
        "token_headers",
        "refresh_headers",
        "token_method",
        "token_body",
        "param_names",
        "code_param",
        "token_path",
        "client_registration",
        "audience",
        "resource",
        "shared_credentials",
    ];
}

/// Client authentication at the token endpoint (RFC 6749 section 2.3, OpenID Connect Core section 9).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientAuth {
    /// What the server's metadata asks for, else basic with a secret and none without.
    #[default]
    Auto,
    /// `client_secret_basic`.
    Basic,
    /// `client_secret_post`.
    Post,
    /// Nothing at all.
    None,
    /// A signed assertion (RFC 7523 section 2.2).
    PrivateKeyJwt,
}

/// How the browser comes back with the answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RedirectKind {
    /// A listener on this machine (RFC 8252 section 7.3).
    #[default]
    Loopback,
    /// A private-use scheme (RFC 8252 section 7.1).
    DeepLink,
    /// The person pastes the address.
    Paste,
}

/// The method of a token request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "UPPERCASE")]
pub enum TokenMethod {
    /// As RFC 6749 section 3.2 asks.
    #[default]
    Post,
    /// For servers that know no better.
    Get,
}

/// Where a token request's parameters go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum TokenBody {
    /// A form body.
    #[default]
    Form,
    /// A JSON body.
    Json,
    /// The query string.
    Query,
}

/// Where the client identifier comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ClientRegistration {
    /// It is written in the file.
    #[default]
    Static,
    /// It is asked of the server (RFC 7591).
    Dynamic,
}

/// PKCE on a plain authorization code step.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum Pkce {
    /// RFC 7636 with SHA-256.
    #[default]
    S256,
    /// None, for providers that refuse it.
    #[serde(rename = "off")]
    Off,
}

/// The code challenge method of a PKCE step (RFC 7636 section 4.2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum PkceMethod {
    /// SHA-256 of the verifier.
    #[default]
    S256,
    /// The verifier itself.
    #[serde(rename = "plain")]
    Plain,
}

/// An OAuth step: the shared fields, and those of its kind.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct OauthStep<Own> {
    /// The shared fields.
    #[serde(flatten)]
    pub oauth: OauthFields,
    /// The fields of its kind.
    #[serde(flatten)]
    pub own: Own,
}

/// Fields that one kind of OAuth step has beside the shared ones.
pub trait OwnFields: DeserializeOwned {
    /// Their names in a file.
    const NAMES: &'static [&'static str];
}

impl<'de, Own: OwnFields> Deserialize<'de> for OauthStep<Own> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        refuse_unknown(&fields, &[Own::NAMES, OauthFields::NAMES])?;
        let own = variant(take_fields(&mut fields, Own::NAMES))?;
        Ok(Self {
            oauth: variant(fields)?,
            own,
        })
    }
}

/// The authorization code grant (RFC 6749 section 4.1).
pub type AuthorizationCodeStep = OauthStep<AuthorizationCodeFields>;
/// The authorization code grant with PKCE (RFC 7636).
pub type PkceStep = OauthStep<PkceFields>;
/// The client credentials grant (RFC 6749 section 4.4).
pub type ClientCredentialsStep = OauthStep<ClientCredentialsFields>;
/// The device authorization grant (RFC 8628).
pub type DeviceCodeStep = OauthStep<DeviceCodeFields>;
/// The JWT bearer grant (RFC 7523 section 2.1).
pub type JwtBearerStep = OauthStep<JwtBearerFields>;

/// What is the authorization code step's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AuthorizationCodeFields {
    /// Proof key for code exchange.
    #[serde(default, skip_serializing_if = "is_default")]
    pub pkce: Pkce,
}

impl OwnFields for AuthorizationCodeFields {
    const NAMES: &'static [&'static str] = &["pkce"];
}

/// What is the PKCE step's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PkceFields {
    /// How the challenge is made of the verifier.
    #[serde(default, skip_serializing_if = "is_default")]
    pub code_challenge_method: PkceMethod,
}

impl OwnFields for PkceFields {
    const NAMES: &'static [&'static str] = &["code_challenge_method"];
}

/// The client credentials step has nothing of its own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClientCredentialsFields {}

impl OwnFields for ClientCredentialsFields {
    const NAMES: &'static [&'static str] = &[];
}

/// What is the device code step's own.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct DeviceCodeFields {
    /// The device authorization endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub device_authorization_url: Option<Template>,
}

impl OwnFields for DeviceCodeFields {
    const NAMES: &'static [&'static str] = &["device_authorization_url"];
}

/// What is the JWT bearer step's own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct JwtBearerFields {
    /// The private key or secret that signs the assertion.
    pub key: Template,
    /// The signature algorithm, such as `RS256` (RFC 7518 section 3.1).
    #[schemars(extend("enum" = JWT_ALGORITHMS))]
    pub algorithm: String,
    /// The key's id, sent as `kid`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key_id: Option<Template>,
    /// The assertion's claims; strings are templates.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub claims: Map<String, Value>,
    /// How long the assertion is good for.
    #[serde(default = "five_minutes", skip_serializing_if = "is_five_minutes")]
    pub lifetime_seconds: Seconds,
}

impl OwnFields for JwtBearerFields {
    const NAMES: &'static [&'static str] =
        &["key", "algorithm", "key_id", "claims", "lifetime_seconds"];
}

const fn five_minutes() -> Seconds {
    Seconds::whole(300)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field by reference"
)]
fn is_five_minutes(seconds: &Seconds) -> bool {
    *seconds == five_minutes()
}
