//! The windows: the studio's own, and one for each running app.

use latchwork_studio::{AppError, desktop_error};
use tauri::{Manager, Runtime, WebviewUrl, WebviewWindowBuilder, WindowEvent};

use crate::host::{StartOptions, Studio};

/// Opens the window of an app that was made ready to run.
pub(crate) fn open_app_window<R: Runtime, M: Manager<R>>(
    app: &M,
    studio: &Studio,
    label: &str,
) -> Result<(), AppError> {
    let (width, height) = app
        .try_state::<StartOptions>()
        .and_then(|options| options.size)
        .unwrap_or((1100.0, 800.0));
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App("app.html".into()))
        .title(studio.app_title(label)?)
        .inner_size(width, height)
        .min_inner_size(600.0, 480.0)
        .build()
        .map_err(|error| desktop_error("The app's window did not open", &error))?;
    let (studio, label) = (Studio::clone(studio), label.to_owned());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            studio.app_closed(&label);
        }
    });
    Ok(())
}
