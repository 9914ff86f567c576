//! A credential's text that has expressions in it, taken apart: names, marks and the scheme stay, the rest is secret.

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
        /// Whether an expression stands right before or behind it.
        is_beside: bool,
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
        let is_begun_here = is_begun;
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
        let beside = (is_begun_here, behind && rest.is_empty());
        push_value(pair, value, beside, found);
        is_begun = false;
    }
}

/// `user:` and `:secret` without the colon, which divides. `beside`: whether an expression stands right before and behind
/// the word.
fn push_value<'a>(
    pair: Option<&'a str>,
    word: &'a str,
    beside: (bool, bool),
    found: &mut Vec<Segment<'a>>,
) {
    let value = word.trim_matches(':');
    if !value.contains(char::is_alphanumeric) {
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
    found.push(Segment::Secret {
        pair,
        value,
        is_beside: beside.0 && colons.is_empty() || beside.1 && colons_behind.is_empty(),
    });
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

    /// What is kept and what is secret, in a row: `[secret]`, `[+beside an expression]`, `{expression}`.
    fn shown(template: &str) -> String {
        let parts = pieces(template);
        let segments = segments(&parts);
        segments
            .iter()
            .map(|segment| match segment {
                Segment::Kept(text) => (*text).to_owned(),
                Segment::Expression(expression) => format!("{{{expression}}}"),
                Segment::Secret {
                    value, is_beside, ..
                } => {
                    let mark = if *is_beside { "+" } else { "" };
                    format!("[{mark}{value}]")
                }
            })
            .collect()
    }

    #[test]
    fn only_names_marks_and_schemes_stay_beside_an_expression() {
        for (template, expected) in [
            ("{{ x }}abc", "{x}[+abc]"),
            ("abc{{ x }}", "[+abc]{x}"),
            ("key={{ a }}&token=LITERAL", "key={a}&token=[LITERAL]"),
            ("{{ a }}&token=LITERAL", "{a}&token=[LITERAL]"),
            ("sid={{ a }}; theme=dark", "sid={a}; theme=[dark]"),
            ("Zoho-oauthtoken {{ a }}", "Zoho-oauthtoken {a}"),
            ("Zoho4 {{ a }}", "[Zoho4] {a}"),
            ("{{ user }}:secret", "{user}:[secret]"),
            ("user:{{ pass }}", "[user]:{pass}"),
            ("{{ type }} {{ token }}", "{type} {token}"),
            // The end of Base64 is no pair.
            ("{{ a }}c2VjcmV0==", "{a}[+c2VjcmV0==]"),
            ("{{ a }} c2VjcmV0==", "{a} [c2VjcmV0==]"),
            ("{{ a }}c2VjcmV=x", "{a}[+c2VjcmV=x]"),
            ("{{ a }}***", "{a}***"),
            // What looks like a placeholder may be a part of a value.
            ("api_key={{ p }}$ecret1", "api_key={p}[+$ecret1]"),
            ("key=$ecret1{{ p }}", "key=[+$ecret1]{p}"),
            ("{{ a }}xxxx", "{a}[+xxxx]"),
            ("{{ a }}:$ecret1", "{a}:[$ecret1]"),
            ("{{ a }} $TOKEN", "{a} [$TOKEN]"),
            ("{{ a }}é{{ b }}", "{a}[+é]{b}"),
        ] {
            assert_eq!(shown(template), expected, "{template}");
        }
    }
}
