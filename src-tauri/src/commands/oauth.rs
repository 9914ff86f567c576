//! What the editor's OAuth forms ask.

use latchwork_studio::{AppError, Discovered, RedirectAddresses, TokenView};
use tauri::{AppHandle, State};

use crate::deep_link;
use crate::host::Studio;

/// What an issuer says of its endpoints.
#[tauri::command]
#[specta::specta]
pub(crate) async fn oauth_discover(
    studio: State<'_, Studio>,
    issuer: String,
) -> Result<Discovered, AppError> {
    studio.oauth_discover(&issuer).await.map_err(Into::into)
}

/// The redirect addresses to register at a provider.
#[tauri::command]
#[specta::specta]
pub(crate) async fn oauth_redirect_addresses(
    app: AppHandle,
) -> Result<RedirectAddresses, AppError> {
    Ok(deep_link::addresses(app).await)
}

/// Looks into a token that a run left, on a person's click.
#[tauri::command]
#[specta::specta]
pub(crate) async fn token_inspect(
    studio: State<'_, Studio>,
    run_id: String,
    pointer: String,
) -> Result<TokenView, AppError> {
    studio.token_inspect(&run_id, &pointer).map_err(Into::into)
}
