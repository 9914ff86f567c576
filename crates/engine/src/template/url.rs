//! Addresses: every value is encoded by its place in them, so that it cannot change what the address means.

use std::fmt;

use super::error::TemplateError;

/// A piece of an address.
#[derive(Debug)]
pub(super) enum UrlPiece {
    Literal(String),
    Value { text: String, safe: bool },
}

/// What an address starts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UrlStart {
    /// Scheme, host and port are written in the template. Also an address that has none of them (`/contacts`).
    Literal,
    /// An expression has a part in them: the origin came from a value, and has to be allowed.
    Value,
}

/// A rendered address, or the part of one that follows a base address.
///
/// - At its very start a value is taken as it is: scheme and host may come from it, and its own path and query.
/// - In the host only letters, digits, `.` and `-` are let through, in the port only digits.
/// - In the path a value is one encoded segment, or with `| safe` several. None of them can be `.` or `..`.
/// - After `?` and after `#` it is encoded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RenderedUrl {
    /// The address.
    pub text: String,
    /// Where its origin comes from.
    pub start: UrlStart,
}

impl fmt::Display for RenderedUrl {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Start,
    /// The scheme, or a host without one.
    Before,
    Host,
    Port,
    Path,
    Query,
}

/// The place that an address has come to.
fn place(text: &str) -> Place {
    if text.is_empty() {
        return Place::Start;
    }
    if text.contains(['?', '#']) {
        return Place::Query;
    }
    let Some((scheme, after)) = text
        .split_once("://")
        .filter(|(scheme, _)| !scheme.contains(['/', '\\']))
    else {
        return if text.contains(['/', '\\']) {
            Place::Path
        } else {
            Place::Before
        };
    };
    debug_assert!(!scheme.contains('/'));
    if after.contains(['/', '\\']) {
        return Place::Path;
    }
    let host = after.rsplit('@').next().unwrap_or_default();
    // Within `[…]` colons are part of an IPv6 address.
    let behind_address = host.rsplit(']').next().unwrap_or_default();
    if behind_address.contains(':') && (host.contains(']') || !host.starts_with('[')) {
        Place::Port
    } else {
        Place::Host
    }
}

/// Puts the pieces of an address together.
pub(super) fn assemble(pieces: Vec<UrlPiece>) -> Result<RenderedUrl, TemplateError> {
    let mut text = String::new();
    let mut start = UrlStart::Literal;
    // Where values stand in the text, to look at the segments that they have a part in.
    let mut in_path: Vec<std::ops::Range<usize>> = Vec::new();
    let mut in_host = false;
    for piece in pieces {
        let (value, safe) = match piece {
            UrlPiece::Literal(literal) => {
                text.push_str(&literal);
                continue;
            }
            UrlPiece::Value { text, safe } => (text, safe),
        };
        let at = text.len();
        match place(&text) {
            Place::Start => {
                let value = value.trim();
                if value
                    .contains(|character: char| character.is_control() || character.is_whitespace())
                {
                    return Err(invalid(
                        "the value at the start of the address has a blank or a line break in it",
                    ));
                }
                text.push_str(value);
                if !value.is_empty() && !value.starts_with(['/', '?', '#']) {
                    start = UrlStart::Value;
                }
            }
            Place::Before | Place::Host => {
                if let Some(wrong) = value
                    .chars()
                    .find(|c| !c.is_ascii_alphanumeric() && !matches!(c, '.' | '-'))
                {
                    return Err(host_fault(wrong));
                }
                text.push_str(&value);
                start = UrlStart::Value;
                in_host = true;
            }
            Place::Port => {
                if value.is_empty()
                    || value.len() > 5
                    || !value.bytes().all(|byte| byte.is_ascii_digit())
                {
                    return Err(TemplateError::Url {
                        message: "the value for the port is no port number".to_owned(),
                        hint: "Give digits, or leave the port out.",
                    });
                }
                text.push_str(&value);
                start = UrlStart::Value;
            }
            Place::Path => {
                encode_into(
                    &mut text,
                    &value,
                    if safe { Kept::Path } else { Kept::Unreserved },
                );
                in_path.push(at..text.len());
            }
            Place::Query => encode_into(&mut text, &value, Kept::Unreserved),
        }
    }
    if in_host {
        check_host(&text)?;
    }
    for value in in_path {
        check_segments(&text, value)?;
    }
    Ok(RenderedUrl { text, start })
}

