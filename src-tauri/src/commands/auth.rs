//! Cached auth.

use latchwork_studio::{AppError, AuthStatus, SignedOut};
use tauri::State;

use crate::host::Studio;

/// Who is signed in.
#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_status(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<AuthStatus, AppError> {
    studio.auth_status(&connector_id).await.map_err(Into::into)
}

/// Clears the cached auth of a connector; the shared sign-in too where that is asked for.
#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_clear(
    studio: State<'_, Studio>,
    connector_id: String,
    shared: bool,
) -> Result<(), AppError> {
    studio
        .auth_clear(&connector_id, shared)
        .await
        .map_err(Into::into)
}

/// Signs out of a connector, at the provider where that is possible, and here in any case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_sign_out(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<SignedOut, AppError> {
    studio
        .auth_sign_out(&connector_id)
        .await
        .map_err(Into::into)
}
