//! Reading GraphQL text, within limits, and saying where it cannot be read.

use apollo_parser::Parser;
use apollo_parser::cst::Document;

/// How deep selections, values and types may be in each other: more than any API takes, and little enough for any stack.
const DEEPEST: usize = 100;

/// Text that is no GraphQL.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct GraphqlSyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
}

/// Reads text of at most so many tokens.
pub(super) fn parse(text: &str, most_tokens: usize) -> Result<Document, GraphqlSyntaxError> {
    let tree = Parser::new(text)
        .recursion_limit(DEEPEST)
        .token_limit(most_tokens)
        .parse();
    match tree.errors().next() {
        None => Ok(tree.document()),
        Some(error) => Err(at(text, error.index(), &words(error))),
    }
}

fn words(error: &apollo_parser::Error) -> String {
    if error.is_limit() {
        return "it is too long, or too deep in itself".to_owned();
    }
    let message = error.message().trim_end_matches('.');
    let found = error.data();
    // One token; a text that is not closed may be all the rest.
    let found = found.lines().next().unwrap_or_default();
    let found: String = found.chars().take(40).collect();
    if error.is_eof() || found.is_empty() || message.contains(&found) {
        return message.to_owned();
    }
    format!("{message}, found `{found}`")
}

/// The place of a byte.
fn at(text: &str, index: usize, message: &str) -> GraphqlSyntaxError {
    let before = &text[..text.floor_char_boundary(index.min(text.len()))];
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    GraphqlSyntaxError {
        line: before.matches('\n').count() + 1,
        column: before[line_start..].chars().count() + 1,
        message: message.to_owned(),
    }
}
