//! Imports and exports: one file, or one folder, a foreign format.
//!
//! This crate turns what other tools write into the model's types and back: cURL commands, OpenAPI documents, Postman
//! collections, and whatever a person pastes. Text in, values or an error with its place out: it reads no files, sends
//! nothing and runs no template.
//! What comes from outside is data: `{{` in it is escaped, so that it is never evaluated.

mod clipboard;
mod curl;
mod fence;
mod foreign;
mod literal;
mod note;
mod openapi;
mod postman;
mod secret;
mod unique_names;

pub use clipboard::{ClipboardError, Pasted, recognise};
pub use curl::{
    CurlCollection, CurlError, CurlErrorKind, CurlImport, CurlOptions, CurlScript, CurlVariable,
    Secrets, Sent, from_curl, sent_to_curl, to_curl, to_curl_script,
};
pub use foreign::{
    FILE_LIMIT, ForeignError, ForeignKind, FoundSecret, ImportOptions, Imported, Understood,
    UnderstoodKind, import_text, recognise_file,
};
pub use literal::{Piece, escape, pieces};
pub use note::{Note, NoteKind};
pub use openapi::{
    OPENAPI_LIMIT, OpenApiError, OpenApiErrorKind, OpenApiExport, OpenApiImport, Place,
    from_openapi, to_openapi,
};

/// The largest pasted text that is read, in bytes.
pub const TEXT_LIMIT: usize = 1024 * 1024;
