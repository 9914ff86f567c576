//! Sealed bundles of shared credentials. Their contents never cross to a window.

use latchwork_studio::{AppError, BundleOpened};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use super::desktop::chosen;
use crate::host::Studio;

/// How a bundle's file name ends.
const EXTENSIONS: &[&str] = &["latchwork-bundle"];

/// Seals the shared credentials of a connector and lets the person choose where to; the path that was written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bundle_seal(
    app: AppHandle,
    studio: State<'_, Studio>,
    connector_id: String,
    passphrase: String,
) -> Result<Option<String>, AppError> {
    let bundle = studio.bundle_of(&connector_id, &passphrase).await?;
    let name = studio.bundle_file_name(&connector_id).await?;
    let dialog = app.dialog().file().set_file_name(name);
    let Some(path) = chosen(|answer| dialog.save_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(
        latchwork_studio::Studio::bundle_write(&path, bundle).await?,
    ))
}

/// Lets the person choose a bundle and opens it; nothing where the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bundle_open(
    app: AppHandle,
    studio: State<'_, Studio>,
    passphrase: String,
) -> Result<Option<BundleOpened>, AppError> {
    let dialog = app.dialog().file().add_filter("Bundle", EXTENSIONS);
    let Some(path) = chosen(|answer| dialog.pick_file(answer)).await else {
        return Ok(None);
    };
    let bundle = latchwork_studio::Studio::bundle_read(&path).await?;
    Ok(Some(studio.bundle_open(bundle, &passphrase).await?))
}
