//! A discovery document: taken only for the issuer that it names to the letter, and its words are plain.
//!
//! The first line is the issuer that was asked, all behind it is the document.

use latchwork_engine::fuzzing::oauth;

use crate::input::{first_line_bytes, text};

/// An issuer and a document.
pub fn run(data: &[u8]) {
    let (issuer, document) = first_line_bytes(data);
    let issuer = text(issuer);
    match oauth::discovery(document, &issuer) {
        Ok(metadata) => {
            assert_eq!(metadata.issuer, issuer);
            // None of these fails, whatever the endpoints are.
            let _ = metadata.foreign_origins();
            let _ = metadata.client_auth(true);
        }
        Err(error) => {
            let said = error.to_string().replace(&*issuer, "");
            assert!(!said.contains(char::is_control), "{said:?}");
        }
    }
}
