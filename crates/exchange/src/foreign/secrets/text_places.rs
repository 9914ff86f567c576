//! Where values of credentials stand in a text that is written like JSON or XML. What becomes of them is not said here.

use std::ops::Range;

use super::is_credential;

/// What a CDATA section begins with.
pub(super) const SECTION: &str = "<![CDATA[";
/// And what it ends with.
pub(super) const SECTION_END: &str = "]]>";

/// The longest name that is looked for before a value.
const LONGEST_NAME: usize = 128;

/// How a text writes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Writing {
    /// In the quotes of a JSON member.
    Json,
    /// A number, as a JSON member.
    Number,
    /// Between the tags of an element, or in an attribute.
    Xml,
    /// In the CDATA section that an element begins with.
    Section,
}

/// Where a value stands in a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Place<'a> {
    pub name: &'a str,
    pub value: Range<usize>,
    pub writing: Writing,
}

/// Where a text has values of credentials, in order and apart from each other.
pub(super) fn places(text: &str) -> Vec<Place<'_>> {
    let mut found: Vec<Place<'_>> = Vec::new();
    // Behind it no section ends: none is looked for there.
    let last_section = text.rfind(SECTION_END).unwrap_or_default();
    for (index, mark) in text.match_indices([':', '>', '=']) {
        if found.last().is_some_and(|last| index < last.value.end) {
            continue;
        }
        let place = match mark {
            ":" => json_member(text, index),
            "=" => attribute(text, index),
            _ => element(text, index, last_section),
        };
        found.extend(place.filter(|place| {
            !text[place.value.clone()].trim().is_empty() && is_credential(place.name)
        }));
    }
    found
}

/// `"name": "value"` and `"name": 1`, of which the colon is known.
fn json_member(text: &str, colon: usize) -> Option<Place<'_>> {
    let name = text[..colon].trim_end().strip_suffix('"')?;
    let start = name
        .char_indices()
        .rev()
        .take(LONGEST_NAME)
        .find(|(_, character)| *character == '"')?
        .0;
    let name = &name[start + 1..];
    let behind = text[colon + 1..].trim_start();
    let Some(value) = behind.strip_prefix('"') else {
        let from = text.len() - behind.len();
        return Some(Place {
            name,
            value: from..from + number(behind)?,
            writing: Writing::Number,
        });
    };
    let from = text.len() - value.len();
    let mut is_escaped = false;
    let end = value.find(|character| {
        let is_end = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_end
    })?;
    Some(Place {
        name,
        value: from..from + end,
        writing: Writing::Json,
    })
}

/// How long the JSON number is that a text begins with.
fn number(text: &str) -> Option<usize> {
    let length = text
        .bytes()
        .take(LONGEST_NAME)
        .take_while(|byte| byte.is_ascii_digit() || b"+-.eE".contains(byte))
        .count();
    let is_one = serde_json::from_str::<serde_json::Number>(&text[..length]).is_ok();
    let is_whole = text[length..].trim_start().starts_with([',', '}', ']']);
    (is_one && is_whole).then_some(length)
}

/// `name="value"` and `name='value'`, of which the equals sign is known.
fn attribute(text: &str, equals: usize) -> Option<Place<'_>> {
    let behind = text[equals + 1..].trim_start();
    let quote = behind
        .chars()
        .next()
        .filter(|first| "\"'".contains(*first))?;
    let name = word_before(text, text[..equals].trim_end().len())?;
    let value = &behind[1..];
    let from = text.len() - value.len();
    Some(Place {
        name,
        value: from..from + value.find(quote)?,
        writing: Writing::Xml,
    })
}

/// `<name …>value</`, of which the first `>` is known. `last_section`: where the last CDATA section of the text ends.
fn element(text: &str, close: usize, last_section: usize) -> Option<Place<'_>> {
    let start = text[..close]
        .char_indices()
        .rev()
        .take(LONGEST_NAME * 4)
        .find(|(_, character)| *character == '<')?
        .0;
    let tag = &text[start + 1..close];
    let name = tag.split_whitespace().next()?;
    // Each tag is looked at once: an attribute with a `>` in it is not one that is known here.
    if name.starts_with(['/', '?', '!']) || tag.ends_with('/') || tag.contains('>') {
        return None;
    }
    let name = name.rsplit(':').next().unwrap_or(name);
    let behind = text[close + 1..].trim_start();
    if let Some(section) = behind.strip_prefix(SECTION) {
        let from = text.len() - section.len();
        // Only where it is a credential's: what is found is passed over then, and no text is searched twice.
        if from > last_section || !is_credential(name) {
            return None;
        }
        return Some(Place {
            name,
            value: from..from + section.find(SECTION_END)?,
            writing: Writing::Section,
        });
    }
    let end = close + 1 + text[close + 1..].find('<')?;
    if !text[end..].starts_with("</") {
        return None;
    }
    let inside = &text[close + 1..end];
    let from = end - inside.trim_start().len();
    Some(Place {
        name,
        value: from..from + inside.trim().len(),
        writing: Writing::Xml,
    })
}

/// The letters, digits, `_` and `-` that end there.
fn word_before(text: &str, end: usize) -> Option<&str> {
    let before = &text[..end];
    let length = before
        .bytes()
        .rev()
        .take(LONGEST_NAME)
        .take_while(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(byte))
        .count();
    (length > 0).then(|| &before[end - length..])
}
