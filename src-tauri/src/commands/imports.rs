//! Imports and exports of other tools' formats: shown first, saved when the person says so.

use latchwork_studio::wire::{ConnectorExported, ExportKind};
use latchwork_studio::{AppError, ConnectorOpened, GivenSecret, ImportPreview};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use super::desktop::chosen;
use crate::host::Studio;

/// What an import of a text would bring; nothing is saved. An environment goes onto the preview of its collection.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_preview(
    studio: State<'_, Studio>,
    text: String,
    onto: Option<String>,
) -> Result<ImportPreview, AppError> {
    studio
        .import_preview(text, onto.as_deref())
        .await
        .map_err(Into::into)
}

/// Lets the person choose a file and says what an import of it would bring; nothing where the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_preview_file(
    app: AppHandle,
    studio: State<'_, Studio>,
    onto: Option<String>,
) -> Result<Option<ImportPreview>, AppError> {
    let dialog = app.dialog().file().add_filter(
        "Connector, OpenAPI, Postman, cURL",
        &["json", "yaml", "yml", "sh", "txt", "curl"],
    );
    let Some(path) = chosen(|answer| dialog.pick_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(
        studio.import_preview_file(&path, onto.as_deref()).await?,
    ))
}

/// Imports what was shown.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_commit(
    studio: State<'_, Studio>,
    id: String,
    name: String,
    secrets: Vec<GivenSecret>,
) -> Result<ConnectorOpened, AppError> {
    studio
        .import_commit(&id, &name, &secrets)
        .await
        .map_err(Into::into)
}

/// Drops what was shown.
#[tauri::command]
#[specta::specta]
pub(crate) async fn import_discard(studio: State<'_, Studio>, id: String) -> Result<(), AppError> {
    studio.import_discard(&id);
    Ok(())
}

/// A connector as a text of another tool, to look at and to copy.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_export_text(
    studio: State<'_, Studio>,
    id: String,
    kind: ExportKind,
) -> Result<ConnectorExported, AppError> {
    studio
        .connector_exported(&id, kind)
        .await
        .map_err(Into::into)
}

/// Lets the person choose where to write such a text; the path that was written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_export_as(
    app: AppHandle,
    studio: State<'_, Studio>,
    id: String,
    kind: ExportKind,
) -> Result<Option<String>, AppError> {
    let name = studio.connector_export_text(&id, kind).await?.file_name;
    let dialog = app.dialog().file().set_file_name(name);
    let Some(path) = chosen(|answer| dialog.save_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(studio.connector_export_as(&id, kind, &path).await?))
}
