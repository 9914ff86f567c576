//! Between plain text and templates: text is escaped so that it stays text, and templates are taken apart into
//! text and expressions. No expression is read here, beyond finding where it ends.

use latchwork_model::Template;

/// A template that renders to exactly this text.
pub fn escape(text: &str) -> Template {
    Template::literal(text)
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Text that is rendered as it is.
    Text(String),
    /// What stands between `{{` and `}}`, trimmed. A template with statements is one piece, whole.
    Expression(String),
}

/// Takes a template apart. Expressions that are nothing but a quoted text are text.
pub fn pieces(template: &str) -> Vec<Piece> {
    let mut pieces = Pieces::default();
    let mut rest = template;
    while let Some(start) = next_mark(rest) {
        let (before, mark) = rest.split_at(start);
        pieces.text(before);
        let inside = &mark[2..];
        match mark.as_bytes()[1] {
            b'{' => {
                let end = expression_end(inside);
                pieces.expression(&inside[..end]);
                rest = inside.get(end + 2..).unwrap_or_default();
            }
            b'#' => rest = inside.split_once("#}").map_or("", |(_, after)| after),
            _ => return vec![Piece::Expression(template.trim().to_owned())],
        }
    }
    pieces.text(rest);
    pieces.0
}

#[derive(Default)]
struct Pieces(Vec<Piece>);

impl Pieces {
    fn text(&mut self, text: &str) {
        match self.0.last_mut() {
            _ if text.is_empty() => {}
            Some(Piece::Text(last)) => last.push_str(text),
            _ => self.0.push(Piece::Text(text.to_owned())),
        }
    }

    fn expression(&mut self, inside: &str) {
        let expression = inside.trim_matches(['-', '+']).trim();
        match quoted_text(expression) {
            Some(text) => self.text(text),
            None => self.0.push(Piece::Expression(expression.to_owned())),
        }
    }
}

/// Where the next `{{`, `{%` or `{#` stands.
fn next_mark(text: &str) -> Option<usize> {
    text.as_bytes()
        .windows(2)
        .position(|pair| matches!(pair, b"{{" | b"{%" | b"{#"))
}

/// Where the expression ends: at the first `}}` outside quotes, or with the text.
fn expression_end(inside: &str) -> usize {
    let bytes = inside.as_bytes();
    let mut quote = None;
    let mut index = 0;
    while index < bytes.len() {
        match (quote, bytes[index]) {
            (Some(_), b'\\') => index += 1,
            (Some(open), byte) if byte == open => quote = None,
            (None, byte @ (b'\'' | b'"')) => quote = Some(byte),
            (None, b'}') if bytes.get(index + 1) == Some(&b'}') => return index,
            _ => {}
        }
        index += 1;
    }
    inside.len()
}

/// What stands between the quotes of an expression that is one quoted text without escapes.
fn quoted_text(expression: &str) -> Option<&str> {
    let quote = expression
        .chars()
        .next()
        .filter(|first| matches!(first, '\'' | '"'))?;
    let inside = expression.get(1..)?.strip_suffix(quote)?;
    (!inside.contains([quote, '\\'])).then_some(inside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_that_looks_like_a_template_stays_text() {
        for (text, template) in [
            ("plain {x} }}", "plain {x} }}"),
            ("{{ secret }}", "{{ '{{' }} secret }}"),
            ("{{{", "{{ '{{' }}{"),
            ("{%raw%}", "{{ '{' }}%raw%}"),
            ("{#", "{{ '{' }}#"),
            ("{{{%7b", "{{ '{{' }}{{ '{' }}%7b"),
            ("{", "{"),
        ] {
            assert_eq!(escape(text).as_str(), template);
            assert_eq!(pieces(template), [Piece::Text(text.to_owned())]);
        }
    }

    #[test]
    fn expressions_end_where_they_end() {
        let text = |text: &str| Piece::Text(text.to_owned());
        let expression = |text: &str| Piece::Expression(text.to_owned());
        assert_eq!(
            pieces("a {{ b['}}'].c }} d"),
            [text("a "), expression("b['}}'].c"), text(" d")]
        );
        assert_eq!(pieces("{{ a"), [expression("a")]);
        assert_eq!(pieces("{{- a -}}{# no #}b"), [expression("a"), text("b")]);
        assert_eq!(
            pieces("{% if a %}b{% endif %}"),
            [expression("{% if a %}b{% endif %}")]
        );
        assert_eq!(pieces(""), []);
        assert_eq!(pieces("é{{ 'é' }}"), [text("éé")]);
    }
}
