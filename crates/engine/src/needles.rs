//! What is looked for in texts: the known secrets, in every shape that they may have on the way.
//!
//! What is secret, and what stands in its place, is [`crate::masking`]'s.

use std::ops::Range;
use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind};
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD_NO_PAD, URL_SAFE_NO_PAD};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

/// What leaves `-._~` as they are (RFC 3986), which most clients use.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');
/// What a value keeps in a path behind `| safe`.
const PATH: &AsciiSet = &UNRESERVED
    .remove(b'!')
    .remove(b'$')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@')
    .remove(b'/');
/// The shortest piece of base64 that is looked for: a shorter one turns up by chance.
const SHORTEST_BASE64: usize = 6;

/// Texts to look for, all at once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needles {
    texts: Vec<String>,
    /// Made at the first search after a new text.
    automaton: OnceLock<Option<AhoCorasick>>,
}

impl Needles {
    /// Adds a secret in all its shapes.
    pub(crate) fn add(&mut self, secret: &str) {
        for shape in shapes(secret) {
            if !shape.is_empty() && !self.texts.contains(&shape) {
                self.texts.push(shape);
            }
        }
        self.automaton = OnceLock::new();
    }

    /// The ranges of a text that hold a secret, overlapping ones as one, so that no part of any is left over.
    pub(crate) fn find(&self, text: &str) -> Vec<Range<usize>> {
        let mut found: Vec<Range<usize>> = Vec::new();
        let Some(automaton) = self.automaton() else {
            return found;
        };
        for at in automaton.find_overlapping_iter(text) {
            let mut range = at.range();
            // In the order of their ends, so that a longer one may take in several before it.
            while let Some(last) = found.pop_if(|last| last.end > range.start) {
                range.start = range.start.min(last.start);
                range.end = range.end.max(last.end);
            }
            found.push(range);
        }
        found
    }

    fn automaton(&self) -> Option<&AhoCorasick> {
        if self.texts.is_empty() {
            return None;
        }
        let build = || {
            // Quick to make: new secrets come with most steps.
            AhoCorasick::builder()
                .kind(Some(AhoCorasickKind::NoncontiguousNFA))
                .build(&self.texts)
                .ok()
        };
        self.automaton.get_or_init(build).as_ref()
    }
}

fn shapes(secret: &str) -> Vec<String> {
    let encoded = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    let form: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let json = Value::String(secret.to_owned()).to_string();
    let mut shapes = vec![
        secret.to_owned(),
        encoded.replace("%20", "+"),
        lower_escapes(&encoded),
        encoded,
        utf8_percent_encode(secret, PATH).to_string(),
        json.get(1..json.len() - 1).unwrap_or_default().to_owned(),
        STANDARD_NO_PAD.encode(secret),
        URL_SAFE_NO_PAD.encode(secret),
    ];
    let relaxed = utf8_percent_encode(secret, UNRESERVED).to_string();
    shapes.extend([lower_escapes(&relaxed), relaxed, lower_escapes(&form), form]);
    for offset in 0..3 {
        shapes.extend(base64_inside(secret, offset));
    }
    shapes
}

/// The characters of base64 that the secret alone decides where it stands behind `offset` other bytes.
fn base64_inside(secret: &str, offset: usize) -> Vec<String> {
    let mut bytes = vec![0; offset];
    bytes.extend_from_slice(secret.as_bytes());
    let from = (offset * 8).div_ceil(6);
    let to = bytes.len() * 8 / 6;
    if to < from + SHORTEST_BASE64 {
        return Vec::new();
    }
    let encoded = [
        STANDARD_NO_PAD.encode(&bytes),
        URL_SAFE_NO_PAD.encode(&bytes),
    ];
    encoded
        .iter()
        .filter_map(|text| text.get(from..to))
        .map(str::to_owned)
        .collect()
}

/// `%2F` as `%2f`.
fn lower_escapes(encoded: &str) -> String {
    let mut lower = String::with_capacity(encoded.len());
    let mut escaped = 0;
    for character in encoded.chars() {
        lower.push(if escaped > 0 {
            character.to_ascii_lowercase()
        } else {
            character
        });
        escaped = if character == '%' {
            2
        } else {
            usize::saturating_sub(escaped, 1)
        };
    }
    lower
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(secrets: &[&str], text: &str) -> Vec<String> {
        let mut needles = Needles::default();
        for secret in secrets {
            needles.add(secret);
        }
        needles
            .find(text)
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect()
    }

    #[test]
    fn z29_a_secret_is_found_inside_longer_base64_at_each_offset() {
        for before in ["", "a", "ab", "abc"] {
            let text = STANDARD_NO_PAD.encode(format!("{before}s3cr3t-value tail"));
            assert_eq!(found(&["s3cr3t-value"], &text).len(), 1, "{text}");
        }
    }

    #[test]
    fn overlapping_secrets_are_one_range() {
        assert_eq!(
            found(&["abcdefgh", "ghijklmn", "cdefgh"], "x abcdefghijklmn y"),
            ["abcdefghijklmn"]
        );
        assert_eq!(found(&["abcdef"], "abcdef abcdef"), ["abcdef", "abcdef"]);
    }

    #[test]
    fn escapes_are_found_in_small_letters_too() {
        assert_eq!(lower_escapes("A%2FB%C3%A4C"), "A%2fB%c3%a4C");
        assert_eq!(
            found(&["a/b+c~d*e f"], "q=a%2fb%2bc%7ed*e+f"),
            ["a%2fb%2bc%7ed*e+f"]
        );
    }
}
