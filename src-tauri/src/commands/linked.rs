//! Connectors that are saved to a file: opened from one, saved to another, compared with it.

use latchwork_studio::{AppError, ConnectorFileText, ConnectorOpened, LinkedConnector, LinkedFile};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use super::desktop::chosen;
use crate::host::Studio;

/// Lets the person choose a connector's file and opens it; nothing where the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_open_file(
    app: AppHandle,
    studio: State<'_, Studio>,
) -> Result<Option<LinkedConnector>, AppError> {
    let dialog = app.dialog().file();
    let dialog = dialog.add_filter("Connector", &["json"]);
    let Some(path) = chosen(|answer| dialog.pick_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(studio.connector_open_file(&path).await?))
}

/// A connector's file and how it stands; nothing where the connector is the library's alone.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_file(
    studio: State<'_, Studio>,
    id: String,
) -> Result<Option<LinkedFile>, AppError> {
    studio.connector_file(&id).await.map_err(Into::into)
}

/// What a connector's file says, beside what is in the editor.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_file_text(
    studio: State<'_, Studio>,
    id: String,
    mine: String,
) -> Result<ConnectorFileText, AppError> {
    studio
        .connector_file_text(&id, &mine)
        .await
        .map_err(Into::into)
}

/// Takes what the file says, in the state of this hash, in place of what is here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_take_file(
    studio: State<'_, Studio>,
    id: String,
    hash: String,
) -> Result<ConnectorOpened, AppError> {
    studio
        .connector_take_file(&id, &hash)
        .await
        .map_err(Into::into)
}

/// Lets the person choose where a connector is saved from now on, and writes it there; nothing where the dialog is
/// closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_link(
    app: AppHandle,
    studio: State<'_, Studio>,
    id: String,
) -> Result<Option<ConnectorOpened>, AppError> {
    let name = studio.connector_file_name(&id).await?;
    let dialog = app.dialog().file().set_file_name(name);
    let Some(path) = chosen(|answer| dialog.save_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(studio.connector_link(&id, &path).await?))
}

/// Leaves a connector's file; the connector is the library's alone from now on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_unlink(
    studio: State<'_, Studio>,
    id: String,
) -> Result<ConnectorOpened, AppError> {
    studio.connector_unlink(&id).await.map_err(Into::into)
}
