//! The library: connectors and their drafts.

use latchwork_studio::{AppError, ConnectorKind, ConnectorOpened, ConnectorPage, DraftSaved};
use tauri::State;

use crate::host::Studio;

/// A hundred of the connectors whose name or address holds the query, from `offset` on.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_list(
    studio: State<'_, Studio>,
    query: String,
    offset: u32,
) -> Result<ConnectorPage, AppError> {
    studio
        .connector_page(&query, offset)
        .await
        .map_err(Into::into)
}

/// Adds a connector.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_create(
    studio: State<'_, Studio>,
    name: String,
    kind: ConnectorKind,
    base_url: String,
) -> Result<ConnectorOpened, AppError> {
    studio
        .connector_create(&name, kind, &base_url)
        .await
        .map_err(Into::into)
}

/// Opens a connector, with its draft.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_open(
    studio: State<'_, Studio>,
    id: String,
) -> Result<ConnectorOpened, AppError> {
    studio.connector_open(&id).await.map_err(Into::into)
}

/// Adds a copy under a new name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_duplicate(
    studio: State<'_, Studio>,
    id: String,
) -> Result<ConnectorOpened, AppError> {
    studio.connector_duplicate(&id).await.map_err(Into::into)
}

/// Takes a connector out of the library, with its cached auth.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_delete(
    studio: State<'_, Studio>,
    id: String,
) -> Result<(), AppError> {
    studio.connector_delete(&id).await.map_err(Into::into)
}

/// Saves a connector over the revision that was opened, and to its file. `over`: the state of the file that was seen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_save(
    studio: State<'_, Studio>,
    id: String,
    document: String,
    revision: i64,
    over: Option<String>,
) -> Result<ConnectorOpened, AppError> {
    studio
        .connector_save_over(&id, &document, revision, over.as_deref())
        .await
        .map_err(Into::into)
}

/// Keeps unsaved work.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_save(
    studio: State<'_, Studio>,
    id: String,
    document: String,
) -> Result<DraftSaved, AppError> {
    studio.draft_save(&id, &document).await.map_err(Into::into)
}

/// Drops unsaved work.
#[tauri::command]
#[specta::specta]
pub(crate) async fn draft_discard(studio: State<'_, Studio>, id: String) -> Result<(), AppError> {
    studio.draft_discard(&id).await.map_err(Into::into)
}
