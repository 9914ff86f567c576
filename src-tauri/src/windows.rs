//! The windows: the studio's own, and one for each running app.

use std::path::PathBuf;
use std::sync::Arc;

use latchwork_studio::{APP_WINDOWS, AppError, AppSource, PreparedApp, desktop_error};
use tauri::{
    AppHandle, Manager, Runtime, WebviewUrl, WebviewWindow, WebviewWindowBuilder, WindowEvent,
};
use tauri_plugin_dialog::{DialogExt as _, MessageDialogKind};

use crate::host::{StartOptions, Studio};

/// The studio's window.
pub(crate) const STUDIO: &str = "studio";

/// Whether a window is a running app's.
pub(crate) fn is_app_window(label: &str) -> bool {
    APP_WINDOWS.contains(&label)
}

/// Opens a connector's file in the studio's window; where that cannot be, a dialog of the system's says why, and the
/// studio is as it would be without.
pub(crate) fn open_connector_file<R: Runtime>(app: &AppHandle<R>, file: PathBuf) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(studio) = app.try_state::<Studio>() else {
            return;
        };
        let studio = Arc::clone(&studio);
        let opened = match studio.connector_open_file(&file).await {
            Ok(linked) => studio_to_front(&app, Some(&linked.opened.id)),
            Err(error) => {
                let title = "This connector cannot be opened";
                refuse(&app, title, &error.into(), |_| {});
                studio_to_front(&app, None)
            }
        };
        if let Err(error) = opened {
            let error = desktop_error("The studio's window did not open", &error);
            refuse(&app, "Latchwork cannot open its window", &error, |_| {});
        }
    });
}

/// Brings the studio's window to the front, at a connector where one is named; opens it where only apps were open.
pub(crate) fn studio_to_front<R: Runtime>(
    app: &AppHandle<R>,
    connector: Option<&str>,
) -> tauri::Result<()> {
    let Some(window) = app.get_webview_window(STUDIO) else {
        let options = app.state::<StartOptions>();
        let options = StartOptions {
            app: None,
            ..options.inner().clone()
        };
        return open_studio(app, &options, connector);
    };
    if let Some(id) = connector {
        // Only the part after `#` changes: the page stays, and its editor keeps what is unsaved. To go where it is
        // already would load the page anew.
        let mut address = window.url()?;
        let place = format!("/connector/{id}");
        if address.fragment() != Some(&place) {
            address.set_fragment(Some(&place));
            window.navigate(address)?;
        }
    }
    to_front(&window)
}

/// Opens the studio's window, at a connector where one is named.
pub(crate) fn open_studio<R: Runtime, M: Manager<R>>(
    app: &M,
    options: &StartOptions,
    connector: Option<&str>,
) -> tauri::Result<()> {
    let (width, height) = options.size.unwrap_or((1440.0, 900.0));
    let page = connector.map_or_else(WebviewUrl::default, |id| {
        WebviewUrl::App(format!("index.html#/connector/{id}").into())
    });
    WebviewWindowBuilder::new(app, STUDIO, page)
        .title("Latchwork")
        .inner_size(width, height)
        .min_inner_size(900.0, 600.0)
        // The system's drag and drop would take the page's own away.
        .disable_drag_drop_handler()
        .build()?;
    Ok(())
}

/// Opens the window of an app that was made ready to run, or brings it to the front.
pub(crate) fn open_app_window<R: Runtime, M: Manager<R>>(
    app: &M,
    studio: &Studio,
    prepared: &PreparedApp,
) -> Result<(), AppError> {
    let label = prepared.window.as_str();
    let title = studio.app_title(label)?;
    let opened = match app.get_webview_window(label) {
        Some(window) if prepared.runs => to_front(&window),
        Some(window) => window
            .set_title(&title)
            .and_then(|()| window.reload())
            .and_then(|()| to_front(&window)),
        None => build_app_window(app, studio, label, title),
    };
    opened.map_err(|error| {
        studio.app_closed(label);
        desktop_error("The app's window did not open", &error)
    })
}

fn build_app_window<R: Runtime, M: Manager<R>>(
    app: &M,
    studio: &Studio,
    label: &str,
    title: String,
) -> tauri::Result<()> {
    let options = app.try_state::<StartOptions>();
    let size = options.and_then(|options| options.size.filter(|_| options.app.is_some()));
    let (width, height) = size.unwrap_or((1100.0, 800.0));
    let window = WebviewWindowBuilder::new(app, label, WebviewUrl::App("app.html".into()))
        .title(title)
        .inner_size(width, height)
        .min_inner_size(600.0, 480.0)
        .build()?;
    let (studio, label) = (Arc::clone(studio), label.to_owned());
    window.on_window_event(move |event| {
        if matches!(event, WindowEvent::Destroyed) {
            studio.app_closed(&label);
        }
    });
    Ok(())
}

/// Brings a window to the front, wherever it was.
pub(crate) fn to_front<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.unminimize()?;
    window.set_focus()
}

/// Opens an app's file in a window of its own; where that cannot be, a dialog of the system's says why, and then
/// `or_else` is done.
pub(crate) fn open_app_file<R: Runtime>(
    app: &AppHandle<R>,
    file: PathBuf,
    or_else: impl FnOnce(&AppHandle<R>) + Send + 'static,
) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let Some(studio) = app.try_state::<Studio>() else {
            return;
        };
        let studio = Arc::clone(&studio);
        let prepared = studio.app_prepare(AppSource::File(file)).await;
        let opened = match prepared {
            Ok(prepared) => open_app_window(&app, &studio, &prepared),
            Err(error) => Err(error.into()),
        };
        if let Err(error) = opened {
            refuse(&app, "This app cannot be opened", &error, or_else);
        }
    });
}

/// Says in a dialog of the system's why something cannot be opened.
pub(crate) fn refuse<R: Runtime>(
    app: &AppHandle<R>,
    title: &str,
    error: &AppError,
    then: impl FnOnce(&AppHandle<R>) + Send + 'static,
) {
    let hint = error.hint.clone().unwrap_or_default();
    let handle = app.clone();
    app.dialog()
        .message(format!("{}\n\n{hint}", error.message))
        .title(title)
        .kind(MessageDialogKind::Error)
        .show(move |_| then(&handle));
}
