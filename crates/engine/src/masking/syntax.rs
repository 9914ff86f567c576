//! How secrets are written in texts: credentials behind a scheme, and members of JSON that may be broken.

use std::sync::LazyLock;

use regex::Regex;

/// A member of JSON that may be broken: its name and its text or number, which may have no end.
pub(super) static MEMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?<start>"(?<name>(?:[^"\\]|\\.)*)"\s*:\s*)(?<value>"(?:[^"\\]|\\.)*"?|-?[0-9][0-9.eE+-]*)"#)
        .expect("the pattern is a valid one")
});

pub(super) fn is_scheme(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}
