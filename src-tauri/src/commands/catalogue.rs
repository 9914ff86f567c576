//! The catalogue of ready-made connectors.

use latchwork_studio::{AppError, CatalogueEntry, ConnectorOpened};
use tauri::State;

use crate::host::Studio;

/// The entries that fit a query, the best first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn catalogue_list(
    studio: State<'_, Studio>,
    query: String,
) -> Result<Vec<CatalogueEntry>, AppError> {
    Ok(studio.catalogue_list(&query))
}

/// Adds an entry's connector to the library.
#[tauri::command]
#[specta::specta]
pub(crate) async fn catalogue_add(
    studio: State<'_, Studio>,
    id: String,
) -> Result<ConnectorOpened, AppError> {
    studio.catalogue_add(&id).await.map_err(Into::into)
}
