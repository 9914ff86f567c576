//! A use of a name in a template: `login.body.items[0].id`.

use std::fmt::Write as _;
use std::ops::Range;

use super::{Analysis, ChainRoot};

/// One part of a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PathPart {
    /// A key: `.token`, `['accounts-server']`. The first part of a path is always one.
    Key(String),
    /// A place in a list: `[0]`, `[-1]`.
    Index(i64),
    /// What only a run knows, as it is written: `[input.index]`.
    Expression(String),
}

/// A use of a name, with the whole path that is taken from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lookup {
    /// The path, its first part the name itself.
    pub path: Vec<PathPart>,
    /// Where it stands in the template, in bytes.
    pub span: Range<usize>,
    /// Whether this place copes with a value that is not there: it has a default, is tested, or is compared.
    pub guarded: bool,
}

impl Lookup {
    /// The name that the path starts from: `login`.
    pub fn root(&self) -> &str {
        match self.path.first() {
            Some(PathPart::Key(name)) => name,
            _ => "",
        }
    }

    /// The path as it would be written.
    pub fn display(&self) -> String {
        display_path(&self.path)
    }
}

/// A path as it would be written: `callback['accounts-server'].items[0]`.
pub fn display_path(path: &[PathPart]) -> String {
    let mut text = String::new();
    for (place, part) in path.iter().enumerate() {
        // Writing into a string cannot fail.
        let _ = match part {
            PathPart::Key(key) if place == 0 => write!(text, "{key}"),
            PathPart::Key(key) if is_name(key) => write!(text, ".{key}"),
            PathPart::Key(key) => write!(
                text,
                "['{}']",
                key.replace('\\', "\\\\").replace('\'', "\\'")
            ),
            PathPart::Index(index) => write!(text, "[{index}]"),
            PathPart::Expression(source) => write!(text, "[{source}]"),
        };
    }
    text
}

/// Whether a key can be written after a period.
fn is_name(key: &str) -> bool {
    let mut bytes = key.bytes();
    bytes
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic() || first == b'_')
        && bytes.all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// Every use of a name that comes from outside the template: not its own `for` and `set` variables, macros and
/// functions. In the order of the text; empty for a template that cannot be read.
pub fn lookups(template: &str) -> Vec<Lookup> {
    if super::is_literal(template) {
        return Vec::new();
    }
    let Ok(analysis) = Analysis::of(template) else {
        return Vec::new();
    };
    let mut found: Vec<Lookup> = analysis
        .chains
        .into_iter()
        .filter(|chain| chain.root == ChainRoot::Scope)
        .map(|chain| Lookup {
            path: chain.path,
            span: chain.span,
            guarded: chain.guarded,
        })
        .collect();
    found.sort_by_key(|lookup| lookup.span.start);
    found
}

#[cfg(test)]
mod tests {
    use super::lookups;

    fn paths(template: &str) -> Vec<String> {
        lookups(template)
            .iter()
            .map(|lookup| lookup.display() + if lookup.guarded { "?" } else { "" })
            .collect()
    }

    #[test]
    fn paths_are_found_whole_with_their_place() {
        let template = "Bearer {{ login.body.token }}{{ callback['accounts-server'] }}";
        let found = lookups(template);
        assert_eq!(
            paths(template),
            ["login.body.token", "callback['accounts-server']"]
        );
        assert_eq!(&template[found[0].span.clone()], "login.body.token");
        assert_eq!(
            &template[found[1].span.clone()],
            "callback['accounts-server']"
        );
        assert_eq!(found[0].root(), "login");
    }

    #[test]
    fn indexes_and_computed_parts() {
        assert_eq!(paths("{{ a.b[0].c }}"), ["a.b[0].c"]);
        assert_eq!(paths("{{ a.b[-1] }}"), ["a.b[-1]"]);
        assert_eq!(
            paths("{{ a.items[input.index].id }}"),
            ["a.items[input.index].id", "input.index"]
        );
        assert_eq!(paths("{{ a.0.b }}"), ["a[0].b"]);
    }

    #[test]
    fn own_variables_are_left_out() {
        assert_eq!(
            paths("{% for x in login.items %}{{ x.id }}{{ loop.index }}{{ y }}{% endfor %}{{ x }}"),
            ["login.items", "y", "x"]
        );
        assert_eq!(paths("{% set t = login.token %}{{ t.x }}"), ["login.token"]);
        assert_eq!(
            paths("{% with a = b %}{{ a }}{% endwith %}{{ a }}"),
            ["b", "a"]
        );
        assert_eq!(
            paths("{% macro m(p, q=z) %}{{ p }}{{ q }}{{ r }}{% endmacro %}{{ m(s) }}"),
            ["z", "r", "s"]
        );
        assert_eq!(
            paths("{% set ns = namespace(n=a.b) %}{% set ns.n = c %}{{ ns.n }}"),
            ["a.b", "c"]
        );
        assert_eq!(paths("{{ now() }}{{ range(n) }}"), ["n"]);
    }

    #[test]
    fn arguments_keyword_values_literals_and_tests_are_searched() {
        assert_eq!(
            paths("{{ a | hmac('sha256', vars.key, encoding=b) }}"),
            ["a", "vars.key", "b"]
        );
        assert_eq!(
            paths("{{ {'k': a, b: [c, (d,)]} | json }}"),
            ["a", "b", "c", "d"]
        );
        assert_eq!(paths("{{ a is in b }}"), ["a?", "b"]);
        assert_eq!(paths("{{ a[b:c] }}"), ["a", "b", "c"]);
        assert_eq!(paths("{{ (a.raw | parse_json).token }}"), ["a.raw"]);
    }

    #[test]
    fn guards_are_known() {
        assert_eq!(
            paths("{{ a.b | default('x') }}{{ a.b | d(c) }}"),
            ["a.b?", "a.b?", "c"]
        );
        assert_eq!(
            paths("{{ a.b is defined }}{{ a.b is not defined }}"),
            ["a.b?", "a.b?"]
        );
        assert_eq!(paths("{{ a.b or 'x' }}{{ a.b == 1 }}"), ["a.b?", "a.b?"]);
        assert_eq!(paths("{{ a.b | upper | default('x') }}"), ["a.b"]);
        assert_eq!(
            paths("{% if a.b %}{{ a.b.c }}{{ d }}{% else %}{{ a.b }}{% endif %}"),
            ["a.b?", "a.b.c", "d", "a.b"]
        );
        assert_eq!(
            paths("{{ a.b if a.b is defined else c }}"),
            ["a.b?", "a.b?", "c"]
        );
        assert_eq!(
            paths("{{ c if a.b is undefined else a.b }}{{ not a.b and a.b }}"),
            ["c", "a.b?", "a.b?", "a.b?", "a.b"]
        );
    }

    #[test]
    fn what_cannot_be_read_has_no_paths() {
        assert!(paths("{{ a. ").is_empty());
        assert!(paths("no names").is_empty());
    }
}
