//! Secret variables: set and cleared, never read back.

use latchwork_studio::{AppError, SecretStatus};
use tauri::State;

use crate::host::Studio;

/// A connector's secret variables, and which have a value.
#[tauri::command]
#[specta::specta]
pub(crate) async fn secret_list(
    studio: State<'_, Studio>,
    id: String,
) -> Result<Vec<SecretStatus>, AppError> {
    studio.secret_list(&id).await.map_err(Into::into)
}

/// Keeps a secret in the vault.
#[tauri::command]
#[specta::specta]
pub(crate) async fn secret_set(
    studio: State<'_, Studio>,
    id: String,
    name: String,
    value: String,
) -> Result<(), AppError> {
    studio
        .secret_set(&id, &name, &value)
        .await
        .map_err(Into::into)
}

/// Forgets a secret.
#[tauri::command]
#[specta::specta]
pub(crate) async fn secret_clear(
    studio: State<'_, Studio>,
    id: String,
    name: String,
) -> Result<(), AppError> {
    studio.secret_clear(&id, &name).await.map_err(Into::into)
}
