//! Cached auth.

use latchwork_studio::{AppError, AuthStatus};
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

/// Clears the cached auth of a connector.
#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_clear(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<(), AppError> {
    studio.auth_clear(&connector_id).await.map_err(Into::into)
}
