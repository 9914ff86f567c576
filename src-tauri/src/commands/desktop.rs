//! What only a desktop has: file dialogs, the clipboard, the system's browser.

use std::path::PathBuf;

use latchwork_studio::{AppError, desktop_error};
use tauri::AppHandle;
use tauri_plugin_clipboard_manager::ClipboardExt as _;
use tauri_plugin_dialog::{DialogExt as _, FilePath};
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::oneshot;

/// Lets the person choose a certificate's file; its path, or nothing where the dialog is closed. It is not read here.
#[tauri::command]
#[specta::specta]
pub(crate) async fn certificate_choose(app: AppHandle) -> Result<Option<String>, AppError> {
    let dialog = app.dialog().file();
    let dialog = dialog.add_filter("Certificate (PEM)", &["pem", "crt", "cer"]);
    let chosen = chosen(|answer| dialog.pick_file(answer)).await;
    Ok(chosen.map(|path| path.display().to_string()))
}

/// What a dialog gives to its callback; nothing where it was closed.
pub(super) async fn chosen(
    ask: impl FnOnce(Box<dyn FnOnce(Option<FilePath>) + Send>),
) -> Option<PathBuf> {
    let (sender, answer) = oneshot::channel();
    ask(Box::new(move |path| drop(sender.send(path))));
    answer.await.ok()??.into_path().ok()
}

/// The clipboard's text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clipboard_read(app: AppHandle) -> Result<String, AppError> {
    app.clipboard()
        .read_text()
        .map_err(|error| desktop_error("The clipboard has no text", &error))
}

/// Puts a text on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn clipboard_write(app: AppHandle, text: String) -> Result<(), AppError> {
    app.clipboard()
        .write_text(text)
        .map_err(|error| desktop_error("The clipboard could not be written", &error))
}

/// Opens an http or https address in the system's browser.
#[tauri::command]
#[specta::specta]
pub(crate) async fn link_open(app: AppHandle, url: String) -> Result<(), AppError> {
    let url = latchwork_studio::browser_address(&url)?;
    app.opener()
        .open_url(url, None::<&str>)
        .map_err(|error| desktop_error("The browser could not be opened", &error))
}
