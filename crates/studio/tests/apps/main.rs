//! Apps as a window uses them: in the library, in files, and what their editor is told.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails says where by its panic"
)]

mod desk;
mod editor;
mod files;
mod library;
