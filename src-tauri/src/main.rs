//! Latchwork's desktop studio.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

use std::process::ExitCode;

use latchwork_desktop::StartOptions;

fn main() -> ExitCode {
    let data_dir = std::env::var_os("LATCHWORK_DATA_DIR")
        .filter(|folder| !folder.is_empty())
        .map(Into::into);
    latchwork_desktop::run(StartOptions::read(std::env::args().skip(1), data_dir))
}
