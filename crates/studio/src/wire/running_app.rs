//! A running app as its window sees it: what is shown, never what it is made of. No token, no step's output, no header
//! crosses here; of an endpoint's answer only what a control shows.

use latchwork_model::app::MessageTone;
use serde::Serialize;

use super::app_control::ControlView;
use super::error::AppError;
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

impl From<MessageTone> for Tone {
    fn from(tone: MessageTone) -> Self {
        match tone {
            MessageTone::Info => Self::Info,
            MessageTone::Success => Self::Success,
            MessageTone::Warning => Self::Warning,
            MessageTone::Danger => Self::Danger,
        }
    }
}
