//! What the window of a running app may ask. Which app it is, the window says: no page names it.

use latchwork_studio::{AppError, AppUpdate, ControlEvent, RunUpdate, SignedOut};
use tauri::ipc::Channel;
use tauri::{State, WebviewWindow};

use crate::host::Studio;

/// Starts the app of this window; what it shows comes over the channel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_watch(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    channel: Channel<AppUpdate>,
) -> Result<(), AppError> {
    studio
        .app_watch(window.label(), move |update| channel.send(update).is_ok())
        .await
        .map_err(Into::into)
}

/// A person did something with a control.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_event(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    control: String,
    event: ControlEvent,
) -> Result<(), AppError> {
    studio
        .app_event(window.label(), &control, event)
        .map_err(Into::into)
}

/// A person went to a screen by the menu.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_go(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    screen: String,
) -> Result<(), AppError> {
    studio.app_go(window.label(), &screen).map_err(Into::into)
}

/// Continue, on the managed auth screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_continue(
    window: WebviewWindow,
    studio: State<'_, Studio>,
) -> Result<(), AppError> {
    studio
        .app_continue(window.label())
        .await
        .map_err(Into::into)
}

/// Signs in to one of the app's connectors; what happens comes over the channel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_sign_in(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    connector: String,
    new_account: bool,
    channel: Channel<RunUpdate>,
) -> Result<String, AppError> {
    studio
        .app_sign_in(window.label(), &connector, new_account, move |update| {
            channel.send(update).is_ok()
        })
        .await
}

/// The person does not sign in now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_sign_in_decline(
    window: WebviewWindow,
    studio: State<'_, Studio>,
) -> Result<(), AppError> {
    studio
        .app_sign_in_decline(window.label())
        .map_err(Into::into)
}

/// Makes the app use another account of a connector.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_account_use(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    connector: String,
    account: String,
) -> Result<(), AppError> {
    studio
        .app_account_use(window.label(), &connector, &account)
        .await
}

/// Signs the account in use out of a connector.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_sign_out(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    connector: String,
) -> Result<SignedOut, AppError> {
    studio.app_sign_out(window.label(), &connector).await
}

/// The admin's answer to whether shared sign-ins are cleared too; nothing where they changed their mind.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_authentication_answer(
    window: WebviewWindow,
    studio: State<'_, Studio>,
    clear_shared: Option<bool>,
) -> Result<(), AppError> {
    studio
        .app_authentication_answer(window.label(), clear_shared)
        .map_err(Into::into)
}

/// Closes this window, and ends its app.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_quit(window: WebviewWindow) -> Result<(), AppError> {
    window
        .close()
        .map_err(|error| latchwork_studio::desktop_error("The window did not close", &error))
}
