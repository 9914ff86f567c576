//! Reading GraphQL text, within limits, and saying where it cannot be read.

use apollo_parser::cst::Document;
use apollo_parser::{Lexer, Parser, TokenKind};

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
    parse_as(text, text, most_tokens)
}

/// Reads a document that is sent: its operations, fragments and variables may have descriptions (GraphQL specification of
/// September 2025), which the parser knows for types only.
pub(super) fn parse_document(
    text: &str,
    most_tokens: usize,
) -> Result<Document, GraphqlSyntaxError> {
    parse_as(text, &without_descriptions(text, most_tokens), most_tokens)
}

/// Reads what stands for a text, byte for byte.
fn parse_as(text: &str, read: &str, most_tokens: usize) -> Result<Document, GraphqlSyntaxError> {
    let tree = Parser::new(read)
        .recursion_limit(DEEPEST)
        .token_limit(most_tokens)
        .parse();
    match tree.errors().next() {
        None => Ok(tree.document()),
        Some(error) => Err(at(text, error.index(), &words(error))),
    }
}

/// The text with blanks where the descriptions of operations, fragments and variables are.
fn without_descriptions(text: &str, most_tokens: usize) -> String {
    let mut read = text.to_owned();
    let mut depth = 0_usize;
    let mut parentheses = 0_usize;
    let mut before = None;
    // A text that may be a description: what follows says so.
    let mut candidate = None;
    // What is no token is told by the parser.
    for token in Lexer::new(text)
        .take(most_tokens.saturating_mul(2))
        .map_while(Result::ok)
    {
        let kind = token.kind();
        if matches!(
            kind,
            TokenKind::Whitespace | TokenKind::Comment | TokenKind::Comma
        ) {
            continue;
        }
        if let Some(range) = candidate.take() {
            let describes = if parentheses == 0 {
                matches!(
                    token.data(),
                    "query" | "mutation" | "subscription" | "fragment"
                )
            } else {
                kind == TokenKind::Dollar
            };
            if describes {
                blank(&mut read, range);
            }
        }
        match kind {
            TokenKind::LCurly | TokenKind::LBracket => depth += 1,
            TokenKind::RCurly | TokenKind::RBracket => depth = depth.saturating_sub(1),
            TokenKind::LParen => parentheses += 1,
            TokenKind::RParen => parentheses = parentheses.saturating_sub(1),
            // What stands behind these is a value.
            TokenKind::StringValue
                if depth == 0
                    && parentheses <= 1
                    && !matches!(before, Some(TokenKind::Eq | TokenKind::Colon)) =>
            {
                candidate = Some(token.index()..token.index() + token.data().len());
            }
            _ => {}
        }
        before = Some(kind);
    }
    read
}

/// Blanks in place of all but the line breaks.
fn blank(text: &mut String, range: std::ops::Range<usize>) {
    let blanks = text[range.clone()]
        .bytes()
        .map(|byte| if byte == b'\n' { '\n' } else { ' ' })
        .collect::<String>();
    text.replace_range(range, &blanks);
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
