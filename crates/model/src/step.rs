//! Steps: what every step has, and the kinds of CONTRACT section 2.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer, ser};
use serde_json::{Map, Value};

use crate::defaults::{is_default, is_no};
use crate::form::FormStep;
use crate::oauth::{
    AuthorizationCodeStep, ClientCredentialsStep, DeviceCodeStep, JwtBearerStep, PkceStep,
};
use crate::request::Request;
use crate::scalar::{Seconds, StatusMatch, Template};
use crate::tagged::{deserialize_tagged, take_fields, take_tag, variant};

/// One step of an auth flow or a refresh flow.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(extend("unevaluatedProperties" = false))]
pub struct Step {
    /// Names its outputs: `{{ login.body.token }}`.
    pub id: String,
    /// Its kind, with that kind's fields.
    #[schemars(flatten)]
    pub kind: StepKind,
    /// What people read; the kind's name where left out.
    #[schemars(default)]
    pub label: Option<String>,
    /// Left out of every run where true.
    #[schemars(default)]
    pub disabled: bool,
    /// Skips the step where it renders to a false value.
    #[schemars(default)]
    pub when: Option<Template>,
    /// Outputs of its own, which may replace a standard one.
    #[schemars(default)]
    pub outputs: Vec<OutputDefinition>,
}

/// The members that every step has, as they stand in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<String>,
    #[serde(default, skip_serializing_if = "is_no")]
    disabled: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Template>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    outputs: Vec<OutputDefinition>,
}

const COMMON: &[&str] = &["id", "label", "disabled", "when", "outputs"];

impl Step {
    /// A step with nothing but its id and kind.
    pub fn new(id: &str, kind: StepKind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            label: None,
            disabled: false,
            when: None,
            outputs: Vec::new(),
        }
    }

    /// Whether its outputs belong to everyone: an OAuth step with shared credentials.
    pub fn is_shared(&self) -> bool {
        self.kind
            .oauth()
            .is_some_and(|oauth| oauth.shared_credentials)
    }

    /// What people read: the label, or the kind's name.
    pub fn title(&self) -> &str {
        match &self.label {
            Some(label) if !label.trim().is_empty() => label,
            _ => self.kind.title(),
        }
    }
}

impl<'de> Deserialize<'de> for Step {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        let kind = take_tag(&mut fields, "type", StepKind::TAGS)?;
        let Common {
            id,
            label,
            disabled,
            when,
            outputs,
        } = variant(take_fields(&mut fields, COMMON))?;
        Ok(Self {
            id,
            kind: StepKind::from_tag(&kind, fields)?,
            label,
            disabled,
            when,
            outputs,
        })
    }
}

impl Serialize for Step {
    /// Writes id, type, the common members, the kind's fields, and the outputs last.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let common = Common {
            id: self.id.clone(),
            label: self.label.clone(),
            disabled: self.disabled,
            when: self.when.clone(),
            outputs: self.outputs.clone(),
        };
        let mut common = object::<S>(&common)?;
        let outputs = common.shift_remove("outputs");
        let mut kind = object::<S>(&self.kind)?;
        let mut step = Map::new();
        step.extend(common.shift_remove_entry("id"));
        step.extend(kind.shift_remove_entry("type"));
        step.extend(common);
        step.extend(kind);
        step.extend(outputs.map(|outputs| ("outputs".to_owned(), outputs)));
        step.serialize(serializer)
    }
}

pub(crate) fn object<S: Serializer>(
    value: &impl Serialize,
) -> Result<Map<String, Value>, S::Error> {
    match serde_json::to_value(value) {
        Ok(Value::Object(map)) => Ok(map),
        Ok(_) => Err(ser::Error::custom("a step is an object")),
        Err(error) => Err(ser::Error::custom(error)),
    }
}

/// An output of a step's own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OutputDefinition {
    /// Its name behind the step's id.
    pub name: String,
    /// Its value; the answer at hand is there by bare names (`body`, `headers`, `status`, `cookies`, `raw`).
    pub value: Template,
}

/// The kinds of step.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum StepKind {
    /// Asks a person.
    Form(FormStep),
    /// Sends a request.
    ApiRequest(ApiRequestStep),
    /// Sends a request until its answer is ready.
    Poll(PollStep),
    /// OAuth 2.0, authorization code.
    Oauth2AuthorizationCode(AuthorizationCodeStep),
    /// OAuth 2.0, authorization code with PKCE.
    Oauth2Pkce(PkceStep),
    /// OAuth 2.0, client credentials.
    Oauth2ClientCredentials(ClientCredentialsStep),
    /// OAuth 2.0, device code.
    Oauth2DeviceCode(DeviceCodeStep),
    /// OAuth 2.0, JWT bearer.
    Oauth2JwtBearer(JwtBearerStep),
    /// A username and a password.
    BasicAuth(BasicAuthStep),
    /// The active single sign-on session.
    SsoToken(SsoTokenStep),
    /// Values computed from earlier ones.
    SetVariables(SetVariablesStep),
}

deserialize_tagged!(StepKind, "type", {
    "form" => Form(FormStep),
    "api_request" => ApiRequest(ApiRequestStep),
    "poll" => Poll(PollStep),
    "oauth2_authorization_code" => Oauth2AuthorizationCode(AuthorizationCodeStep),
    "oauth2_pkce" => Oauth2Pkce(PkceStep),
    "oauth2_client_credentials" => Oauth2ClientCredentials(ClientCredentialsStep),
    "oauth2_device_code" => Oauth2DeviceCode(DeviceCodeStep),
    "oauth2_jwt_bearer" => Oauth2JwtBearer(JwtBearerStep),
    "basic_auth" => BasicAuth(BasicAuthStep),
    "sso_token" => SsoToken(SsoTokenStep),
    "set_variables" => SetVariables(SetVariablesStep),
});