fn invalid(message: &str) -> TemplateError {
    TemplateError::Url {
        message: message.to_owned(),
        hint: "Check the value that the address is made of.",
    }
}

fn host_fault(wrong: char) -> TemplateError {
    let wrong = if wrong.is_control() || wrong.is_whitespace() {
        "a blank".to_owned()
    } else {
        format!("`{wrong}`")
    };
    TemplateError::Url {
        message: format!(
            "the value for the host has {wrong} in it: only letters, digits, `.` and `-` can be there"
        ),
        hint: "Put a whole address at the very start of the template: `{{ login.body.instance_url }}/path`.",
    }
}

/// A host that values have a part in must not have become empty: the next part would then be taken for it.
fn check_host(text: &str) -> Result<(), TemplateError> {
    let Some((_, after)) = text.split_once("://") else {
        return Ok(());
    };
    let authority = after
        .split(['/', '\\', '?', '#'])
        .next()
        .unwrap_or_default();
    let host = authority
        .rsplit('@')
        .next()
        .unwrap_or_default()
        .split(':')
        .next()
        .unwrap_or_default();
    if host
        .split('.')
        .rev()
        .skip(usize::from(host.ends_with('.')))
        .any(str::is_empty)
        || host.is_empty()
    {
        return Err(TemplateError::Url {
            message: "a part of the address's host is empty".to_owned(),
            hint: "Check that the value for the host is there.",
        });
    }
    Ok(())
}

/// No segment that a value has a part in may be `.` or `..`, also not in the spellings that servers and clients
/// take for them.
fn check_segments(text: &str, value: std::ops::Range<usize>) -> Result<(), TemplateError> {
    let path_end = text.find(['?', '#']).unwrap_or(text.len());
    let from = text[..value.start]
        .rfind(['/', '\\'])
        .map_or(0, |slash| slash + 1);
    let to = text[value.end..path_end]
        .find(['/', '\\'])
        .map_or(path_end, |slash| value.end + slash);
    for segment in text[from..to.max(from)].split(['/', '\\']) {
        let plain = segment.replace("%2e", ".").replace("%2E", ".");
        if matches!(plain.as_str(), "." | "..") {
            return Err(TemplateError::Url {
                message: format!(
                    "a part of the address's path would be `{plain}`, which leads elsewhere"
                ),
                hint: "Check the value that the path is made of.",
            });
        }
    }
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kept {
    /// RFC 3986, section 2.3.
    Unreserved,
    /// What a path can have: section 3.3, with the slash, and what is encoded already.
    Path,
}

fn encode_into(text: &mut String, value: &str, kept: Kept) {
    const HEX: &[u8; 16] = b"0123456789ABCDEF";
    let bytes = value.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let keep = match byte {
            b'-' | b'.' | b'_' | b'~' => true,
            byte if byte.is_ascii_alphanumeric() => true,
            _ if kept == Kept::Unreserved => false,
            b'%' => bytes
                .get(at + 1..at + 3)
                .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)),
            byte => b"!$&'()*+,;=:@/".contains(byte),
        };
        if keep {
            text.push(char::from(*byte));
        } else {
            text.push('%');
            text.push(char::from(HEX[usize::from(byte >> 4)]));
            text.push(char::from(HEX[usize::from(byte & 15)]));
        }
    }
}

/// Percent-encodes all but RFC 3986's unreserved characters.
pub(super) fn encode(value: &str) -> String {
    let mut text = String::with_capacity(value.len());
    encode_into(&mut text, value, Kept::Unreserved);
    text
}

#[cfg(test)]
mod tests {
    use super::{Place, place};

    #[test]
    fn places_are_told_apart() {
        for (text, expected) in [
            ("", Place::Start),
            ("/", Place::Path),
            ("https", Place::Before),
            ("https://", Place::Host),
            ("https://a.", Place::Host),
            ("https://a:", Place::Port),
            ("https://a:8", Place::Port),
            ("https://u:p@", Place::Host),
            ("https://[::1", Place::Host),
            ("https://[::1]:", Place::Port),
            ("https://a/", Place::Path),
            ("https://a\\", Place::Path),
            ("https://a?", Place::Query),
            ("/a?b=", Place::Query),
            ("/a#", Place::Query),
            ("/r?to=https://", Place::Query),
            ("/r/https://", Place::Path),
        ] {
            assert_eq!(place(text), expected, "{text}");
        }
    }
}
