//! The refresh flow: when it runs, its steps, and which outputs it renews.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::defaults::{is_default, is_no};
use crate::scalar::{Seconds, StatusMatch, Template};
use crate::step::Step;

/// What happens when the API says that the session is over.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Refresh {
    /// What runs.
    pub mode: RefreshMode,
    /// A form is answered from what the person gave before.
    #[serde(default, skip_serializing_if = "is_no")]
    pub use_stored_credentials: bool,
    /// When it runs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on: RefreshTriggers,
    /// The steps, of kinds that need no person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<Step>,
    /// Which outputs of the auth flow take new values.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub updates: Vec<Update>,
}

/// What a refresh runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum RefreshMode {
    /// Nothing.
    #[default]
    None,
    /// The auth flow again.
    SameAsAuthFlow,
    /// Steps of its own.
    Steps,
}

/// When a refresh runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RefreshTriggers {
    /// Statuses that mean that the session is over.
    #[serde(default = "unauthorized")]
    pub statuses: Vec<StatusMatch>,
    /// A condition on the answer, whatever its status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Template>,
    /// How long before its expiry a session is renewed; never more than a tenth of its lifetime.
    #[serde(default = "Seconds::zero", skip_serializing_if = "is_default")]
    pub before_expiry_seconds: Seconds,
}

impl Default for RefreshTriggers {
    fn default() -> Self {
        Self {
            statuses: unauthorized(),
            when: None,
            before_expiry_seconds: Seconds::zero(),
        }
    }
}

fn unauthorized() -> Vec<StatusMatch> {
    vec![StatusMatch::Exact(401)]
}

/// An output of the auth flow that takes its new value from the refresh flow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Update {
    /// A dotted path such as `login.body.token`, with `[0]` and `['a-b']`.
    pub target: String,
    /// Its new value.
    pub value: Template,
}
