//! Names: ids of endpoints and steps, names of inputs and variables, and how templates write them. That none comes
//! twice is not decided here: [`crate::unique_names`].

use latchwork_model::template_syntax::is_reserved_word;
use latchwork_model::{STEP_ID_RESERVED, Template, is_identifier};

/// The longest id that is made.
const LONGEST: usize = 60;

/// A name as an id, `[a-z][a-z0-9_]*`: `listPets` becomes `list_pets`, `users/get-by-id` `users_get_by_id`.
/// Nothing where it has no letters for one.
pub(super) fn identifier(name: &str) -> Option<String> {
    let mut id = String::new();
    let mut characters = name.chars().peekable();
    let mut before: Option<char> = None;
    while let Some(character) = characters.next() {
        if id.len() >= LONGEST {
            break;
        }
        if character.is_ascii_alphanumeric() {
            let begins_word = character.is_ascii_uppercase()
                && before.is_some_and(|before| {
                    before.is_ascii_lowercase()
                        || before.is_ascii_digit()
                        || before.is_ascii_uppercase()
                            && characters.peek().is_some_and(char::is_ascii_lowercase)
                });
            if begins_word && !id.ends_with('_') {
                id.push('_');
            }
            id.push(character.to_ascii_lowercase());
        } else if !id.is_empty() && !id.ends_with('_') {
            id.push('_');
        }
        before = Some(character);
    }
    let id = id
        .trim_end_matches('_')
        .trim_start_matches(|first: char| !first.is_ascii_lowercase());
    is_identifier(id).then(|| id.to_owned())
}

/// A name as one that templates can write behind a period: letters, digits and underscores, as they were.
pub(super) fn member_name(name: &str) -> Option<String> {
    let plain: String = name
        .chars()
        .take(LONGEST)
        .map(|character| match character {
            '_' => '_',
            letter if letter.is_ascii_alphanumeric() => letter,
            _ => '_',
        })
        .collect();
    let plain = plain.trim_matches('_');
    match plain.chars().next() {
        Some(first) if first.is_ascii_digit() => Some(format!("n{plain}")),
        Some(_) => Some(plain.to_owned()),
        None => None,
    }
}

/// Whether a step may have this id.
pub(super) fn is_taken_word(id: &str) -> bool {
    STEP_ID_RESERVED.contains(&id) || is_reserved_word(id)
}

/// How a template takes a member: `input.id`, or `input['in']` where a word of the language is in the way.
pub(super) fn path(root: &str, name: &str) -> String {
    if is_reserved_word(name) {
        format!("{root}['{name}']")
    } else {
        format!("{root}.{name}")
    }
}

/// The template that is nothing but a member.
pub(super) fn expression(root: &str, name: &str) -> String {
    format!("{{{{ {} }}}}", path(root, name))
}

/// A text that an expression follows, as a template: a brace at its end is none of the expression's.
pub(super) fn before_expression(text: &str) -> String {
    match text.strip_suffix('{') {
        Some(rest) => format!("{}{{{{ '{{' }}}}", before_expression(rest)),
        None => Template::literal(text).as_str().to_owned(),
    }
}

/// A text on one line, cut: what people read in a list.
pub(super) fn line(text: &str, longest: usize) -> String {
    let mut line = String::new();
    for word in text.split_whitespace() {
        if line.chars().count() + word.chars().count() >= longest {
            if line.is_empty() {
                line = word.chars().take(longest).collect();
            }
            line.push('…');
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    line.retain(|character| !character.is_control());
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_ids_word_by_word() {
        for (name, id) in [
            ("listPets", Some("list_pets")),
            ("users/get-by-username", Some("users_get_by_username")),
            ("GETUserByID", Some("get_user_by_id")),
            ("  x--y  ", Some("x_y")),
            ("2fa.verify", Some("fa_verify")),
            ("get_v2Thing", Some("get_v2_thing")),
            ("日本", None),
            ("", None),
        ] {
            assert_eq!(identifier(name).as_deref(), id, "{name}");
        }
        assert!(identifier(&"aB".repeat(100)).unwrap().len() <= LONGEST + 1);
    }

    #[test]
    fn ids_are_ids_once_more() {
        for id in ["list_pets", "a2_b", "get_v2_thing"] {
            assert_eq!(identifier(id).as_deref(), Some(id));
        }
    }

    #[test]
    fn a_brace_before_an_expression_stays_a_brace() {
        for (text, template) in [
            ("a{", "a{{ '{' }}"),
            ("a{{", "a{{ '{' }}{{ '{' }}"),
            ("{%{", "{{ '{' }}%{{ '{' }}"),
            ("a", "a"),
        ] {
            assert_eq!(before_expression(text), template);
        }
    }

    #[test]
    fn words_of_the_template_language_are_written_in_brackets() {
        assert_eq!(expression("input", "id"), "{{ input.id }}");
        assert_eq!(expression("input", "in"), "{{ input['in'] }}");
    }
}
