//! Postman's `{{name}}` in a text: to a template of ours, or to the text that is known to stand for it.
//!
//! A variable's value may hold others; it is put in their place as far as a bound allows, which no honest file meets.

use latchwork_model::Template;
use percent_encoding::percent_decode_str;

use super::scope::Scope;
use crate::foreign::{ForeignError, ForeignKind};
use crate::literal::escape;
use crate::note::NoteKind;

/// How deep variables may be in variables.
const DEEPEST: usize = 8;

/// How many variables in variables a text may have, and a file.
const MOST_IN_TEXT: usize = 500;
const MOST_IN_FILE: usize = 1_000_000;

/// The most that a text may grow by variables in variables.
const LONGEST: usize = 64 * 1024;

/// Where a text stands, which says how an expression in it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// A header, a body, a string of JSON.
    Plain,
    /// The path of an address.
    Path,
    /// A query, whose text is encoded already.
    Query,
    /// JSON, outside of its strings.
    Json,
}

/// A part of a text of Postman's.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Text(&'a str),
    /// What stands between `{{` and `}}`, trimmed.
    Variable(&'a str),
}

/// The parts of a text that are not between `{{` and `}}`, each with the place where it begins.
pub(super) fn text_parts(text: &str) -> Vec<(usize, &str)> {
    let mut position = 0;
    let mut found = Vec::new();
    for part in parts(text) {
        let start = match part {
            Part::Text(inside) => {
                found.push((position, inside));
                position + inside.len()
            }
            // Blanks around the name are not in the part: the end is where the braces close.
            Part::Variable(_) => position + text[position..].find("}}").map_or(0, |end| end + 2),
        };
        position = start;
    }
    found
}

/// Takes a text apart. Braces in braces are text.
pub(super) fn parts(text: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut text_start = 0;
    let mut from = 0;
    while let Some(offset) = text[from..].find("{{") {
        let open = from + offset;
        let inside = &text[open + 2..];
        let end = inside.find(['{', '}']).unwrap_or(inside.len());
        let name = inside[..end].trim();
        if inside[end..].starts_with("}}") && !name.is_empty() {
            if text_start < open {
                parts.push(Part::Text(&text[text_start..open]));
            }
            parts.push(Part::Variable(name));
            text_start = open + 2 + end + 2;
            from = text_start;
        } else {
            from = open + 1;
        }
    }
    if text_start < text.len() {
        parts.push(Part::Text(&text[text_start..]));
    }
    parts
}

impl Scope {
    /// The template that a text of Postman's is.
    pub fn template(
        &mut self,
        text: &str,
        place: Place,
        path: &str,
    ) -> Result<Template, ForeignError> {
        let mut expansion = Expansion {
            scope: self,
            place,
            written: String::new(),
            count: 0,
        };
        expansion
            .write(text, 0)
            .map_err(|TooLarge| too_large(path))?;
        Ok(expansion.written.into())
    }

    /// The text that a text of Postman's stands for, where all of its variables have values that are no secrets.
    pub fn literal(&self, text: &str) -> Option<String> {
        let mut written = String::new();
        self.write_literal(text, 0, &mut 0, &mut written)?;
        Some(written)
    }

    fn write_literal(
        &self,
        text: &str,
        depth: usize,
        count: &mut usize,
        written: &mut String,
    ) -> Option<()> {
        if depth > DEEPEST || *count > MOST_IN_TEXT || written.len() > LONGEST {
            return None;
        }
        for part in parts(text) {
            match part {
                Part::Text(text) => written.push_str(text),
                Part::Variable(name) => {
                    let defined = self
                        .defined(name)
                        .filter(|defined| !defined.is_secret && !defined.value.is_empty())?;
                    *count += 1;
                    self.write_literal(&defined.value, depth + 1, count, written)?;
                }
            }
        }
        Some(())
    }
}

struct TooLarge;

fn too_large(path: &str) -> ForeignError {
    ForeignError::new(
        ForeignKind::Postman,
        path,
        "its variables hold others that hold others, and it grows too large",
        "Give the variables values without other variables in them.",
    )
}

struct Expansion<'a> {
    scope: &'a mut Scope,
    place: Place,
    written: String,
    count: usize,
}

