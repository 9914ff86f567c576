//! Multipart bodies: `-F` fields, and the raw bodies that browsers copy.

use latchwork_model::Parameter;

use super::word::Word;
use crate::literal::escape;
use crate::note::{NoteKind, Notes};

const FILE: &str = "A field with a file is left out: a request has text fields alone.";

/// Reads `-F` and `--form-string` fields.
pub(crate) fn fields(words: &[(Word, bool)], notes: &mut Notes) -> Vec<Parameter> {
    let mut fields = Vec::new();
    for (word, is_literal) in words {
        let Some((name, value)) = word.text.split_once('=') else {
            notes.add(NoteKind::LeftOut, "A form field without `=` is left out.");
            continue;
        };
        if *is_literal {
            fields.push(Parameter::new(escape(name), escape(value)));
        } else if value.starts_with(['@', '<']) {
            notes.add(NoteKind::Missing, FILE);
        } else {
            fields.push(Parameter::new(
                escape(name),
                escape(&field_value(value, notes)),
            ));
        }
    }
    fields
}

/// A value in quotes ends with them; otherwise at the first `;type=` and the like.
fn field_value(value: &str, notes: &mut Notes) -> String {
    if let Some(quoted) = value.strip_prefix('"') {
        let mut text = String::new();
        let mut characters = quoted.chars();
        while let Some(character) = characters.next() {
            match character {
                '"' => return text,
                '\\' => text.extend(characters.next()),
                other => text.push(other),
            }
        }
        return value.to_owned();
    }
    for mark in [";type=", ";filename=", ";headers=", ";encoder="] {
        if let Some((before, _)) = value.split_once(mark) {
            notes.add(
                NoteKind::LeftOut,
                "What follows `;` in a form field (`;type=`) is left out.",
            );
            return before.to_owned();
        }
    }
    value.to_owned()
}

/// Reads a body that was written out, with its boundary (RFC 7578); none where it is not that.
pub(crate) fn written_out(
    content_type: &str,
    body: &str,
    notes: &mut Notes,
) -> Option<Vec<Parameter>> {
    let boundary = content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.trim().split_once('=')?;
        name.eq_ignore_ascii_case("boundary")
            .then(|| value.trim_matches('"'))
    })?;
    let delimiter = format!("--{boundary}");
    let mut fields = Vec::new();
    let mut parts = body.split(delimiter.as_str());
    parts.next();
    for part in parts {
        if part.trim_end() == "--" {
            return Some(fields);
        }
        let part = part
            .strip_prefix("\r\n")
            .or_else(|| part.strip_prefix('\n'))?;
        let (head, value) = part
            .split_once("\r\n\r\n")
            .or_else(|| part.split_once("\n\n"))?;
        let value = value
            .strip_suffix("\r\n")
            .or_else(|| value.strip_suffix('\n'))?;
        let disposition = head.lines().find(|line| {
            line.to_ascii_lowercase()
                .starts_with("content-disposition:")
        })?;
        if disposition.contains("filename=") {
            notes.add(NoteKind::Missing, FILE);
            continue;
        }
        let (_, after) = disposition.split_once(" name=\"")?;
        let (name, _) = after.split_once('"')?;
        fields.push(Parameter::new(escape(name), escape(value)));
    }
    None
}
