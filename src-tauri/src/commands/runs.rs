//! Runs: started, answered, cancelled, looked at.

use std::collections::BTreeMap;

use latchwork_studio::{AppError, RunStart, RunSummary, RunUpdate, SentRequest, exchange_as_curl};
use tauri::State;
use tauri::ipc::Channel;

use crate::host::Studio;

/// Starts a run; what happens in it comes over the channel.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_start(
    studio: State<'_, Studio>,
    request: RunStart,
    channel: Channel<RunUpdate>,
) -> Result<String, AppError> {
    // A window that has gone away hears nothing more; the run is cancelled with it.
    studio
        .run_start(request, move |update| channel.send(update).is_ok())
        .await
        .map_err(Into::into)
}

/// Answers a form.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_answer(
    studio: State<'_, Studio>,
    run_id: String,
    step: String,
    values: BTreeMap<String, String>,
) -> Result<(), AppError> {
    studio
        .run_answer(&run_id, &step, &values)
        .map_err(Into::into)
}

/// Closes a form without an answer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_decline(
    studio: State<'_, Studio>,
    run_id: String,
    step: String,
) -> Result<(), AppError> {
    studio.run_decline(&run_id, &step).map_err(Into::into)
}

/// Cancels a run.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_cancel(studio: State<'_, Studio>, run_id: String) -> Result<(), AppError> {
    studio.run_cancel(&run_id);
    Ok(())
}

/// A request of a run as a cURL command, hidden values as variables of the shell.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_request_as_curl(request: SentRequest) -> Result<String, AppError> {
    Ok(exchange_as_curl(&request))
}

/// Shows one masked value, on a person's click.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_reveal(
    studio: State<'_, Studio>,
    run_id: String,
    pointer: String,
) -> Result<String, AppError> {
    studio.run_reveal(&run_id, &pointer).map_err(Into::into)
}

/// A connector's last runs.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_list(
    studio: State<'_, Studio>,
    connector_id: String,
) -> Result<Vec<RunSummary>, AppError> {
    studio.run_list(&connector_id).await.map_err(Into::into)
}

/// What happened in a past run, masked.
#[tauri::command]
#[specta::specta]
pub(crate) async fn run_get(
    studio: State<'_, Studio>,
    run: String,
) -> Result<Vec<RunUpdate>, AppError> {
    studio.run_get(&run).await.map_err(Into::into)
}
