//! A run that waits for the browser. The address that it waits for never crosses to a window.

use latchwork_studio::{AppError, desktop_error};
use tauri::{AppHandle, State};
use tauri_plugin_clipboard_manager::ClipboardExt as _;

use crate::host::Studio;

/// Opens the browser once more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_browser_open(
    studio: State<'_, Studio>,
    run_id: String,
    step: String,
) -> Result<(), AppError> {
    studio
        .run_browser_open(&run_id, &step)
        .await
        .map_err(Into::into)
}

/// Puts the address on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_browser_copy(
    app: AppHandle,
    studio: State<'_, Studio>,
    run_id: String,
    step: String,
) -> Result<(), AppError> {
    let address = studio.run_browser_address(&run_id, &step)?;
    app.clipboard()
        .write_text(address)
        .map_err(|error| desktop_error("The clipboard could not be written", &error))
}

/// Takes the address that the browser ended at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_callback_paste(
    studio: State<'_, Studio>,
    run_id: String,
    step: String,
    address: String,
) -> Result<(), AppError> {
    studio
        .run_callback_paste(&run_id, &step, &address)
        .map_err(Into::into)
}
