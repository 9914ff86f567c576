//! The practice provider and its samples.

use latchwork_studio::{AppError, SandboxStatus};
use tauri::State;

use crate::host::Studio;

/// Starts the practice provider.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sandbox_start(studio: State<'_, Studio>) -> Result<SandboxStatus, AppError> {
    studio.sandbox_start().await.map_err(Into::into)
}

/// Stops the practice provider.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sandbox_stop(studio: State<'_, Studio>) -> Result<SandboxStatus, AppError> {
    studio.sandbox_stop().await.map_err(Into::into)
}

/// Adds the sample connectors; their ids.
#[tauri::command]
#[specta::specta]
pub(crate) async fn samples_add(studio: State<'_, Studio>) -> Result<Vec<String>, AppError> {
    studio.samples_add().await.map_err(Into::into)
}
