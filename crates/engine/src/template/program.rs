//! A template made ready to run.
//!
//! Most templates are text and plain lookups: those run without minijinja at all. Other expressions are compiled
//! one by one, templates with statements as a whole. Before that, marks are written into their source, each a
//! filter that templates themselves cannot use:
//! - `(login.body.token|__seen(0))` puts a stand-in where a lookup leads to nothing, so that whatever uses it fails
//!   with that lookup's name, and `is defined` and `default(…)` still see that nothing is there;
//! - `((a)|__text) ~ ((b)|__text)` and `((a)|__ordered) < …` make these operators take their operands our way;
//! - `{% set x|__plain %}` takes the marks of an address's values out of output that was captured.

use std::ops::Range;

use latchwork_model::template_syntax::{
    Analysis, Capture, Chain, ChainRoot, OperandRole, PathPart, Segment, is_literal,
};
use minijinja::{Environment, Expression, Value};

use super::environment::environment;
use super::error::TemplateError;
use super::scope::Scope;

/// A template made ready to run.
pub(super) struct Program {
    pub(super) chains: Vec<Chain>,
    pub(super) code: Code,
    /// How much memory it is worth, about.
    pub(super) weight: usize,
}

pub(super) enum Code {
    /// Text and expressions.
    Pieces(Vec<Piece>),
    /// Statements: an environment with this one template in it, called [`WHOLE`].
    Whole(Box<Environment<'static>>),
}

pub(super) const WHOLE: &str = "template";

pub(super) enum Piece {
    Literal(String),
    /// A plain lookup: the number of its chain, and the keys after the name.
    Path {
        chain: usize,
        name: String,
        keys: Vec<Key>,
    },
    Expression(Expression<'static, 'static>),
}

pub(super) enum Key {
    Name(String),
    Index(Value),
}

impl Program {
    pub(super) fn compile(template: &str) -> Result<Self, TemplateError> {
        let weight = 256 + 4 * template.len();
        if is_literal(template) {
            return Ok(Self {
                chains: Vec::new(),
                code: Code::Pieces(vec![Piece::Literal(template.to_owned())]),
                weight,
            });
        }
        let analysis = Analysis::of(template).map_err(TemplateError::Syntax)?;
        if let Some(unknown) = analysis.unknown_words.first() {
            return Err(TemplateError::Syntax(unknown.clone()));
        }
        let code = if let Some(segments) = &analysis.segments {
            let pieces = segments
                .iter()
                .map(|segment| piece(template, &analysis, segment));
            Code::Pieces(pieces.collect::<Result<_, _>>()?)
        } else {
            let mut whole = environment().clone();
            whole
                .add_template_owned(WHOLE, marked(template, &analysis, 0..template.len()))
                .map_err(|error| uncompiled(&error))?;
            Code::Whole(Box::new(whole))
        };
        Ok(Self {
            chains: analysis.chains,
            code,
            weight,
        })
    }
}

impl Program {
    /// The text of a template that is nothing else.
    pub(super) fn literal(&self) -> Option<&str> {
        match &self.code {
            Code::Pieces(pieces) => match pieces.as_slice() {
                [Piece::Literal(text)] => Some(text),
                _ => None,
            },
            Code::Whole(_) => None,
        }
    }
}

fn piece(template: &str, analysis: &Analysis, segment: &Segment) -> Result<Piece, TemplateError> {
    let span = match segment {
        Segment::Literal(text) => return Ok(Piece::Literal(text.clone())),
        Segment::Expression(span) => span,
    };
    let plain = analysis
        .chains
        .iter()
        .position(|chain| chain.root == ChainRoot::Scope && chain.span == *span);
    if let Some(chain) = plain
        && let Some((name, keys)) = keys(&analysis.chains[chain].path)
    {
        return Ok(Piece::Path { chain, name, keys });
    }
    environment()
        .compile_expression_owned(marked(template, analysis, span.clone()))
        .map(Piece::Expression)
        .map_err(|error| uncompiled(&error))
}

/// The name and the keys of a path of which every part is known.
fn keys(path: &[PathPart]) -> Option<(String, Vec<Key>)> {
    let (PathPart::Key(name), rest) = path.split_first()? else {
        return None;
    };
    let keys = rest.iter().map(|part| match part {
        PathPart::Key(key) => Some(Key::Name(key.clone())),
        PathPart::Index(index) => Some(Key::Index(Value::from(*index))),
        PathPart::Expression(_) => None,
    });
    Some((name.clone(), keys.collect::<Option<_>>()?))
}

/// What only marks can have made unreadable: brackets that were nested as deeply as can be.
fn uncompiled(error: &minijinja::Error) -> TemplateError {
    let detail = error.detail().unwrap_or_default();
    if detail.contains("recursion") {
        TemplateError::Limit("the template is nested too deeply")
    } else {
        TemplateError::failed("the template cannot be compiled")
    }
}

/// The value that a path leads to. None where it leads to nothing.
pub(super) fn follow(scope: &Scope, name: &str, keys: &[Key]) -> Option<Value> {
    let mut value = scope.value(name)?.clone();
    for key in keys {
        value = match key {
            Key::Name(name) => value.get_attr(name),
            Key::Index(index) => value.get_item(index),
        }
        .ok()
        .filter(|value| !value.is_undefined())?;
    }
    Some(value)
}

/// A part of the template's source with the marks written in.
fn marked(template: &str, analysis: &Analysis, within: Range<usize>) -> String {
    /// Put before `opens`, and before what comes at `closes`. The rank keeps a lookup's mark inside its operand's.
    struct Mark {
        span: Range<usize>,
        rank: u8,
        open: &'static str,
        close: String,
    }
    let chains = analysis
        .chains
        .iter()
        .enumerate()
        .map(|(number, chain)| Mark {
            span: chain.span.clone(),
            rank: 0,
            open: "(",
            close: format!(
                "|{}({number}))",
                if chain.root == ChainRoot::Local {
                    "__held"
                } else {
                    "__seen"
                }
            ),
        });
    let operands = analysis.operands.iter().map(|operand| Mark {
        span: operand.span.clone(),
        rank: 1,
        open: "((",
        close: match operand.role {
            OperandRole::Text => ")|__text)".to_owned(),
            OperandRole::Ordered => ")|__ordered)".to_owned(),
            OperandRole::Captured => ")|__plain)".to_owned(),
        },
    });
    let mut marks: Vec<Mark> = chains
        .chain(operands)
        .filter(|mark| within.start <= mark.span.start && mark.span.end <= within.end)
        .collect();

    // All that is put before an expression is brackets, so their order among themselves does not matter. Of what
    // is put behind, the innermost comes first: the one that starts last.
    let mut insertions: Vec<(usize, bool, &str)> = Vec::with_capacity(marks.len() * 2);
    marks.sort_by(|one, other| {
        other
            .span
            .start
            .cmp(&one.span.start)
            .then(one.rank.cmp(&other.rank))
    });
    for mark in &marks {
        insertions.push((mark.span.end, false, &mark.close));
        insertions.push((mark.span.start, true, mark.open));
    }
    insertions.extend(
        analysis
            .captures
            .iter()
            .filter_map(|capture| match capture {
                Capture::Set(place) if within.contains(place) => Some((*place, false, "|__plain")),
                Capture::Filter(place) if within.contains(place) => {
                    Some((*place, true, "__plain|"))
                }
                _ => None,
            }),
    );
    insertions.sort_by_key(|(place, opens, _)| (*place, *opens));
    let mut source = String::with_capacity(within.len() + insertions.len() * 12);
    let mut copied = within.start;
    for (place, _, text) in insertions {
        source.push_str(&template[copied..place]);
        source.push_str(text);
        copied = place;
    }
    source.push_str(&template[copied..within.end]);
    source
}

#[cfg(test)]
mod tests {
    use latchwork_model::template_syntax::Analysis;

