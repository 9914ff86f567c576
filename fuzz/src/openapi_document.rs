//! An OpenAPI document, JSON or YAML: refused with its place, or a valid connector in which the checker finds no
//! error, the same one each time, and which is written as a document that is read back with as many endpoints.

use latchwork_exchange::{OpenApiError, Place, from_openapi, to_openapi};
use latchwork_model::{Connector, Severity, check, read_connector, write_connector};
use serde_json::Value;

use crate::input::text;

/// The document's text.
pub fn run(data: &[u8]) {
    let text = text(data);
    let import = match from_openapi(&text) {
        Ok(import) => import,
        Err(error) => return names_its_place(&text, &error),
    };
    let connector = &import.connector;
    assert_eq!(
        from_openapi(&text).as_ref(),
        Ok(&import),
        "another connector"
    );
    let written = write_connector(connector);
    assert_eq!(
        read_connector(&written).as_ref(),
        Ok(connector),
        "{written}"
    );
    for finding in check(connector) {
        assert!(
            finding.severity != Severity::Error,
            "{finding:?}\n{written}"
        );
    }
    for message in import
        .understood
        .iter()
        .map(|understood| &understood.message)
    {
        assert!(!message.is_empty() && message.len() < 2_000, "{message}");
    }
    assert!(import.notes.iter().all(|note| note.message.len() < 2_000));
    let document = to_openapi(connector).document;
    let back = from_openapi(&document)
        .unwrap_or_else(|error| panic!("what was written is refused: {error}\n{document}"));
    assert_eq!(told(&back.connector), told(connector), "{document}");
}

/// How many endpoints have a method that a document of OpenAPI 3.1 can tell.
fn told(connector: &Connector) -> usize {
    let endpoints = connector.endpoints.iter();
    endpoints
        .filter(|endpoint| endpoint.request.method != "QUERY")
        .count()
}

fn names_its_place(text: &str, error: &OpenApiError) {
    assert!(!error.help().is_empty());
    assert!(error.to_string().len() < 1_000, "{error}");
    match &error.place {
        Place::Text { line, column } => {
            // A carriage return alone is a line's end in YAML, too.
            let lines = text.split(['\n', '\r']).count();
            assert!((1..=lines + 1).contains(line) && *column > 0, "{error}");
        }
        Place::Pointer(pointer) => {
            let document = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'));
            let pointer = pointer.trim_start_matches('#');
            assert!(
                document.is_err()
                    || document.is_ok_and(|document| document.pointer(pointer).is_some()),
                "`{pointer}` is no place"
            );
        }
        _ => {}
    }
}