impl Expansion<'_> {
    fn write(&mut self, text: &str, depth: usize) -> Result<(), TooLarge> {
        let mut parts = parts(text).into_iter().peekable();
        while let Some(part) = parts.next() {
            if depth > 0 && self.written.len() > LONGEST {
                return Err(TooLarge);
            }
            match part {
                Part::Text(text) => self.text(text, depth > 0 || parts.peek().is_some()),
                Part::Variable(name) => self.variable(name, depth)?,
            }
        }
        Ok(())
    }

    /// Text; a brace at its end must not become one of the expression's that follows.
    fn text(&mut self, text: &str, is_followed: bool) {
        let decoded;
        let text = if self.place == Place::Query {
            decoded = percent_decode_str(text).decode_utf8_lossy();
            &*decoded
        } else {
            text
        };
        let written = escape(text);
        let written = written.as_str();
        match written.strip_suffix('{') {
            Some(before) if is_followed => {
                self.written.push_str(before);
                self.written.push_str("{{ '{' }}");
            }
            _ => self.written.push_str(written),
        }
    }

    fn variable(&mut self, name: &str, depth: usize) -> Result<(), TooLarge> {
        if let Some(expression) = dynamic(name) {
            self.expression(expression);
            return Ok(());
        }
        let defined = self.scope.defined(name);
        let nested = defined
            .filter(|defined| defined.value.contains("{{") && !defined.is_secret)
            .map(|defined| defined.value.clone());
        if let Some(value) = nested {
            self.count += 1;
            self.scope.expansions += 1;
            if depth >= DEEPEST || self.count > MOST_IN_TEXT || self.scope.expansions > MOST_IN_FILE
            {
                return Err(TooLarge);
            }
            return self.write(&value, depth + 1);
        }
        let has_slashes = defined.is_some_and(|defined| defined.value.contains('/'));
        let is_known = defined.is_some();
        let ours = self.scope.variable(name);
        if name.starts_with('$') && !is_known {
            self.scope.notes.add(
                NoteKind::Missing,
                format!("Postman makes up a value for `{name}`; here it is a variable, `{ours}`, to fill in."),
            );
        }
        let filter = match self.place {
            Place::Path if has_slashes => " | safe",
            Place::Json => " | parse_json",
            _ => "",
        };
        self.expression(&format!("vars.{ours}{filter}"));
        Ok(())
    }

    fn expression(&mut self, expression: &str) {
        self.written.push_str("{{ ");
        self.written.push_str(expression);
        self.written.push_str(" }}");
    }
}

/// What Postman makes up anew for each request, as far as there is the same here.
fn dynamic(name: &str) -> Option<&'static str> {
    Some(match name {
        "$guid" | "$randomUUID" => "uuid()",
        "$timestamp" => "now()",
        "$isoTimestamp" => "now() | format_time('%Y-%m-%dT%H:%M:%SZ')",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::super::scope::{Defined, Scope};
    use super::Place;

    fn scope(values: &[(&str, &str)]) -> Scope {
        let mut scope = Scope::default();
        for (name, value) in values {
            scope.define(
                name,
                Defined {
                    value: (*value).to_owned(),
                    is_secret: false,
                },
            );
        }
        scope
    }

    fn template(scope: &mut Scope, text: &str, place: Place) -> String {
        scope.template(text, place, "").unwrap().as_str().to_owned()
    }

    #[test]
    fn postmans_variables_become_ours_and_all_else_stays_text() {
        let mut scope = scope(&[("path", "a/b")]);
        for (text, place, expected) in [
            ("x{{user-id}}y", Place::Plain, "x{{ vars.user_id }}y"),
            ("{{ user-id }}", Place::Plain, "{{ vars.user_id }}"),
            ("{{user.id}}", Place::Plain, "{{ vars.user_id_2 }}"),
            (
                "{% raw %}{{}}",
                Place::Plain,
                "{{ '{' }}% raw %}{{ '{{' }}}}",
            ),
            ("{{{a}}}", Place::Plain, "{{ '{' }}{{ vars.a }}}"),
            ("{{path}}", Place::Path, "{{ vars.path | safe }}"),
            ("{{a}}", Place::Json, "{{ vars.a | parse_json }}"),
            ("%7B%7Ba%7D%7D", Place::Query, "{{ '{{' }}a}}"),
            (
                "{{$guid}}-{{$timestamp}}",
                Place::Plain,
                "{{ uuid() }}-{{ now() }}",
            ),
            ("{{a}", Place::Plain, "{{ '{{' }}a}"),
        ] {
            assert_eq!(template(&mut scope, text, place), expected, "{text}");
        }
    }

    #[test]
    fn a_variable_in_a_variable_is_put_in_its_place() {
        let mut scope = scope(&[("base", "https://{{host}}/{{version}}"), ("version", "v2")]);
        assert_eq!(
            template(&mut scope, "{{base}}/x", Place::Plain),
            "https://{{ vars.host }}/{{ vars.version }}/x"
        );
        assert_eq!(scope.literal("{{version}}/x").as_deref(), Some("v2/x"));
        assert_eq!(scope.literal("{{base}}"), None);
    }

    #[test]
    fn variables_that_hold_each_other_end_with_an_error() {
        let ten = |name: &str| format!("{{{{{name}}}}}").repeat(10);
        let (b, c, d) = (ten("b"), ten("c"), ten("d"));
        let mut bomb = scope(&[("a", &b), ("b", &c), ("c", &d), ("d", &d)]);
        let error = bomb
            .template("{{a}}", Place::Plain, "item[0].name")
            .unwrap_err();
        assert!(error.to_string().starts_with("item[0].name: "), "{error}");
        assert_eq!(bomb.literal("{{a}}"), None);
    }
}
