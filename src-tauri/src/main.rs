//! Latchwork's desktop studio.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

use latchwork_desktop::StartOptions;

fn main() -> ExitCode {
    let data_dir = std::env::var_os("LATCHWORK_DATA_DIR")
        .filter(|folder| !folder.is_empty())
        .map(Into::into);
    // What is not UTF-8 names no file that there is, and is told so.
    let arguments = std::env::args_os().skip(1);
    let arguments = arguments.map(|argument| argument.to_string_lossy().into_owned());
    latchwork_desktop::run(StartOptions::read(arguments, data_dir))
}
