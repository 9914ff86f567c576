//! Credentials inside of a written text: in the query of an address, and in a body that is text, such as a form, JSON
//! that an expression keeps from being read, or XML. Names tell where they are; nothing else of the text is read.

use latchwork_model::{Template, TextBody};
use percent_encoding::percent_decode_str;

use super::placeholder::is_placeholder;
use super::text_places::{SECTION, SECTION_END, Writing, places};
use super::{FoundSecrets, is_credential};
use crate::curl::encode;
use crate::literal::{Piece, escape, pieces};

const FORM: &str = "application/x-www-form-urlencoded";

impl FoundSecrets {
    /// An address whose query was not taken apart.
    pub(super) fn address(&mut self, address: &mut Template) {
        if !address.as_str().contains('?') {
            return;
        }
        let mut before = Vec::new();
        let mut query: Option<Vec<Piece>> = None;
        for piece in pieces(address.as_str()) {
            match (&mut query, piece) {
                (Some(query), piece) => query.push(piece),
                (None, Piece::Text(text)) => match text.split_once('?') {
                    Some((path, rest)) => {
                        before.push(Piece::Text(format!("{path}?")));
                        query = Some(vec![Piece::Text(rest.to_owned())]);
                    }
                    None => before.push(Piece::Text(text)),
                },
                (None, piece) => before.push(piece),
            }
        }
        // The engine encodes what an expression gives behind `?`.
        if let Some(query) = query
            && let Some(query) = self.pairs(&query, "")
        {
            *address = format!("{}{query}", written(&before)).into();
        }
    }

    /// A body that is text.
    pub(super) fn text(&mut self, body: &mut TextBody) {
        let media_type = body.content_type.split(';').next().unwrap_or_default();
        if media_type.trim().eq_ignore_ascii_case(FORM) {
            if let Some(form) = self.pairs(&pieces(body.content.as_str()), " | urlencode") {
                body.content = form.into();
            }
            return;
        }
        self.members_in(&mut body.content);
    }

    /// `name=value&…` with its credentials taken out; `filter` is what encodes their values. None where there are none.
    fn pairs(&mut self, parts: &[Piece], filter: &str) -> Option<String> {
        let mut whole = String::new();
        let mut has_any = false;
        let mut pair: Vec<Piece> = Vec::new();
        let mut finish = |secrets: &mut Self, pair: &mut Vec<Piece>, whole: &mut String| {
            let taken = secrets.pair(pair, filter);
            has_any |= taken.is_some();
            whole.push_str(&taken.unwrap_or_else(|| written(pair)));
            pair.clear();
        };
        for part in parts {
            let Piece::Text(text) = part else {
                pair.push(part.clone());
                continue;
            };
            for piece in text.split_inclusive(['&', '#']) {
                let inside = piece.trim_end_matches(['&', '#']);
                if !inside.is_empty() {
                    pair.push(Piece::Text(inside.to_owned()));
                }
                if inside.len() < piece.len() {
                    finish(self, &mut pair, &mut whole);
                    whole.push_str(&piece[inside.len()..]);
                }
            }
        }
        finish(self, &mut pair, &mut whole);
        has_any.then_some(whole)
    }

    /// One pair; none where it holds no credential.
    fn pair(&mut self, parts: &[Piece], filter: &str) -> Option<String> {
        let mark = parts
            .iter()
            .position(|part| matches!(part, Piece::Text(text) if text.contains('=')))?;
        let (before, behind) = parts.split_at(mark);
        let [Piece::Text(text), behind @ ..] = behind else {
            return None;
        };
        let (name, value) = text.split_once('=')?;
        let texts = before.iter().filter_map(|part| match part {
            Piece::Text(text) => Some(text.as_str()),
            Piece::Expression(_) => None,
        });
        let full_name = decode(&texts.chain([name]).collect::<String>());
        if !is_credential(&full_name) {
            return None;
        }
        let mut values = Vec::new();
        if !value.is_empty() {
            values.push(Piece::Text(value.to_owned()));
        }
        values.extend_from_slice(behind);
        if values.is_empty() {
            return None;
        }
        let known: Vec<String> = values.iter().filter_map(expression).collect();
        let decoded: Vec<Piece> = values
            .into_iter()
            .map(|part| match part {
                Piece::Text(text) => Piece::Text(decode(&text)),
                expression @ Piece::Expression(_) => expression,
            })
            .collect();
        let mut template = Template::from(written(&decoded));
        self.template(&mut template, &full_name);
        let mut pair = format!("{}{}=", written(before), escape(name));
        for part in pieces(template.as_str()) {
            match part {
                Piece::Text(text) => pair.push_str(&encode(&text)),
                Piece::Expression(expression) if known.contains(&expression) => {
                    pair.extend(["{{ ", &expression, " }}"]);
                }
                Piece::Expression(expression) => {
                    pair.extend(["{{ ", &expression, filter, " }}"]);
                }
            }
        }
        Some(pair)
    }

