//! Single sign-on.

use latchwork_studio::{AppError, RunUpdate, SignedOut, SsoSignIn, SsoStatus};
use tauri::State;
use tauri::ipc::Channel;

use crate::host::Studio;

/// Who is signed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sso_status(studio: State<'_, Studio>) -> Result<SsoStatus, AppError> {
    studio.sso_status().await.map_err(Into::into)
}

/// Signs in; what happens comes over the channel, as of a run whose step is `sso`.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sso_sign_in(
    studio: State<'_, Studio>,
    request: SsoSignIn,
    channel: Channel<RunUpdate>,
) -> Result<String, AppError> {
    studio
        .sso_sign_in(request, move |update| channel.send(update).is_ok())
        .map_err(Into::into)
}

/// Signs out.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sso_sign_out(studio: State<'_, Studio>) -> Result<SignedOut, AppError> {
    studio.sso_sign_out().await.map_err(Into::into)
}
