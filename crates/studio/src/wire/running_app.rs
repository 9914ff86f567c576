//! A running app as its window sees it: what is shown, never what it is made of. No token, no step's output, no header
//! crosses here; of an endpoint's answer only what a control shows.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::error::AppError;
use super::form::FormOption;
use super::session::AccountState;
use super::settings::Theme;

/// What changed in a running app, for its window. The window draws the last of each.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum AppUpdate {
    /// What the app is; told once, first.
    Opened {
        /// The app.
        app: RunningApp,
    },
    /// The managed auth screen is to be shown, or what it shows has changed.
    ManagedAuth {
        /// What it shows.
        view: ManagedAuthView,
    },
    /// A screen is to be shown, with all of its controls. The managed auth screen, if shown, goes.
    Screen {
        /// The screen.
        view: ScreenView,
    },
    /// Some of the screen's controls have changed; the others are as they were.
    Controls {
        /// The screen's id.
        screen: String,
        /// What changed. One that is no longer visible is not `visible`.
        controls: Vec<ControlView>,
    },
    /// Somebody has to sign in before what they just did goes on; told again where it changes. It lies over the
    /// screen.
    SignInAsked {
        /// Who asks: each connector once, however many controls wait for it.
        connectors: Vec<AppConnectorView>,
    },
    /// Nothing is asked any more: all signed in, or the person declined.
    SignInSettled,
    /// *Navigate to Authentication screen*, in a preview: whether the shared sign-ins go too is the admin's to say
    /// (`app_authentication_answer`).
    SharedSignOutAsked {
        /// The names of the connectors with a shared sign-in.
        connectors: Vec<String>,
    },
    /// Something is said to the person.
    Message {
        /// What.
        text: String,
        /// How.
        tone: Tone,
        /// What went wrong, where that is why.
        error: Option<AppError>,
    },
}

/// What an app is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct RunningApp {
    /// Its name.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The screens that its menu leads to, in order.
    pub menu: Vec<MenuEntry>,
    /// Whether it was opened from the studio: what is shared may be cleared from here.
    pub is_preview: bool,
    /// How it looks: as the studio's settings say.
    pub theme: Theme,
}

/// A way to a screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct MenuEntry {
    /// The screen's id.
    pub screen: String,
    /// What people read.
    pub name: String,
}

/// The managed auth screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ManagedAuthView {
    /// Every connector of the app that needs anything of a person, or is shared; each once.
    pub connectors: Vec<AppConnectorView>,
    /// How many of them nothing is to be done for.
    pub signed_in: u32,
    /// Whether all that are required are in.
    pub can_continue: bool,
    /// An action led here, which goes on afterwards; else the app starts.
    pub navigated: bool,
}

/// A connector as an app's person sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppConnectorView {
    /// What the app calls it.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether the app goes on only once it is signed in.
    pub required: bool,
    /// How it stands.
    pub state: AppSignIn,
    /// Whose account is in use; nothing where everyone shares one.
    pub account: Option<String>,
    /// Who that is in the provider's words: an e-mail address, a user name.
    pub label: Option<String>,
    /// When the session expires, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = Option<u32>))]
    pub expires_at: Option<i64>,
    /// Whether it is renewed without the person then.
    pub renews: bool,
    /// Why it needs its person, in the provider's words where it gave some; or why it cannot be signed in to.
    pub message: Option<String>,
    /// What the sign-in begins with: a form can be shown at once, a browser opens only on a click.
    pub begins_with: SignInBeginning,
    /// The accounts that there are, the one in use among them.
    pub accounts: Vec<AppAccountView>,
}

/// How a connector of an app stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum AppSignIn {
    /// Nobody is signed in.
    SignedOut,
    /// Signed in, or renewed at its next use.
    SignedIn,
    /// What was signed in to is over: sign in again.
    Expired,
    /// The provider ended it: only the person brings it back.
    NeedsYou,
    /// The admin's sign-in serves everyone: nothing to do.
    Shared,
    /// The admin has not signed in yet, or a secret value is missing: nothing that the person could do here.
    NeedsAdmin,
}

/// What a sign-in begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum SignInBeginning {
    /// Questions.
    Form,
    /// The system's browser.
    Browser,
    /// A code for another device.
    DeviceCode,
    /// Nothing of a person's.
    Nothing,
}

/// An account of a connector, for the app's person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct AppAccountView {
    /// Its name.
    pub name: String,
    /// Who that is in the provider's words.
    pub label: Option<String>,
    /// Whether the app uses it.
    pub in_use: bool,
    /// Whether it is signed in.
    pub state: AccountState,
}

/// A screen with its controls.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct ScreenView {
    /// Its id.
    pub screen: String,
    /// Its name.
    pub name: String,
    /// How often the app was started in this window: with another number, what a page keeps (scroll, focus, open
    /// parts) is of the past.
    pub start: u32,
    /// The controls, in reading order, hidden ones too.
    pub controls: Vec<ControlView>,
}

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

/// How something is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum Tone {
    /// A fact.
    Info,
    /// It worked.
    Success,
    /// Take care.
    Warning,
    /// It did not work.
    Danger,
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