    /// `"name": "value"`, `"name": 1`, `<name>value</name>` and `name="value"` in any text.
    fn members_in(&mut self, content: &mut Template) {
        let parts = pieces(content.as_str());
        // Each expression is one character that is nowhere else, so that places can be counted.
        let Some(mark) = ('\u{e000}'..'\u{f8ff}').find(|mark| !content.as_str().contains(*mark))
        else {
            return;
        };
        let flat: String = parts
            .iter()
            .map(|part| match part {
                Piece::Text(text) => text.clone(),
                Piece::Expression(_) => mark.to_string(),
            })
            .collect();
        let places = places(&flat);
        if places.is_empty() {
            return;
        }
        let expressions: Vec<String> = parts.iter().filter_map(expression).collect();
        let mut rest = expressions.iter();
        // Back to pieces: the marks are the expressions, in their order.
        let mut restored = |text: &str| -> Vec<Piece> {
            let mut restored = Vec::new();
            for (index, part) in text.split(mark).enumerate() {
                if index > 0 {
                    restored.extend(rest.next().cloned().map(Piece::Expression));
                }
                if !part.is_empty() {
                    restored.push(Piece::Text(part.to_owned()));
                }
            }
            restored
        };
        let mut whole = String::new();
        let mut end = 0;
        for place in places {
            whole.push_str(&written(&restored(&flat[end..place.value.start])));
            let value = restored(&flat[place.value.clone()]);
            end = place.value.end;
            match (value.as_slice(), place.writing) {
                ([Piece::Text(text)], writing) => {
                    let (text, filter) = plain(text, writing);
                    if filter == JSON {
                        // The filter writes the quotes too.
                        whole.pop();
                        end += 1;
                    }
                    if writing == Writing::Section {
                        // What is escaped needs no section.
                        whole.truncate(whole.len() - SECTION.len());
                        end += SECTION_END.len();
                    }
                    let variable = self.variable(place.name, &text, !is_placeholder(&text));
                    whole.extend(["{{ vars.", &variable, filter, " }}"]);
                }
                (parts, _) => {
                    let mut template = Template::from(written(parts));
                    self.template(&mut template, place.name);
                    whole.push_str(template.as_str());
                }
            }
        }
        whole.push_str(&written(&restored(&flat[end..])));
        *content = whole.into();
    }
}

/// What writes a value as JSON, in quotes.
const JSON: &str = " | json";

/// What writes a value between tags and in an attribute.
const XML: &str = " | xmlescape";

/// The value that is written so, and the filter that writes it again; none where it stays as it is written.
fn plain(text: &str, writing: Writing) -> (String, &'static str) {
    match writing {
        Writing::Json => match serde_json::from_str(&format!("\"{text}\"")) {
            Ok(value) => (value, JSON),
            Err(_) => (text.to_owned(), ""),
        },
        Writing::Number => (text.to_owned(), ""),
        Writing::Xml if text.contains('&') => (text.to_owned(), ""),
        Writing::Xml | Writing::Section => (text.to_owned(), XML),
    }
}

fn expression(part: &Piece) -> Option<String> {
    match part {
        Piece::Text(_) => None,
        Piece::Expression(expression) => Some(expression.clone()),
    }
}

/// Pieces as a template.
fn written(parts: &[Piece]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Piece::Text(text) => escape(text).as_str().to_owned(),
            Piece::Expression(expression) => format!("{{{{ {expression} }}}}"),
        })
        .collect()
}

/// What is no UTF-8 stays as it is written.
fn decode(encoded: &str) -> String {
    let spaced = encoded.replace('+', " ");
    let decoded = percent_decode_str(&spaced).decode_utf8();
    decoded.map_or_else(|_| encoded.to_owned(), std::borrow::Cow::into_owned)
}
