//! The accounts of a connector, and what was done lately to keep their sessions alive.

use latchwork_studio::{AccountView, ActivityView, AppError, SignedOut};
use tauri::State;

use crate::host::Studio;

/// The accounts of a connector as it stands in the editor.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_list(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<Vec<AccountView>, AppError> {
    studio.account_list(&connector_id).await.map_err(Into::into)
}

/// Adds an account.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_add(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
) -> Result<Vec<AccountView>, AppError> {
    studio
        .account_add(&connector_id, &name)
        .await
        .map_err(Into::into)
}

/// Gives an account another name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_rename(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
    new_name: String,
) -> Result<Vec<AccountView>, AppError> {
    studio
        .account_rename(&connector_id, &name, &new_name)
        .await
        .map_err(Into::into)
}

/// Makes an account the one in use.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_activate(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
) -> Result<Vec<AccountView>, AppError> {
    studio
        .account_activate(&connector_id, &name)
        .await
        .map_err(Into::into)
}

/// Removes an account with its cached outputs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_remove(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
) -> Result<Vec<AccountView>, AppError> {
    studio
        .account_remove(&connector_id, &name)
        .await
        .map_err(Into::into)
}

/// Clears the cached auth of one account.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_clear(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
) -> Result<(), AppError> {
    studio
        .account_clear(&connector_id, &name)
        .await
        .map_err(Into::into)
}

/// Signs an account out, at the provider where that is possible, and here in any case.
#[tauri::command]
#[specta::specta]
pub(crate) async fn account_sign_out(
    studio: State<'_, Studio>,
    connector_id: String,
    name: String,
) -> Result<SignedOut, AppError> {
    studio
        .account_sign_out(&connector_id, &name)
        .await
        .map_err(Into::into)
}

/// The last renewals of a connector's sessions.
#[tauri::command]
#[specta::specta]
pub(crate) async fn session_activity(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<Vec<ActivityView>, AppError> {
    studio
        .session_activity(&connector_id)
        .await
        .map_err(Into::into)
}
