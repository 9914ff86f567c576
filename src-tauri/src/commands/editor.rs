//! What the editor asks while a connector is written.

use latchwork_studio::{
    AppError, Finding, StepParsed, StepPlace, StepReference, StepRenamed, TemplateName,
};

/// What the validation and the checker say.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connector_check(document: String) -> Result<Vec<Finding>, AppError> {
    Ok(latchwork_studio::connector_check(&document))
}

/// The names that exist at a place.
#[tauri::command]
#[specta::specta]
pub(crate) async fn template_names(
    document: String,
    path: String,
) -> Result<Vec<TemplateName>, AppError> {
    latchwork_studio::template_names(&document, &path).map_err(Into::into)
}

/// Gives a step another id and rewrites every reference to it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_rename(
    document: String,
    from: String,
    to: String,
) -> Result<StepRenamed, AppError> {
    latchwork_studio::step_rename(&document, &from, &to).map_err(Into::into)
}

/// The document with its preset as the steps, request parameters and signing that it is made of.
#[tauri::command]
#[specta::specta]
pub(crate) async fn auth_turn_into_multistep(document: String) -> Result<String, AppError> {
    latchwork_studio::auth_turn_into_multistep(&document).map_err(Into::into)
}

/// The places that use a step.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_references(
    document: String,
    step: String,
) -> Result<Vec<StepReference>, AppError> {
    latchwork_studio::step_references(&document, &step).map_err(Into::into)
}

/// A step out of a pasted text.
#[tauri::command]
#[specta::specta]
pub(crate) async fn step_parse(
    document: String,
    text: String,
    place: StepPlace,
) -> Result<StepParsed, AppError> {
    latchwork_studio::step_parse(&document, &text, place).map_err(Into::into)
}
