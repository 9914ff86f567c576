//! Where everything is kept when nobody says otherwise.

use std::path::PathBuf;

/// The platform's folder for a program's data, such as `~/.local/share/latchwork`.
pub fn default_data_dir() -> PathBuf {
    dirs::data_local_dir()
        .unwrap_or_else(|| PathBuf::from("."))
        .join("latchwork")
}
