//! The studio as a whole: its state, its vault, its settings.

use latchwork_studio::{AppError, Settings, StudioStatus, VaultStatus};
use tauri::State;

use crate::host::Studio;

/// The state of the whole studio.
#[tauri::command]
#[specta::specta]
pub(crate) async fn studio_status(studio: State<'_, Studio>) -> Result<StudioStatus, AppError> {
    studio.studio_status().await.map_err(Into::into)
}

/// Asks the keyring again.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_retry(studio: State<'_, Studio>) -> Result<VaultStatus, AppError> {
    studio.vault_retry().await.map_err(Into::into)
}

/// Opens the vault with a passphrase.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_unlock(
    studio: State<'_, Studio>,
    passphrase: String,
) -> Result<VaultStatus, AppError> {
    studio.vault_unlock(&passphrase).await.map_err(Into::into)
}

/// Goes on with secrets that live as long as the process.
#[tauri::command]
#[specta::specta]
pub(crate) async fn vault_use_session_only(
    studio: State<'_, Studio>,
) -> Result<VaultStatus, AppError> {
    studio.vault_use_session_only().await.map_err(Into::into)
}

/// What the person chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings_get(studio: State<'_, Studio>) -> Result<Settings, AppError> {
    studio.settings_get().await.map_err(Into::into)
}

/// Keeps what the person chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings_set(
    studio: State<'_, Studio>,
    settings: Settings,
) -> Result<(), AppError> {
    studio.settings_set(settings).await.map_err(Into::into)
}
