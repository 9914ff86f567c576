//! What controls and screens do: actions, in their order, until one fails.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use crate::defaults::{is_default, is_no};
use crate::scalar::Template;
use crate::tagged::{deserialize_tagged, take_fields, take_tag, variant};

/// One action.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(extend("unevaluatedProperties" = false))]
pub struct Action {
    /// Its kind, with that kind's fields.
    #[schemars(flatten)]
    pub kind: ActionKind,
    /// Skips the action where it renders to a false value.
    #[schemars(default)]
    pub when: Option<Template>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Template>,
}

impl<'de> Deserialize<'de> for Action {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        let kind = take_tag(&mut fields, "type", ActionKind::TAGS)?;
        let Common { when } = variant(take_fields(&mut fields, &["when"]))?;
        Ok(Self {
            kind: ActionKind::from_tag(&kind, fields)?,
            when,
        })
    }
}

impl Serialize for Action {
    /// Writes type, `when`, and the kind's fields.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut kind = crate::step::object::<S>(&self.kind)?;
        let mut action = Map::new();
        action.extend(kind.shift_remove_entry("type"));
        if let Some(when) = &self.when {
            action.insert("when".to_owned(), Value::String(when.to_string()));
        }
        action.extend(kind);
        action.serialize(serializer)
    }
}

/// The kinds of action.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ActionKind {
    /// Calls an endpoint.
    Call(CallAction),
    /// Runs a control's source again.
    Load(LoadAction),
    /// Gives a control or a variable a value.
    SetValue(SetValueAction),
    /// Shows another screen.
    GoToScreen(GoToScreenAction),
    /// Says something to the person.
    ShowMessage(ShowMessageAction),
    /// Opens a web address in the system's browser.
    OpenLink(OpenLinkAction),
    /// *Navigate to Authentication screen*.
    NavigateToAuthentication(NavigateToAuthenticationAction),
    /// *Clear cached auth* of a connector: the person's own.
    ClearCachedAuth(ClearCachedAuthAction),
}

deserialize_tagged!(ActionKind, "type", {
    "call" => Call(CallAction),
    "load" => Load(LoadAction),
    "set_value" => SetValue(SetValueAction),
    "go_to_screen" => GoToScreen(GoToScreenAction),
    "show_message" => ShowMessage(ShowMessageAction),
    "open_link" => OpenLink(OpenLinkAction),
    "navigate_to_authentication" => NavigateToAuthentication(NavigateToAuthenticationAction),
    "clear_cached_auth" => ClearCachedAuth(ClearCachedAuthAction),
});

impl ActionKind {
    /// Its name for people.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Call(_) => "Call an endpoint",
            Self::Load(_) => "Load a control again",
            Self::SetValue(_) => "Set a value",
            Self::GoToScreen(_) => "Go to a screen",
            Self::ShowMessage(_) => "Show a message",
            Self::OpenLink(_) => "Open a link",
            Self::NavigateToAuthentication(_) => "Navigate to Authentication screen",
            Self::ClearCachedAuth(_) => "Clear cached auth",
        }
    }
}

/// Calls an endpoint of a connector.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct CallAction {
    /// The connector's id in the app.
    pub connector: String,
    /// The endpoint's id.
    pub endpoint: String,
    /// Its inputs by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, Template>,
    /// What is done with an answer below 400, which is there as `answer` (`status`, `headers`, `body`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Action>,
    /// What is done where the call fails, in place of a message; `error` is there (`code`, `message`, `status`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub otherwise: Vec<Action>,
}

/// Runs a control's source again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct LoadAction {
    /// The control.
    pub control: String,
}

/// Gives a control or a variable a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SetValueAction {
    /// `vars.<name>`, or an input's or a select's id.
    pub target: String,
    /// The value.
    pub value: Template,
}

/// Shows another screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct GoToScreenAction {
    /// The screen's id.
    pub screen: String,
}

/// Says something to the person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ShowMessageAction {
    /// What is said.
    pub text: Template,
    /// How.
    #[serde(default, skip_serializing_if = "is_default")]
    pub tone: MessageTone,
}

/// How something is said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MessageTone {
    /// A fact.
    #[default]
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// It did not work.
    Danger,
}

/// Opens a web address in the system's browser.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenLinkAction {
    /// The address: http or https.
    pub url: Template,
}

/// *Navigate to Authentication screen*: clears the cached auth of the app's connectors and shows the managed auth
/// screen (PRODUCT A4).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct NavigateToAuthenticationAction {
    /// True: the app starts from the beginning afterwards. False: it goes on where the person was, with all data
    /// kept, and so do the actions behind this one.
    #[serde(default, skip_serializing_if = "is_no")]
    pub reload_app: bool,
}

/// *Clear cached auth* of a connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ClearCachedAuthAction {
    /// The connector's id in the app.
    pub connector: String,
}
