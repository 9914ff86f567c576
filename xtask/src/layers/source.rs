//! Reads source text just far enough for the checks: code without its comments.

/// The text with `//` and `/* */` comments blanked out; line numbers stay. Strings are kept, and what looks like
/// a comment inside one (`"https://…"`) is kept too.
pub fn without_comments(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    let mut quote = None;
    while let Some(character) = characters.next() {
        match (quote, character) {
            (Some(_), '\\') => {
                out.push(character);
                out.extend(characters.next());
            }
            (Some(open), _) if open == character => {
                quote = None;
                out.push(character);
            }
            (Some(open), '\n') if open != '`' => {
                // An apostrophe, not a string: text of a page, or a Rust lifetime.
                if open == '\'' {
                    quote = None;
                }
                out.push('\n');
            }
            (None, '/') if characters.peek() == Some(&'/') => {
                while characters.peek().is_some_and(|next| *next != '\n') {
                    characters.next();
                }
            }
            (None, '/') if characters.peek() == Some(&'*') => {
                let mut last = ' ';
                for inside in characters.by_ref() {
                    if inside == '\n' {
                        out.push('\n');
                    }
                    if last == '*' && inside == '/' {
                        break;
                    }
                    last = inside;
                }
            }
            (None, '"' | '`') => {
                quote = Some(character);
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

/// The part of a Rust file before its unit tests.
pub fn before_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

/// Lines with their numbers, from 1.
pub fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line))
}

#[cfg(test)]
mod tests {
    use super::without_comments;

    #[test]
    fn comments_go_and_lines_stay() {
        let text = "a // b\n/* c\n d */ e\n";
        assert_eq!(without_comments(text), "a \n\n e\n");
    }

    #[test]
    fn an_address_in_a_string_stays() {
        assert_eq!(without_comments("\"https://a\" // b"), "\"https://a\" ");
    }

    #[test]
    fn an_escaped_quote_does_not_end_a_string() {
        assert_eq!(without_comments(r#""\" // a" b"#), r#""\" // a" b"#);
    }
}
