//! Opens the studio's data, then its window.

use std::process::ExitCode;
use std::sync::Arc;

use latchwork_studio::{KeyChoice, StudioOptions};
use tauri::{App, Manager as _};

use crate::commands::is_allowed;
use crate::host::{StartOptions, SystemBrowser};
use crate::{bindings, deep_link, single_instance, windows};

/// Runs the desktop studio until its window is closed.
#[expect(
    clippy::print_stderr,
    reason = "without a window there is nowhere else to say it"
)]
pub fn run(options: StartOptions) -> ExitCode {
    let commands = bindings::builder().invoke_handler();
    let mut context = tauri::generate_context!();
    deep_link::use_scheme_of_this_build(&mut context);
    // Another data folder is another studio: tests and portable installs run side by side.
    let is_the_usual_one = options.data_dir.is_none();
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_clipboard_manager::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(
            tauri_plugin_opener::Builder::new()
                .open_js_links_on_click(false)
                .build(),
        )
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(move |invoke| {
            let message = &invoke.message;
            if is_allowed(message.webview_ref().label(), message.command()) {
                return commands(invoke);
            }
            invoke.resolver.reject("this window may not do that");
            true
        })
        .setup(move |app| setup(app, &options))
        .build(context);
    match built {
        Ok(app) => {
            if is_the_usual_one {
                single_instance::claim(&app);
            }
            app.run(|_, _| {});
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("Latchwork could not start: {error}");
            ExitCode::FAILURE
        }
    }
}

fn setup(app: &mut App, options: &StartOptions) -> Result<(), Box<dyn std::error::Error>> {
    let studio_options = StudioOptions {
        data_dir: options.data_dir.clone(),
        key: KeyChoice::Keyring,
    };
    match tauri::async_runtime::block_on(latchwork_studio::Studio::open(studio_options)) {
        Ok(studio) => {
            let browser = Arc::new(SystemBrowser(app.handle().clone()));
            let studio = Arc::new(studio.with_browser(browser));
            if options.practice {
                tauri::async_runtime::block_on(studio.practice_begin())?;
            }
            tauri::async_runtime::block_on(async { studio.watch_sessions() });
            app.manage(options.clone());
            app.manage(studio);
            deep_link::listen(app.handle());
            match (&options.app, &options.connector) {
                (Some(file), _) => {
                    windows::open_app_file(app.handle(), file.clone(), |app| app.exit(1));
                }
                (None, Some(file)) => windows::open_connector_file(app.handle(), file.clone()),
                (None, None) => windows::open_studio(app, options, None)?,
            }
            if options.data_dir.is_none() {
                deep_link::claim(app.handle());
            }
            Ok(())
        }
        Err(error) => {
            let error = error.into();
            let title = "Latchwork cannot open its data";
            windows::refuse(app.handle(), title, &error, |app| app.exit(1));
            Ok(())
        }
    }
}
