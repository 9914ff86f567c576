//! One studio a person: who starts it once more brings the window of the one that runs to the front.
//!
//! It is a courtesy and nothing relies on it: two processes may share one database (SAFETY Z38). So nothing that goes
//! wrong here keeps a person from a window.

use tauri::{App, AppHandle, Manager as _, Runtime};

/// How often the one that runs is looked for. A killed one is known to the bus until its memory is given back; who is
/// handed over to it meanwhile hears that it is gone, and by then its name is free. More than one in a row would be
/// several that are killed at once.
const ATTEMPTS: usize = 3;

/// Becomes the one that runs, or hands over to it and ends this process. It comes before anything is opened.
pub(crate) fn claim<R: Runtime>(app: &App<R>) {
    for _ in 0..ATTEMPTS {
        let plugin = tauri_plugin_single_instance::init(|app, _arguments, _folder| to_front(app));
        if app.handle().plugin(plugin).is_ok() {
            return;
        }
    }
}

/// Of what another process hands over only a link of ours is looked at, by the deep-link plugin's listener
/// (`deep_link.rs`), as outside input. Beside that the window comes to the front, and that is all.
fn to_front<R: Runtime>(app: &AppHandle<R>) {
    if let Some(window) = app.get_webview_window("studio") {
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}