impl StepKind {
    /// Its name in a file.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Form(_) => "form",
            Self::ApiRequest(_) => "api_request",
            Self::Poll(_) => "poll",
            Self::Oauth2AuthorizationCode(_) => "oauth2_authorization_code",
            Self::Oauth2Pkce(_) => "oauth2_pkce",
            Self::Oauth2ClientCredentials(_) => "oauth2_client_credentials",
            Self::Oauth2DeviceCode(_) => "oauth2_device_code",
            Self::Oauth2JwtBearer(_) => "oauth2_jwt_bearer",
            Self::BasicAuth(_) => "basic_auth",
            Self::SsoToken(_) => "sso_token",
            Self::SetVariables(_) => "set_variables",
        }
    }

    /// Its name for people.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Form(_) => "Form",
            Self::ApiRequest(_) => "API request",
            Self::Poll(_) => "Poll until ready",
            Self::Oauth2AuthorizationCode(_) => "OAuth 2.0",
            Self::Oauth2Pkce(_) => "OAuth 2.0 PKCE",
            Self::Oauth2ClientCredentials(_) => "OAuth 2.0 client credentials",
            Self::Oauth2DeviceCode(_) => "OAuth 2.0 device code",
            Self::Oauth2JwtBearer(_) => "JWT bearer",
            Self::BasicAuth(_) => "Basic auth",
            Self::SsoToken(_) => "SSO token",
            Self::SetVariables(_) => "Set variables",
        }
    }

    /// Whether a refresh flow may hold it: it never needs a person.
    pub const fn needs_no_person(&self) -> bool {
        matches!(
            self,
            Self::ApiRequest(_)
                | Self::SsoToken(_)
                | Self::SetVariables(_)
                | Self::Poll(_)
                | Self::Oauth2ClientCredentials(_)
                | Self::Oauth2JwtBearer(_)
        )
    }

    /// The fields that the OAuth kinds share. A kind that is added here says whether it is one.
    pub const fn oauth(&self) -> Option<&crate::oauth::OauthFields> {
        match self {
            Self::Oauth2AuthorizationCode(step) => Some(&step.oauth),
            Self::Oauth2Pkce(step) => Some(&step.oauth),
            Self::Oauth2ClientCredentials(step) => Some(&step.oauth),
            Self::Oauth2DeviceCode(step) => Some(&step.oauth),
            Self::Oauth2JwtBearer(step) => Some(&step.oauth),
            Self::Form(_)
            | Self::ApiRequest(_)
            | Self::Poll(_)
            | Self::BasicAuth(_)
            | Self::SsoToken(_)
            | Self::SetVariables(_) => None,
        }
    }

    /// The same, to be changed.
    pub const fn oauth_mut(&mut self) -> Option<&mut crate::oauth::OauthFields> {
        match self {
            Self::Oauth2AuthorizationCode(step) => Some(&mut step.oauth),
            Self::Oauth2Pkce(step) => Some(&mut step.oauth),
            Self::Oauth2ClientCredentials(step) => Some(&mut step.oauth),
            Self::Oauth2DeviceCode(step) => Some(&mut step.oauth),
            Self::Oauth2JwtBearer(step) => Some(&mut step.oauth),
            Self::Form(_)
            | Self::ApiRequest(_)
            | Self::Poll(_)
            | Self::BasicAuth(_)
            | Self::SsoToken(_)
            | Self::SetVariables(_) => None,
        }
    }
}

/// Sends a request; its answer is the output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ApiRequestStep {
    /// The request.
    pub request: Request,
    /// What counts as success; any 2xx where left out.
    #[serde(default, skip_serializing_if = "is_default")]
    pub success: Success,
}

/// What counts as success.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Success {
    /// The statuses that do; any 2xx where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub statuses: Option<Vec<StatusMatch>>,
    /// A condition on the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Template>,
}

impl Success {
    /// Whether a status counts as success.
    pub fn accepts(&self, status: u16) -> bool {
        match &self.statuses {
            Some(statuses) => statuses.iter().any(|wanted| wanted.matches(status)),
            None => StatusMatch::Class(2).matches(status),
        }
    }
}

/// Sends a request until a condition on its answer holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct PollStep {
    /// The request.
    pub request: Request,
    /// The condition on the answer.
    pub until: Template,
    /// The time between two requests.
    #[serde(default = "five_seconds", skip_serializing_if = "is_five_seconds")]
    pub every_seconds: Seconds,
    /// The time after which the step fails.
    #[serde(default = "five_minutes", skip_serializing_if = "is_five_minutes")]
    pub timeout_seconds: Seconds,
}

const fn five_seconds() -> Seconds {
    Seconds::whole(5)
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field by reference"
)]
fn is_five_seconds(seconds: &Seconds) -> bool {
    *seconds == five_seconds()
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

/// A username and a password (RFC 7617), asked for where left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct BasicAuthStep {
    /// The username.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub username: Option<Template>,
    /// The password.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Template>,
}

/// Has no settings.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SsoTokenStep {}

/// Has nothing beyond its outputs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetVariablesStep {}

impl Step {
    /// Whether it sends a request of its own whose answer is its output.
    pub const fn kind_sends(&self) -> bool {
        matches!(self.kind, StepKind::ApiRequest(_) | StepKind::Poll(_))
    }
}
