//! Reading and writing app files. What all formats have in common is [`crate::read`]'s.

use super::{App, validate_app};
use crate::read::{FileError, FileKind, valid, written};

/// Reads an app file that must be valid.
pub fn read_app(text: &str) -> Result<App, FileError> {
    valid(read_app_shape(text)?, validate_app)
}

/// Reads an app file's shape alone: what an editor holds may break a rule for a while.
pub fn read_app_shape(text: &str) -> Result<App, FileError> {
    FileKind::App.read(text)
}

/// Writes an app as it stands in a file: stable order, two spaces, a line end at the end.
pub fn write_app(app: &App) -> String {
    written(app)
}
