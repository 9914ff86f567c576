//! The app file: screens with controls and actions that call connectors (PRODUCT A1). Its types, how it is read,
//! what is valid and what its checker advises.
//!
//! What an app looks like while it runs, and what it holds then, is the studio's (`studio::apps`).

mod action;
mod checker;
mod connector;
mod control;
mod control_kind;
mod read;
mod validate;
mod walk;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

pub use action::{
    Action, ActionKind, CallAction, ClearCachedAuthAction, GoToScreenAction, LoadAction,
    MessageTone, NavigateToAuthenticationAction, OpenLinkAction, SetValueAction, ShowMessageAction,
};
pub use checker::{
    ConnectorLookup, app_names_at, check_app, check_app_alone, control_references, rename_control,
    unique_control_id,
};
pub use connector::AppConnector;
pub use control::{Control, ControlEvents, ControlKind, Source, SourceRun};
pub use control_kind::{
    AppInputType, ButtonControl, ButtonStyle, ImageControl, InputControl, JsonControl,
    RecordControl, RecordField, SelectControl, TableColumn, TableControl, TextControl, TextStyle,
};
pub use read::{read_app, read_app_shape, write_app};
pub use validate::{APP_ACTION_DEPTH, CONTROL_ID_RESERVED, validate_app};

use crate::defaults::{is_yes, yes};
use crate::scalar::Template;

/// The value of an app file's `format`.
pub const APP_FORMAT: &str = "latchwork.app/1";

/// Screens with controls and actions, and the connectors that they call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "Latchwork app")]
pub struct App {
    /// Always `latchwork.app/1`.
    #[schemars(extend("const" = APP_FORMAT))]
    pub format: String,
    /// Whose choice of accounts and drafts these are; the name where left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<Uuid>,
    /// What people read.
    pub name: String,
    /// What the app is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// App installation: show the managed auth screen during app start. Where false, sign-in is asked at the first
    /// action that needs it.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub managed_auth_at_start: bool,
    /// The connectors that it calls.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub connectors: Vec<AppConnector>,
    /// `vars.<name>`: values that actions set.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<AppVariable>,
    /// The screens; the first is where the app starts.
    #[schemars(length(min = 1))]
    pub screens: Vec<Screen>,
}

impl App {
    /// An app with one empty screen.
    pub fn new(name: &str) -> Self {
        Self {
            format: APP_FORMAT.to_owned(),
            id: None,
            name: name.to_owned(),
            description: None,
            managed_auth_at_start: true,
            connectors: Vec::new(),
            variables: Vec::new(),
            screens: vec![Screen {
                id: "home".to_owned(),
                name: "Home".to_owned(),
                in_menu: true,
                on_load: Vec::new(),
                controls: Vec::new(),
            }],
        }
    }

    /// Whose choice of accounts and drafts these are: the id, or the name where there is none.
    pub fn key(&self) -> String {
        self.id
            .map_or_else(|| self.name.clone(), |id| id.to_string())
    }

    /// The connector that the app knows by this id.
    pub fn connector(&self, id: &str) -> Option<&AppConnector> {
        self.connectors.iter().find(|connector| connector.id == id)
    }

    /// The screen with this id.
    pub fn screen(&self, id: &str) -> Option<&Screen> {
        self.screens.iter().find(|screen| screen.id == id)
    }

    /// The control with this id, on whatever screen.
    pub fn control(&self, id: &str) -> Option<&Control> {
        self.controls().find(|control| control.id == id)
    }

    /// The controls of all screens.
    pub fn controls(&self) -> impl Iterator<Item = &Control> {
        self.screens.iter().flat_map(|screen| &screen.controls)
    }
}

/// A value that actions set; it is gone when the app starts anew.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AppVariable {
    /// `vars.<name>`.
    pub name: String,
    /// Its value at the start.
    #[serde(default, skip_serializing_if = "Template::is_empty")]
    pub value: Template,
}

/// One screen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Screen {
    /// `[a-z][a-z0-9_]*`, unique in the app.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// What people read.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub name: String,
    /// Whether the app's menu leads there; others are reached by actions.
    #[serde(default = "yes", skip_serializing_if = "is_yes")]
    pub in_menu: bool,
    /// What is done whenever it is shown.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub on_load: Vec<Action>,
    /// Its controls, in reading order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub controls: Vec<Control>,
}

impl Screen {
    /// What people read: the name, or the id where there is none.
    pub fn title(&self) -> &str {
        if self.name.trim().is_empty() {
            &self.id
        } else {
            &self.name
        }
    }
}
