//! A control of a running app as its window draws it, and what a person does with it.

use latchwork_model::app::{AppInputType, ButtonStyle, TextStyle};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::AppError;
use super::form::FormOption;

/// A control as it is drawn.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ControlView {
    /// Its id.
    pub id: String,
    /// What stands above or beside it.
    pub label: Option<String>,
    /// Whether it is drawn.
    pub visible: bool,
    /// How many of twelve columns it takes.
    pub width: u8,
    /// How it stands.
    pub state: ControlState,
    /// What it shows; what it last had, while it loads again.
    pub content: ControlContent,
}

/// How a control stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "is", rename_all = "snake_case")]
pub enum ControlState {
    /// It shows what it has.
    Ready,
    /// Its call, or its action, goes on.
    Loading,
    /// There is nothing to show, or nothing was asked for yet.
    Empty,
    /// It could not be loaded or computed; it can be tried again where `retry`.
    Error {
        /// Why.
        error: AppError,
        /// Whether trying again is offered.
        retry: bool,
    },
    /// It needs a sign-in that the person has not made: a "Sign in" button.
    SignedOut {
        /// The connector, as the app calls it.
        connector: String,
        /// Its name.
        name: String,
    },
}

/// What a control shows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ControlContent {
    /// Words.
    Text {
        /// What it says.
        text: String,
        /// How it looks.
        style: TextLook,
    },
    /// One value that a person types.
    Input {
        /// What may be typed.
        input_type: InputLook,
        /// The value as text. The page keeps what is being typed; this is for what others set.
        value: String,
        /// Counts up whenever something else than the person's typing set the value.
        set: u32,
        /// Shown in the empty field.
        placeholder: String,
        /// Whether it has to have a value.
        required: bool,
        /// What is wrong with the value, where something is.
        problem: Option<String>,
    },
    /// Something to click.
    Button {
        /// What it says.
        text: String,
        /// How it looks.
        style: ButtonLook,
        /// Whether it can be clicked.
        enabled: bool,
    },
    /// Rows.
    Table {
        /// What stands above the columns.
        columns: Vec<String>,
        /// The cells by row, as text.
        rows: Vec<Vec<String>>,
        /// The selected row.
        selected: Option<u32>,
        /// Said where there are no rows.
        empty_text: String,
        /// How many rows there are, where not all of them are in `rows`.
        total: u32,
    },
    /// One value out of some.
    Select {
        /// The choices.
        options: Vec<FormOption>,
        /// The chosen one's value.
        value: Option<String>,
        /// Shown where nothing is chosen.
        placeholder: String,
    },
    /// The members of an object.
    Record {
        /// Its lines: what stands before it, and the value as text.
        fields: Vec<RecordLine>,
    },
    /// A value as JSON.
    Json {
        /// The value.
        #[cfg_attr(feature = "bindings", specta(type = specta_typescript::Any))]
        value: Value,
    },
    /// A picture.
    Image {
        /// A `data:` address; nothing where there is none.
        source: Option<String>,
        /// What it shows.
        description: String,
        /// Whether a click does something.
        clickable: bool,
    },
}

/// A line of a record.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RecordLine {
    /// What stands before it.
    pub label: String,
    /// The value as text.
    pub value: String,
}

/// How words look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum TextLook {
    /// The screen's title.
    Title,
    /// A part's heading.
    Heading,
    /// Running text.
    Body,
    /// Less than that.
    Muted,
}

impl From<TextStyle> for TextLook {
    fn from(look: TextStyle) -> Self {
        match look {
            TextStyle::Title => Self::Title,
            TextStyle::Heading => Self::Heading,
            TextStyle::Body => Self::Body,
            TextStyle::Muted => Self::Muted,
        }
    }
}

/// What may be typed into an input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum InputLook {
    /// One line.
    Text,
    /// A number.
    Number,
    /// An e-mail address.
    Email,
    /// Several lines.
    Multiline,
}

impl From<AppInputType> for InputLook {
    fn from(look: AppInputType) -> Self {
        match look {
            AppInputType::Text => Self::Text,
            AppInputType::Number => Self::Number,
            AppInputType::Email => Self::Email,
            AppInputType::Multiline => Self::Multiline,
        }
    }
}

/// How a button looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ButtonLook {
    /// What one comes for.
    Primary,
    /// Anything else.
    Secondary,
    /// What cannot be undone.
    Danger,
}

impl From<ButtonStyle> for ButtonLook {
    fn from(look: ButtonStyle) -> Self {
        match look {
            ButtonStyle::Primary => Self::Primary,
            ButtonStyle::Secondary => Self::Secondary,
            ButtonStyle::Danger => Self::Danger,
        }
    }
}

/// What a person did with a control.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ControlEvent {
    /// Clicked a button or an image.
    Click,
    /// Typed into an input: the whole value.
    Input {
        /// As typed.
        value: String,
    },
    /// Chose in a select; nothing where the choice was taken back.
    Choose {
        /// The option's value.
        value: Option<String>,
    },
    /// Selected a row.
    SelectRow {
        /// Its place in `rows`.
        index: u32,
    },
    /// Asked for a load once more, where one failed.
    Retry,
    /// Pressed the "Sign in" button of a control that is signed out.
    SignIn,
}
