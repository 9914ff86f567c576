//! A GraphQL document as it is typed or stands in a file: refused with a place in it, or read into what it declares, and
//! what it declares is in it.

use latchwork_model::read_graphql_document;

use crate::input::text;

/// The document, or anything else.
pub fn run(data: &[u8]) {
    let text = text(data);
    match read_graphql_document(&text) {
        Ok(document) => {
            for name in document
                .used
                .iter()
                .chain(document.declared.iter().map(|variable| &variable.name))
            {
                assert!(text.contains(name.as_str()), "no `{name}` in it");
            }
            assert!(document.operations.iter().all(|name| text.contains(name)));
        }
        Err(error) => {
            let line = text.split('\n').nth(error.line - 1);
            let line = line.unwrap_or_else(|| panic!("there is no such line: {error}"));
            assert!(error.column <= line.chars().count() + 1, "{error}");
            assert!(!error.message.is_empty());
        }
    }
}
