//! Taking an input apart. Corpora are to be read and written by people: parts are lines, the last one is the rest.

use std::borrow::Cow;

/// Bytes as text; what is broken becomes U+FFFD.
pub(crate) fn text(data: &[u8]) -> Cow<'_, str> {
    String::from_utf8_lossy(data)
}

/// The first line of a text, and what is behind it.
pub(crate) fn first_line(text: &str) -> (&str, &str) {
    text.split_once('\n').unwrap_or((text, ""))
}

/// The first line of bytes, and what is behind it.
pub(crate) fn first_line_bytes(data: &[u8]) -> (&[u8], &[u8]) {
    match data.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}
