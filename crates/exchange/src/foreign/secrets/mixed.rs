//! A credential's text that has expressions in it, taken apart: names, marks and the scheme stay, the rest is secret.

use super::placeholder::is_placeholder;
use crate::literal::Piece;

/// The longest word that counts as the name of a pair or as a scheme.
const LONGEST_NAME: usize = 40;

/// A part of such a text.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Segment<'a> {
    /// Text that says nothing of the credential.
    Kept(&'a str),
    Expression(&'a str),
    Secret {
        /// The name before it, as in `token=…`.
        pair: Option<&'a str>,
        value: &'a str,
    },
}

/// The segments of a text.
pub(super) fn segments(parts: &[Piece]) -> Vec<Segment<'_>> {
    let is_expression = |index: Option<usize>| {
        let part = index.and_then(|index| parts.get(index));
        matches!(part, Some(Piece::Expression(_)))
    };
    let mut found = Vec::new();
    for (index, part) in parts.iter().enumerate() {
        match part {
            Piece::Expression(expression) => found.push(Segment::Expression(expression)),
            Piece::Text(text) => {
                let before = is_expression(index.checked_sub(1));
                let behind = is_expression(Some(index + 1));
                if index == 0 && behind && is_scheme(text) {
                    found.push(Segment::Kept(text));
                } else {
                    text_segments(text, before, behind, &mut found);
                }
            }
        }
    }
    found
}

/// `Zoho-oauthtoken `: one word of letters before the credential (RFC 9110 section 11.4).
fn is_scheme(text: &str) -> bool {
    text.strip_suffix(' ').is_some_and(|word| {
        (1..=LONGEST_NAME).contains(&word.len())
            && word
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || byte == b'-')
    })
}

/// What stands between two parts of a credential that has several.
fn is_mark(character: char) -> bool {
    character.is_whitespace() || "&;,?\"'()<>".contains(character)
}

/// `before` and `behind`: whether an expression stands right there.
fn text_segments<'a>(text: &'a str, before: bool, behind: bool, found: &mut Vec<Segment<'a>>) {
    let mut rest = text;
    let mut is_begun = before;
    while !rest.is_empty() {
        let start = rest
            .find(|character| !is_mark(character))
            .unwrap_or(rest.len());
        let (marks, words) = rest.split_at(start);
        if !marks.is_empty() {
            found.push(Segment::Kept(marks));
            is_begun = false;
        }
        let (word, more) = words.split_at(words.find(is_mark).unwrap_or(words.len()));
        rest = more;
        let mut pair = None;
        let mut value = word;
        if !is_begun
            && let Some((name, behind_name)) = word.split_once('=')
            && is_name(name)
            && !behind_name.starts_with('=')
            && (!behind_name.is_empty() || rest.is_empty() && behind)
        {
            found.push(Segment::Kept(&word[..=name.len()]));
            pair = Some(name);
            value = behind_name;
        }
        push_value(pair, value, found);
        is_begun = false;
    }
}

/// `user:` and `:secret` without the colon, which divides.
fn push_value<'a>(pair: Option<&'a str>, word: &'a str, found: &mut Vec<Segment<'a>>) {
    let value = word.trim_matches(':');
    if !value.contains(char::is_alphanumeric) || is_placeholder(value) {
        if !word.is_empty() {
            found.push(Segment::Kept(word));
        }
        return;
    }
    let (colons, behind) = word.split_at(word.len() - word.trim_start_matches(':').len());
    let colons_behind = &behind[value.len()..];
    if !colons.is_empty() {
        found.push(Segment::Kept(colons));
    }
    found.push(Segment::Secret { pair, value });
    if !colons_behind.is_empty() {
        found.push(Segment::Kept(colons_behind));
    }
}

fn is_name(text: &str) -> bool {
    text.len() <= LONGEST_NAME
        && text.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::{Segment, segments};
    use crate::literal::pieces;

    /// What is kept and what is secret, in a row: `[secret]`, `name=[secret]`, `{expression}`.
    fn shown(template: &str) -> String {
        let parts = pieces(template);
        let segments = segments(&parts);
        segments
            .iter()
            .map(|segment| match segment {
                Segment::Kept(text) => (*text).to_owned(),
                Segment::Expression(expression) => format!("{{{expression}}}"),
                Segment::Secret { value, .. } => format!("[{value}]"),
            })
            .collect()
    }

    #[test]
    fn only_names_marks_and_schemes_stay_beside_an_expression() {
        for (template, expected) in [
            ("{{ x }}abc", "{x}[abc]"),
            ("abc{{ x }}", "[abc]{x}"),
            ("key={{ a }}&token=LITERAL", "key={a}&token=[LITERAL]"),
            ("{{ a }}&token=LITERAL", "{a}&token=[LITERAL]"),
            ("sid={{ a }}; theme=dark", "sid={a}; theme=[dark]"),
            ("Zoho-oauthtoken {{ a }}", "Zoho-oauthtoken {a}"),
            ("Zoho4 {{ a }}", "[Zoho4] {a}"),
            ("{{ user }}:secret", "{user}:[secret]"),
            ("user:{{ pass }}", "[user]:{pass}"),
            ("{{ type }} {{ token }}", "{type} {token}"),
            // The end of Base64 is no pair.
            ("{{ a }}c2VjcmV0==", "{a}[c2VjcmV0==]"),
            ("{{ a }} c2VjcmV0==", "{a} [c2VjcmV0==]"),
            ("{{ a }}c2VjcmV=x", "{a}[c2VjcmV=x]"),
            ("{{ a }}***", "{a}***"),
            ("{{ a }}é{{ b }}", "{a}[é]{b}"),
        ] {
            assert_eq!(shown(template), expected, "{template}");
        }
    }
}
