//! One studio a person: who starts it once more brings the window of the one that runs to the front.
//!
//! It is a courtesy and nothing relies on it: two processes may share one database (SAFETY Z38). So nothing that goes
//! wrong here keeps a person from a window.

use std::path::Path;

use tauri::{App, AppHandle, Runtime};

use crate::host::StartOptions;
use crate::windows::{open_app_file, open_connector_file, studio_to_front};

/// How often the one that runs is looked for. A killed one is known to the bus until its memory is given back; who is
/// handed over to it meanwhile hears that it is gone, and by then its name is free. More than one in a row would be
/// several that are killed at once.
const ATTEMPTS: usize = 3;

/// Becomes the one that runs, or hands over to it and ends this process. It comes before anything is opened.
pub(crate) fn claim<R: Runtime>(app: &App<R>) {
    for _ in 0..ATTEMPTS {
        let plugin = tauri_plugin_single_instance::init(|app, arguments, folder| {
            handed_over(app, arguments, &folder);
        });
        if app.handle().plugin(plugin).is_ok() {
            return;
        }
    }
}

/// What another process hands over is outside input: any program could have called. A link of ours is looked at by the
/// deep-link plugin's listener (`deep_link.rs`). An app's file is opened as one that somebody opened, which shows a
/// window and sends nothing before its person has signed in to what it needs or had before. A connector's file is opened
/// in the editor, which sends nothing either. Else the studio's window comes to the front, and that is all.
fn handed_over<R: Runtime>(app: &AppHandle<R>, arguments: Vec<String>, folder: &str) {
    let options = StartOptions::read(arguments.into_iter().skip(1), None);
    if let Some(file) = options.app {
        open_app_file(app, Path::new(folder).join(file), |_| {});
        return;
    }
    match options.connector {
        Some(file) => open_connector_file(app, Path::new(folder).join(file)),
        // What a window does not do costs its person a look for it, and nothing else.
        None => drop(studio_to_front(app, None)),
    }
}
