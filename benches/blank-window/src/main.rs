//! A Tauri window with one field in its page, and nothing else: what the `start` benchmark measures the studio
//! against. Built in the same run, of the same Tauri.
//!
//! Not here: commands, plugins, data. What a window costs by itself is all that this has.

use std::process::ExitCode;

fn main() -> ExitCode {
    match tauri::Builder::default().run(tauri::generate_context!()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::FAILURE,
    }
}
