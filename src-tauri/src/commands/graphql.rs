//! What the editor of GraphQL requests asks: the schema of their API.

use latchwork_studio::{AppError, GraphqlSchema};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;

use super::desktop::chosen;
use crate::host::Studio;

/// The schema that is kept for the request at a place of a document.
#[tauri::command]
#[specta::specta]
pub(crate) async fn graphql_schema(
    studio: State<'_, Studio>,
    connector_id: String,
    document: String,
    place: String,
) -> Result<Option<GraphqlSchema>, AppError> {
    let schema = studio.graphql_schema(&connector_id, &document, &place);
    schema.await.map_err(Into::into)
}

/// Asks the API for its schema, and keeps it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn graphql_schema_fetch(
    studio: State<'_, Studio>,
    connector_id: String,
    document: String,
    place: String,
) -> Result<GraphqlSchema, AppError> {
    let schema = studio.graphql_schema_fetch(&connector_id, &document, &place);
    schema.await.map_err(Into::into)
}

/// Keeps the schema in a file that the person chooses; none where they choose none.
#[tauri::command]
#[specta::specta]
pub(crate) async fn graphql_schema_choose(
    app: AppHandle,
    studio: State<'_, Studio>,
    connector_id: String,
    document: String,
    place: String,
) -> Result<Option<GraphqlSchema>, AppError> {
    let dialog = app.dialog().file();
    let dialog = dialog.add_filter("GraphQL schema", &["graphql", "graphqls", "gql", "json"]);
    let Some(path) = chosen(|answer| dialog.pick_file(answer)).await else {
        return Ok(None);
    };
    let schema = studio.graphql_schema_from_file(&connector_id, &document, &place, &path);
    Ok(Some(schema.await?))
}

/// Drops the schema that is kept.
#[tauri::command]
#[specta::specta]
pub(crate) async fn graphql_schema_forget(
    studio: State<'_, Studio>,
    connector_id: String,
    document: String,
    place: String,
) -> Result<(), AppError> {
    let forgotten = studio.graphql_schema_forget(&connector_id, &document, &place);
    forgotten.await.map_err(Into::into)
}
