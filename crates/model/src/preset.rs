//! Auth methods as presets of the multistep engine: one engine, no second path.

use std::borrow::Cow;

use crate::auth::{Auth, Multistep, RequestParameter, Signing};
use crate::request::ParameterLocation;
use crate::step::{Step, StepKind};

/// What the engine runs, whatever the auth method.
pub type AuthPlan<'a> = Cow<'a, Multistep>;

/// The id of the one step of a preset.
pub(crate) const BASIC_STEP: &str = "basic";
/// The id of the one step of an OAuth 2.0 preset.
pub(crate) const OAUTH_STEP: &str = "oauth";

impl Auth {
    /// The auth method as steps, request parameters and signing.
    pub fn plan(&self) -> AuthPlan<'_> {
        Cow::Owned(match self {
            Self::Multistep(multistep) => return Cow::Borrowed(multistep),
            Self::None => Multistep::default(),
            Self::ApiKey(key) => with_parameter(RequestParameter::new(
                key.location,
                key.name.clone(),
                key.value.clone(),
            )),
            Self::Bearer(bearer) => with_parameter(RequestParameter::new(
                ParameterLocation::Header,
                "Authorization",
                format!("Bearer {}", bearer.token),
            )),
            Self::Basic(step) => Multistep {
                steps: vec![Step::new(BASIC_STEP, StepKind::BasicAuth(step.clone()))],
                ..with_authorization("{{ basic.header }}")
            },
            Self::Oauth2(grant) => Multistep {
                steps: vec![Step::new(OAUTH_STEP, grant.step_kind())],
                ..with_authorization("Bearer {{ oauth.access_token }}")
            },
            Self::AwsSigv4(signing) => Multistep {
                signing: Some(Signing::AwsSigv4(signing.clone())),
                ..Multistep::default()
            },
        })
    }

    /// The same as multistep: what a preset is made of, to be seen and changed. Nothing of it is lost, and the ids of
    /// its steps are those that its templates know already.
    #[must_use]
    pub fn turned_into_multistep(&self) -> Self {
        Self::Multistep(self.plan().into_owned())
    }
}

fn with_authorization(value: &str) -> Multistep {
    with_parameter(RequestParameter::new(
        ParameterLocation::Header,
        "Authorization",
        value,
    ))
}

fn with_parameter(parameter: RequestParameter) -> Multistep {
    Multistep {
        request_parameters: vec![parameter],
        ..Multistep::default()
    }
}
