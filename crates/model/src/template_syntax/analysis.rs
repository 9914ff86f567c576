//! A template's shape: its segments, its names, and the places where the engine must look closely.

use std::ops::Range;

use minijinja::machinery::ast::Stmt;
use minijinja::machinery::parse;

use super::scan::Scanner;
use super::{PathPart, SyntaxError, budget, syntax};

/// What a [`Chain`] starts from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChainRoot {
    /// A name from outside the template.
    Scope,
    /// A variable of the template's own: of a `for`, `set`, `with` or macro.
    Local,
    /// Something computed: `(body | parse_json).token`.
    Computed,
}

/// A value and all the lookups after it, taken as one: `login.body.items[0].id`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// What it starts from.
    pub root: ChainRoot,
    /// The path. Where the root is computed, its first part is the source text of it.
    pub path: Vec<PathPart>,
    /// Where it stands in the template, in bytes.
    pub span: Range<usize>,
    /// Whether this place copes with a value that is not there.
    pub guarded: bool,
}

/// What is done with an [`Operand`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OperandRole {
    /// `~`: it is turned into text.
    Text,
    /// `<`, `<=`, `>`, `>=`: it is put in order, which needs a value.
    Ordered,
    /// A call of one of the template's own macros: output that was captured.
    Captured,
}

/// An operand of an operation that takes it otherwise than minijinja does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Operand {
    /// What is done with it.
    pub role: OperandRole,
    /// Where it stands in the template, in bytes.
    pub span: Range<usize>,
}

/// A place where a filter can be put on captured output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capture {
    /// Behind the name of a `{% set x %}` block.
    Set(usize),
    /// Before the first filter of a `{% filter upper %}` block.
    Filter(usize),
}

/// A piece of a template that has only text and expressions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Segment {
    /// Text, whitespace already taken off where `{{-` says so.
    Literal(String),
    /// The source of an expression, in bytes of the template.
    Expression(Range<usize>),
}

/// What was read out of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Analysis {
    /// Its pieces, in order; none where it has statements (`{% … %}`).
    pub segments: Option<Vec<Segment>>,
    /// The text before the first expression or statement.
    pub literal_prefix: String,
    /// Every value with its lookups, outer ones after those inside them.
    pub chains: Vec<Chain>,
    /// The operands that are looked at closely.
    pub operands: Vec<Operand>,
    /// Where a block of output is captured and first goes through a filter: behind this place in
    /// `{% set x %}`, and before it in `{% filter upper %}`.
    pub captures: Vec<Capture>,
    /// Filters, tests and functions that do not exist.
    pub unknown_words: Vec<SyntaxError>,
}

impl Analysis {
    /// Reads a template.
    ///
    /// The error is the first fault of its syntax; unknown words are no such fault.
    pub fn of(template: &str) -> Result<Self, SyntaxError> {
        budget::check(template)?;
        let tree = parse(template, "template", syntax())
            .map_err(|error| SyntaxError::from_minijinja(template, &error))?;
        let Stmt::Template(root) = &tree else {
            return Err(SyntaxError::new(template, 0..0, "it cannot be read"));
        };
        let mut scanner = Scanner::new(template);
        scanner.statements(&root.children);
        let literal_prefix = match root.children.first() {
            Some(Stmt::EmitRaw(text)) => text.raw.to_owned(),
            _ => String::new(),
        };
        let segments = root
            .children
            .iter()
            .map(|statement| match statement {
                Stmt::EmitRaw(text) => Some(Segment::Literal(text.raw.to_owned())),
                Stmt::EmitExpr(expression) => {
                    let span = expression.span();
                    Some(Segment::Expression(
                        span.start_offset as usize..span.end_offset as usize,
                    ))
                }
                _ => None,
            })
            .collect();
        Ok(Self {
            segments,
            literal_prefix,
            chains: scanner.chains,
            operands: scanner.operands,
            captures: scanner.captures,
            unknown_words: scanner.unknown_words,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::{Analysis, Segment};

    #[test]
    fn text_and_expressions_become_segments() {
        let template = "a {{- x.y }}b{# no #}c";
        let analysis = Analysis::of(template).unwrap();
        let segments = analysis.segments.unwrap();
        assert_eq!(segments[0], Segment::Literal("a".into()));
        let Segment::Expression(span) = &segments[1] else {
            panic!("{segments:?}")
        };
        assert_eq!(&template[span.clone()], "x.y");
        assert_eq!(
            &segments[2..],
            [Segment::Literal("b".into()), Segment::Literal("c".into())]
        );
    }

    #[test]
    fn an_expression_is_taken_whole_with_its_brackets() {
        for source in [
            "(a).b",
            "(a or b)",
            "a == b",
            "a if b else c",
            "-(a)",
            "a|f",
            "not a",
            "{'a': 1}",
        ] {
            let template = format!("{{{{ {source} }}}}");
            let analysis = Analysis::of(&template).unwrap();
            let Some([Segment::Expression(span)]) = analysis.segments.as_deref() else {
                panic!("{source}")
            };
            assert_eq!(&template[span.clone()], source);
        }
    }

    #[test]
    fn statements_have_no_segments() {
        assert_eq!(
            Analysis::of("a{% if b %}c{% endif %}").unwrap().segments,
            None
        );
    }

    #[test]
    fn the_newline_at_the_end_is_kept() {
        assert_eq!(
            Analysis::of("a\n").unwrap().segments,
            Some(vec![Segment::Literal("a\n".into())])
        );
    }
}
