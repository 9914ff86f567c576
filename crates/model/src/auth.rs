//! Auth methods. All but multistep are presets of it: see [`crate::AuthPlan`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::algorithms::Oauth1Method;
use crate::defaults::{is_no, is_yes, yes};
use crate::oauth::{
    AuthorizationCodeStep, ClientCredentialsStep, DeviceCodeStep, JwtBearerStep, OauthFields,
    PkceStep,
};
use crate::refresh::Refresh;
use crate::request::ParameterLocation;
use crate::scalar::Template;
use crate::step::{BasicAuthStep, Step, StepKind};
use crate::tagged::deserialize_tagged;

/// How a connector signs in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "method", rename_all = "snake_case")]
#[expect(
    clippy::large_enum_variant,
    reason = "one value a connector; a box would only be in the way"
)]
#[schemars(extend("unevaluatedProperties" = false))]
pub enum Auth {
    /// Not at all.
    #[default]
    None,
    /// A key in each request.
    ApiKey(ApiKey),
    /// A token in the `Authorization` header (RFC 6750 section 2.1).
    Bearer(Bearer),
    /// A username and a password (RFC 7617).
    Basic(BasicAuthStep),
    /// One OAuth 2.0 grant.
    Oauth2(Oauth2Grant),
    /// Signature Version 4 of AWS on each request.
    AwsSigv4(AwsSigV4),
    /// Steps.
    Multistep(Multistep),
}

deserialize_tagged!(Auth, "method", {
    "none" => None,
    "api_key" => ApiKey(ApiKey),
    "bearer" => Bearer(Bearer),
    "basic" => Basic(BasicAuthStep),
    "oauth2" => Oauth2(Oauth2Grant),
    "aws_sigv4" => AwsSigv4(AwsSigV4),
    "multistep" => Multistep(Multistep),
});

impl Auth {
    /// Its name in a file.
    pub const fn method(&self) -> &'static str {
        match self {
            Self::None => "none",
            Self::ApiKey(_) => "api_key",
            Self::Bearer(_) => "bearer",
            Self::Basic(_) => "basic",
            Self::Oauth2(_) => "oauth2",
            Self::AwsSigv4(_) => "aws_sigv4",
            Self::Multistep(_) => "multistep",
        }
    }
}

/// A key in each request.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiKey {
    /// The parameter's or header's name.
    pub name: Template,
    /// The key.
    pub value: Template,
    /// Where it goes.
    pub location: ParameterLocation,
}

/// A token in the `Authorization` header.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Bearer {
    /// The token.
    pub token: Template,
}

/// One OAuth 2.0 grant, with the fields of its step.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "grant", rename_all = "snake_case")]
pub enum Oauth2Grant {
    /// RFC 6749 section 4.1.
    AuthorizationCode(AuthorizationCodeStep),
    /// RFC 7636.
    Pkce(PkceStep),
    /// RFC 6749 section 4.4.
    ClientCredentials(ClientCredentialsStep),
    /// RFC 8628.
    DeviceCode(DeviceCodeStep),
    /// RFC 7523.
    JwtBearer(JwtBearerStep),
}

deserialize_tagged!(Oauth2Grant, "grant", {
    "authorization_code" => AuthorizationCode(AuthorizationCodeStep),
    "pkce" => Pkce(PkceStep),
    "client_credentials" => ClientCredentials(ClientCredentialsStep),
    "device_code" => DeviceCode(DeviceCodeStep),
    "jwt_bearer" => JwtBearer(JwtBearerStep),
});

impl Oauth2Grant {
    /// The same as a step's kind.
    pub fn step_kind(&self) -> StepKind {
        self.clone().into_step_kind()
    }

    /// It as a step's kind.
    pub fn into_step_kind(self) -> StepKind {
        match self {
            Self::AuthorizationCode(step) => StepKind::Oauth2AuthorizationCode(step),
            Self::Pkce(step) => StepKind::Oauth2Pkce(step),
            Self::ClientCredentials(step) => StepKind::Oauth2ClientCredentials(step),
            Self::DeviceCode(step) => StepKind::Oauth2DeviceCode(step),
            Self::JwtBearer(step) => StepKind::Oauth2JwtBearer(step),
        }
    }

    /// The fields that the grants share, to be changed.
    pub const fn oauth_mut(&mut self) -> &mut OauthFields {
        match self {
            Self::AuthorizationCode(step) => &mut step.oauth,
            Self::Pkce(step) => &mut step.oauth,
            Self::ClientCredentials(step) => &mut step.oauth,
            Self::DeviceCode(step) => &mut step.oauth,
            Self::JwtBearer(step) => &mut step.oauth,
        }
    }
}

/// Credentials and place of an AWS signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwsSigV4 {
    /// The access key's id.
    pub access_key_id: Template,
    /// The secret access key.
    pub secret_access_key: Template,
    /// The session token of temporary credentials.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_token: Option<Template>,
    /// The region, such as `eu-central-1`.
    pub region: Template,
    /// The service, such as `execute-api`.
    pub service: Template,
}

/// Steps, what they leave in each request, and how a session is renewed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Multistep {
    /// The auth flow.
    pub steps: Vec<Step>,
    /// The refresh flow.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refresh: Option<Refresh>,
    /// Added to the test request and to every endpoint, never to a step.
    #[serde(default)]
    pub request_parameters: Vec<RequestParameter>,
    /// A signature on the test request and on every endpoint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signing: Option<Signing>,
    /// Whether the steps' cookies go with the test request and the endpoints.
    #[serde(default, skip_serializing_if = "is_no")]
    pub send_cookies: bool,
}

/// Something that is added to every call.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestParameter {
    /// Where it goes.
    pub location: ParameterLocation,
    /// Its name.
    pub name: Template,
    /// Its value.
    pub value: Template,
    /// Left out where false.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub enabled: bool,
}

impl RequestParameter {
    /// An enabled parameter.
    pub fn new(
        location: ParameterLocation,
        name: impl Into<Template>,
        value: impl Into<Template>,
    ) -> Self {
        Self {
            location,
            name: name.into(),
            value: value.into(),
            enabled: true,
        }
    }
}

/// A signature over the request as it is sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Signing {
    /// AWS Signature Version 4.
    AwsSigv4(AwsSigV4),
    /// OAuth 1.0a (RFC 5849).
    Oauth1(OAuth1),
}

deserialize_tagged!(Signing, "type", {
    "aws_sigv4" => AwsSigv4(AwsSigV4),
    "oauth1" => Oauth1(OAuth1),
});

/// Credentials of an OAuth 1.0a signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OAuth1 {
    /// The client's identifier.
    pub consumer_key: Template,
    /// The client's secret; for an RSA method its private key.
    pub consumer_secret: Template,
    /// The token; empty where there is none.
    pub token: Template,
    /// The token's secret.
    pub token_secret: Template,
    /// Such as `HMAC-SHA1`.
    #[schemars(extend("enum" = Oauth1Method::NAMES))]
    pub signature_method: String,
    /// The realm that the header names, where the provider asks for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub realm: Option<Template>,
}
