//! Notices: what happened outside any run.

use latchwork_studio::{AppError, StudioNotice};
use tauri::State;
use tauri::ipc::Channel;

use crate::host::Studio;

/// Listens to notices, those that wait first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notice_watch(
    studio: State<'_, Studio>,
    channel: Channel<StudioNotice>,
) -> Result<(), AppError> {
    studio.notice_watch(move |notice| channel.send(notice).is_ok());
    Ok(())
}