    use super::marked;

    fn marks(template: &str) -> String {
        marked(
            template,
            &Analysis::of(template).unwrap(),
            0..template.len(),
        )
    }

    #[test]
    fn lookups_are_marked() {
        assert_eq!(marks("{{ a.b.c }}"), "{{ (a.b.c|__seen(0)) }}");
        assert_eq!(
            marks("{{ a[b.c].d|f }}".replace("|f", "").as_str()),
            "{{ (a[(b.c|__seen(0))].d|__seen(1)) }}"
        );
        assert_eq!(marks("{{ (a).b }}"), "{{ ((a).b|__seen(0)) }}");
        assert_eq!(
            marks("{{ (a|json).b }}"),
            "{{ (((a|__seen(0))|json).b|__seen(1)) }}"
        );
        assert_eq!(
            marks("{{ now() }}{{ a.b(c) }}"),
            "{{ now() }}{{ (a|__seen(0)).b((c|__seen(1))) }}"
        );
        assert_eq!(marks("{% set x.y = a %}"), "{% set x.y = (a|__seen(0)) %}");
        assert_eq!(
            marks("{% for i in a %}{{ i }}{% endfor %}"),
            "{% for i in (a|__seen(0)) %}{{ (i|__held(1)) }}{% endfor %}"
        );
    }

    #[test]
    fn operands_are_marked() {
        assert_eq!(
            marks("{{ 'a' ~ 1 }}"),
            "{{ (('a')|__text) ~ ((1)|__text) }}"
        );
        assert_eq!(
            marks("{{ a ~ b }}"),
            "{{ (((a|__seen(0)))|__text) ~ (((b|__seen(1)))|__text) }}"
        );
        assert_eq!(
            marks("{{ (1 or 2) ~ 3 }}"),
            "{{ (((1 or 2)|__text)) ~ ((3)|__text) }}"
        );
        assert_eq!(
            marks("{% set x %}1{% endset %}"),
            "{% set x|__plain %}1{% endset %}"
        );
        assert_eq!(
            marks("{% set x|upper %}1{% endset %}"),
            "{% set x|__plain|upper %}1{% endset %}"
        );
        assert_eq!(
            marks("{% filter upper %}1{% endfilter %}"),
            "{% filter __plain|upper %}1{% endfilter %}"
        );
        assert_eq!(
            marks("{% macro m() %}1{% endmacro %}{{ m()|upper }}"),
            "{% macro m() %}1{% endmacro %}{{ ((m())|__plain)|upper }}"
        );
        assert_eq!(
            marks("{{ 1 < 2 }}"),
            "{{ ((1)|__ordered) < ((2)|__ordered) }}"
        );
        assert_eq!(
            marks("{{ 'a' ~ 1|abs ~ 2 }}"),
            "{{ (((('a')|__text) ~ ((1|abs)|__text))|__text) ~ ((2)|__text) }}"
        );
    }
}
