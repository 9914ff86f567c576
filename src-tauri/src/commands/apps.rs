//! The library of apps, and their preview.

use latchwork_studio::{
    AppError, AppOpened, AppSource, AppSummary, BindableConnector, DraftSaved, Finding,
    StepRenamed, TemplateName,
};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use super::desktop::chosen;
use crate::host::Studio;
use crate::windows::open_app_window;

/// The apps, by name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_list(studio: State<'_, Studio>) -> Result<Vec<AppSummary>, AppError> {
    studio.app_list().await.map_err(Into::into)
}

/// Adds an app with one empty screen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_create(
    studio: State<'_, Studio>,
    name: String,
) -> Result<AppOpened, AppError> {
    studio.app_create(&name).await.map_err(Into::into)
}

/// Opens an app, with its draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_open(studio: State<'_, Studio>, id: String) -> Result<AppOpened, AppError> {
    studio.app_open(&id).await.map_err(Into::into)
}

/// Adds a copy under a new name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_duplicate(
    studio: State<'_, Studio>,
    id: String,
) -> Result<AppOpened, AppError> {
    studio.app_duplicate(&id).await.map_err(Into::into)
}

/// Takes an app out of the library.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_delete(studio: State<'_, Studio>, id: String) -> Result<(), AppError> {
    studio.app_delete(&id).await.map_err(Into::into)
}

/// Saves an app over the revision that was opened.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_save(
    studio: State<'_, Studio>,
    id: String,
    document: String,
    revision: i64,
) -> Result<AppOpened, AppError> {
    studio
        .app_save(&id, &document, revision)
        .await
        .map_err(Into::into)
}

/// Keeps unsaved work.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_draft_save(
    studio: State<'_, Studio>,
    id: String,
    document: String,
) -> Result<DraftSaved, AppError> {
    studio
        .app_draft_save(&id, &document)
        .await
        .map_err(Into::into)
}

/// Drops unsaved work.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_draft_discard(
    studio: State<'_, Studio>,
    id: String,
) -> Result<(), AppError> {
    studio.app_draft_discard(&id).await.map_err(Into::into)
}

/// What the validation and the checker say of an app's document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_check(
    studio: State<'_, Studio>,
    document: String,
) -> Result<Vec<Finding>, AppError> {
    studio.app_check(&document).await.map_err(Into::into)
}

/// The names that exist at a place of an app.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_template_names(
    studio: State<'_, Studio>,
    document: String,
    path: String,
) -> Result<Vec<TemplateName>, AppError> {
    studio
        .app_template_names(&document, &path)
        .await
        .map_err(Into::into)
}

/// Gives a control another id and rewrites every reference to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_control_rename(
    studio: State<'_, Studio>,
    document: String,
    from: String,
    to: String,
) -> Result<StepRenamed, AppError> {
    studio
        .app_control_rename(&document, &from, &to)
        .await
        .map_err(Into::into)
}

/// The library's connectors with what can be called of each.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_connectors(
    studio: State<'_, Studio>,
) -> Result<Vec<BindableConnector>, AppError> {
    studio.app_connectors().await.map_err(Into::into)
}

/// Adds an app from a file's text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_import_text(
    studio: State<'_, Studio>,
    text: String,
) -> Result<AppOpened, AppError> {
    studio.app_import_text(&text).await.map_err(Into::into)
}

/// Lets the person choose a file and adds the app in it; nothing where the dialog is closed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_import_file(
    app: AppHandle,
    studio: State<'_, Studio>,
) -> Result<Option<AppOpened>, AppError> {
    let dialog = app.dialog().file().add_filter("App", &["json"]);
    let Some(path) = chosen(|answer| dialog.pick_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(studio.app_import_file(&path).await?))
}

/// Lets the person choose where to write an app; the path that was written.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_export(
    app: AppHandle,
    studio: State<'_, Studio>,
    id: String,
    with_connectors: bool,
) -> Result<Option<String>, AppError> {
    let name = studio.app_file_name(&id).await?;
    let dialog = app.dialog().file().set_file_name(name);
    let Some(path) = chosen(|answer| dialog.save_file(answer)).await else {
        return Ok(None);
    };
    Ok(Some(studio.app_export(&id, &path, with_connectors).await?))
}

/// Opens the preview of an app as it stands in the editor, in a window of its own.
#[tauri::command]
#[specta::specta]
pub(crate) async fn app_preview(
    app: AppHandle,
    studio: State<'_, Studio>,
    id: String,
    document: String,
) -> Result<(), AppError> {
    let prepared = studio
        .app_prepare(AppSource::Preview { id, document })
        .await?;
    open_app_window(&app, &studio, &prepared)
}
