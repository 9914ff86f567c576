//! What is wrong with a template's text, with the place of it.

use std::ops::Range;

use super::Analysis;

/// A fault in the text of a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}, column {column}: {message}")]
pub struct SyntaxError {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
    /// Where it stands, in bytes.
    pub span: Range<usize>,
    /// What is wrong, for people.
    pub message: String,
}

impl SyntaxError {
    /// A fault at a place of this template.
    pub(super) fn new(template: &str, span: Range<usize>, message: impl Into<String>) -> Self {
        let start = floor(template, span.start);
        let before = &template[..start];
        Self {
            line: before.matches('\n').count() + 1,
            column: before
                .rsplit('\n')
                .next()
                .unwrap_or_default()
                .chars()
                .count()
                + 1,
            span: start..floor(template, span.end.max(start)),
            message: message.into(),
        }
    }

    /// The fault that minijinja found, in plainer words.
    pub(super) fn from_minijinja(template: &str, error: &minijinja::Error) -> Self {
        let span = error.range().unwrap_or_else(|| {
            let line = error.line().unwrap_or(1).saturating_sub(1);
            let start = template
                .split_inclusive('\n')
                .take(line)
                .map(str::len)
                .sum();
            start..start
        });
        let detail = error.detail().unwrap_or("it cannot be read");
        Self::new(template, span, plain(detail))
    }
}

/// The nearest place at or before `at` where a character starts.
fn floor(template: &str, at: usize) -> usize {
    let mut at = at.min(template.len());
    while !template.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// minijinja's words, said for people who do not know its insides.
fn plain(detail: &str) -> String {
    let detail = detail
        .replace("end of variable block", "`}}`")
        .replace("start of variable block", "`{{`")
        .replace("end of block", "`%}`")
        .replace("start of block", "`{%`")
        .replace("end of input", "end of the template")
        .replace("template-data", "text");
    match detail.as_str() {
        "unexpected end of the template, expected `}}`"
        | "unexpected end of the template, expected expression" => {
            "`{{` has no `}}` that ends it".to_owned()
        }
        "template exceeds maximum recursion limits" => "it is nested too deeply".to_owned(),
        _ => detail
            .strip_prefix("unknown statement ")
            .map(|name| format!("`{name}` is no statement that templates have here"))
            .unwrap_or(detail),
    }
}

/// All that is wrong with a template's text; empty where nothing is.
///
/// An unknown filter, test or function is among them: it would fail whenever it is run.
pub fn parse_errors(template: &str) -> Vec<SyntaxError> {
    if super::is_literal(template) {
        return Vec::new();
    }
    match Analysis::of(template) {
        Ok(analysis) => analysis.unknown_words,
        Err(error) => vec![error],
    }
}

#[cfg(test)]
mod tests {
    use super::parse_errors;

    #[test]
    fn a_template_without_faults_has_none() {
        assert_eq!(
            parse_errors(
                "Bearer {{ login.body.token | default('x') }} {% if a is defined %}1{% endif %}"
            ),
            []
        );
    }

    #[test]
    fn an_open_expression_names_its_place() {
        let errors = parse_errors("a\nbc {{ login.body.");
        assert_eq!(errors.len(), 1);
        assert_eq!(errors[0].line, 2);
    }

    #[test]
    fn an_unknown_filter_names_the_nearest() {
        let errors = parse_errors("{{ a | base64encod }}");
        assert_eq!(
            errors[0].message,
            "there is no filter `base64encod`. Did you mean `base64encode`?"
        );
        assert_eq!((errors[0].line, errors[0].column), (1, 8));
    }

    #[test]
    fn unknown_tests_and_functions_are_faults_too() {
        assert_eq!(
            parse_errors("{{ a is definde }}")[0].message,
            "there is no test `definde`. Did you mean `defined`?"
        );
        assert_eq!(
            parse_errors("{{ nwo() }}")[0].message,
            "there is no function `nwo`. Did you mean `now`?"
        );
    }

    #[test]
    fn a_word_is_no_name() {
        let message = &parse_errors("{{ a is defined not in b }}")[0].message;
        assert_eq!(
            message,
            "`not` cannot stand here: put brackets around what is before it"
        );
    }

    #[test]
    fn columns_count_characters_and_never_split_one() {
        let errors = parse_errors("äöü {{ }}");
        assert_eq!((errors[0].line, errors[0].column), (1, 8));
    }

    #[test]
    fn what_templates_here_do_not_have_is_said() {
        let message = &parse_errors("{% include 'x' %}")[0].message;
        assert_eq!(
            message,
            "`include` is no statement that templates have here"
        );
    }
}
