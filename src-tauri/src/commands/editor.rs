//! What the editor asks while a connector is written.

use latchwork_studio::{
    AppError, Finding, StepParsed, StepPlace, StepReference, StepRenamed, TemplateName,
};
use tauri::State;

use crate::host::Studio;

/// What the validation and the checker say.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_check(
    studio: State<'_, Studio>,
    document: String,
) -> Result<Vec<Finding>, AppError> {
    Ok(studio.connector_check(&document))
}

/// The names that exist at a place.
#[tauri::command]
#[specta::specta]
pub(crate) async fn template_names(
    studio: State<'_, Studio>,
    document: String,
    path: String,
) -> Result<Vec<TemplateName>, AppError> {
    studio.template_names(&document, &path).map_err(Into::into)
}

/// Gives a step another id and rewrites every reference to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_rename(
    studio: State<'_, Studio>,
    document: String,
    from: String,
    to: String,
) -> Result<StepRenamed, AppError> {
    studio
        .step_rename(&document, &from, &to)
        .map_err(Into::into)
}

/// The places that use a step.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_references(
    studio: State<'_, Studio>,
    document: String,
    step: String,
) -> Result<Vec<StepReference>, AppError> {
    studio.step_references(&document, &step).map_err(Into::into)
}

/// A step out of a pasted text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_parse(
    studio: State<'_, Studio>,
    document: String,
    text: String,
    place: StepPlace,
) -> Result<StepParsed, AppError> {
    studio
        .step_parse(&document, &text, place)
        .map_err(Into::into)
}
