//! What can be known of a template without running it.
//!
//! This module owns the reading of minijinja templates: which names a template uses and where, what is wrong
//! with it, how a name in it is changed, and the words of the language with a line about each. It renders
//! nothing: values, filters and errors at run time are the engine's (`engine::template`), which builds on the
//! [`Analysis`] made here, so that what is checked and what is run is read by one parser.
//!
//! minijinja's own syntax tree is used (its `unstable_machinery`, hence the exact version in the workspace), and
//! nowhere else. Nothing of it is visible outside.

mod analysis;
mod budget;
mod extent;
mod lookup;
mod rename;
mod scan;
mod statements;
mod syntax_error;
mod words;

pub use analysis::{Analysis, Capture, Chain, ChainRoot, Operand, OperandRole, Segment};
pub use lookup::{Lookup, PathPart, display_path, lookups};
pub use rename::rename_root;
pub use syntax_error::{SyntaxError, parse_errors};
pub use words::{FILTERS, FUNCTIONS, RESERVED_WORDS, TESTS, Word, is_reserved_word};

/// The literal text before the first expression or statement: all of a template that has none.
///
/// Of a template that cannot be read it is the text before the first mark of one.
pub fn literal_prefix(template: &str) -> String {
    match Analysis::of(template) {
        Ok(analysis) => analysis.literal_prefix,
        Err(_) => template
            .split("{{")
            .next()
            .and_then(|text| text.split("{%").next())
            .unwrap_or_default()
            .to_owned(),
    }
}

/// Whether a text has an expression, a statement or a comment in it; others are themselves.
pub fn is_literal(template: &str) -> bool {
    !template
        .as_bytes()
        .windows(2)
        .any(|pair| matches!(pair, b"{{" | b"{%" | b"{#"))
}

/// How templates are read: as minijinja does, but for the newline at the end, which is kept. A text body is sent
/// as it is written.
pub fn syntax() -> minijinja::syntax::SyntaxConfig {
    minijinja::syntax::SyntaxConfig::builder()
        .keep_trailing_newline(true)
        .build()
        .unwrap_or_default()
}
