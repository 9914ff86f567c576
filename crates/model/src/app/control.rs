//! Controls: what a screen shows and what a person uses.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value};

use super::action::Action;
use super::control_kind::{
    ButtonControl, ImageControl, InputControl, JsonControl, RecordControl, SelectControl,
    TableControl, TextControl,
};
use crate::defaults::is_default;
use crate::scalar::Template;
use crate::tagged::{deserialize_tagged, take_fields, take_tag, variant};

/// One control.
#[derive(Clone, Debug, PartialEq, JsonSchema)]
#[schemars(extend("unevaluatedProperties" = false))]
pub struct Control {
    /// Names what it holds: `{{ search.value }}`. `[a-z][a-z0-9_]*`, unique in the app.
    #[schemars(regex(pattern = r"^[a-z][a-z0-9_]*$"))]
    pub id: String,
    /// Its kind, with that kind's fields.
    #[schemars(flatten)]
    pub kind: ControlKind,
    /// What people read above or beside it.
    #[schemars(default)]
    pub label: Option<Template>,
    /// Hides the control where it renders to a false value.
    #[schemars(default)]
    pub visible: Option<Template>,
    /// How many of a row's twelve columns it takes; the whole row where left out.
    #[schemars(default = "full_width", range(min = 1, max = 12))]
    pub width: u8,
    /// Where its data comes from: `{{ <id>.data }}`, and `data` in its own templates.
    #[schemars(default)]
    pub source: Option<Source>,
    /// What it does.
    #[schemars(default)]
    pub on: ControlEvents,
}

/// The members that every control has, as they stand in a file.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Common {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    label: Option<Template>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    visible: Option<Template>,
    #[serde(default = "full_width", skip_serializing_if = "is_full_width")]
    width: u8,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Source>,
    #[serde(default, skip_serializing_if = "is_default")]
    on: ControlEvents,
}

const COMMON: &[&str] = &["id", "label", "visible", "width", "source", "on"];

const fn full_width() -> u8 {
    12
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "serde hands the field by reference"
)]
const fn is_full_width(width: &u8) -> bool {
    *width == full_width()
}

impl Control {
    /// A control with nothing but its id and kind.
    pub fn new(id: &str, kind: ControlKind) -> Self {
        Self {
            id: id.to_owned(),
            kind,
            label: None,
            visible: None,
            width: full_width(),
            source: None,
            on: ControlEvents::default(),
        }
    }
}

impl<'de> Deserialize<'de> for Control {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mut fields = Map::<String, Value>::deserialize(deserializer)?;
        let kind = take_tag(&mut fields, "type", ControlKind::TAGS)?;
        let Common {
            id,
            label,
            visible,
            width,
            source,
            on,
        } = variant(take_fields(&mut fields, COMMON))?;
        Ok(Self {
            id,
            kind: ControlKind::from_tag(&kind, fields)?,
            label,
            visible,
            width,
            source,
            on,
        })
    }
}

impl Serialize for Control {
    /// Writes id, type, the common members, the kind's fields, and source and actions last.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let common = Common {
            id: self.id.clone(),
            label: self.label.clone(),
            visible: self.visible.clone(),
            width: self.width,
            source: self.source.clone(),
            on: self.on.clone(),
        };
        let mut common = crate::step::object::<S>(&common)?;
        let last = ["source", "on"].map(|name| common.shift_remove_entry(name));
        let mut kind = crate::step::object::<S>(&self.kind)?;
        let mut control = Map::new();
        control.extend(common.shift_remove_entry("id"));
        control.extend(kind.shift_remove_entry("type"));
        control.extend(common);
        control.extend(kind);
        control.extend(last.into_iter().flatten());
        control.serialize(serializer)
    }
}

/// What a control does, and when.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct ControlEvents {
    /// Once its source has an answer; once the screen is shown where it has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub load: Vec<Action>,
    /// It was clicked: buttons and images.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub click: Vec<Action>,
    /// A row was selected, which is there as `row`: tables.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub row_select: Vec<Action>,
    /// The person changed its value: inputs and selects.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub change: Vec<Action>,
}

/// A call whose answer a control holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The connector's id in the app.
    pub connector: String,
    /// The endpoint's id.
    pub endpoint: String,
    /// Its inputs by name.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub inputs: BTreeMap<String, Template>,
    /// When it runs.
    #[serde(default, skip_serializing_if = "is_default")]
    pub run: SourceRun,
    /// Keeps it from running where it renders to a false value.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<Template>,
}

/// When a source runs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum SourceRun {
    /// When its screen is shown, and when its inputs take other values.
    #[default]
    Auto,
    /// When an action loads the control.
    Manual,
}

/// The kinds of control.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ControlKind {
    /// Words.
    Text(TextControl),
    /// One value that a person types.
    Input(InputControl),
    /// Something to click.
    Button(ButtonControl),
    /// Rows, one of which can be selected.
    Table(TableControl),
    /// One value out of some.
    Select(SelectControl),
    /// The members of one object.
    Record(RecordControl),
    /// A value as JSON.
    Json(JsonControl),
    /// A picture.
    Image(ImageControl),
}

deserialize_tagged!(ControlKind, "type", {
    "text" => Text(TextControl),
    "input" => Input(InputControl),
    "button" => Button(ButtonControl),
    "table" => Table(TableControl),
    "select" => Select(SelectControl),
    "record" => Record(RecordControl),
    "json" => Json(JsonControl),
    "image" => Image(ImageControl),
});

impl ControlKind {
    /// Its name in a file.
    pub const fn tag(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Input(_) => "input",
            Self::Button(_) => "button",
            Self::Table(_) => "table",
            Self::Select(_) => "select",
            Self::Record(_) => "record",
            Self::Json(_) => "json",
            Self::Image(_) => "image",
        }
    }

    /// Its name for people.
    pub const fn title(&self) -> &'static str {
        match self {
            Self::Text(_) => "Text",
            Self::Input(_) => "Input",
            Self::Button(_) => "Button",
            Self::Table(_) => "Table",
            Self::Select(_) => "Select",
            Self::Record(_) => "Record",
            Self::Json(_) => "JSON",
            Self::Image(_) => "Image",
        }
    }

    /// Whether a person gives it a value: `{{ <id>.value }}`.
    pub const fn has_value(&self) -> bool {
        matches!(self, Self::Input(_) | Self::Select(_))
    }
}
