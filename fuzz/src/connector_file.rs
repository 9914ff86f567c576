//! A connector file: never a panic, every fault at a place of the document, and what is accepted is written out
//! and read back the same.

use latchwork_model::{FileError, check, fingerprint, read_connector, write_connector};
use serde_json::Value;

use crate::input::text;
use crate::place::leads_somewhere;

/// The file's text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let connector = match read_connector(&text) {
        Ok(connector) => connector,
        Err(error) => return names_places(&text, &error),
    };
    let written = write_connector(&connector);
    let back = read_connector(&written)
        .unwrap_or_else(|error| panic!("what was written is refused: {error}\n{written}"));
    assert_eq!(back, connector, "another connector came back");
    assert_eq!(write_connector(&back), written, "it is written otherwise");
    assert_eq!(fingerprint(&back), fingerprint(&connector));
    let document = parsed(&text).expect("an accepted file is JSON");
    for finding in check(&connector) {
        assert!(
            leads_somewhere(&document, &finding.path),
            "the checker's `{}` is no place: {}",
            finding.path,
            finding.message
        );
    }
}

fn parsed(text: &str) -> Option<Value> {
    serde_json::from_str(text.strip_prefix('\u{feff}').unwrap_or(text)).ok()
}

fn names_places(text: &str, error: &FileError) {
    assert!(!error.findings.is_empty(), "refused without a reason");
    let document = parsed(text);
    for finding in &error.findings {
        assert!(!finding.message.is_empty() && !finding.help.is_empty());
        match &document {
            Some(document) => assert!(
                leads_somewhere(document, &finding.path),
                "`{}` is no place: {}",
                finding.path,
                finding.message
            ),
            None => assert_eq!(finding.path, "", "there is no document to have a place in"),
        }
    }
}
