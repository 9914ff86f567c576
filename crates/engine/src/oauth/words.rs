//! A provider's own words, made fit to be shown: plain text, short, without links (SAFETY Z6).

/// The most that is shown of a provider's words, in bytes.
const LIMIT: usize = 1024;

/// Text from outside as plain words: no control and no bidirectional formatting characters, no links, at most 1 KB.
pub(crate) fn plain_words(text: &str) -> String {
    let mut words = String::new();
    for word in text.split_whitespace() {
        let word: String = word
            .chars()
            .filter(|character| is_plain(*character))
            .collect();
        if word.is_empty() {
            continue;
        }
        if !words.is_empty() {
            words.push(' ');
        }
        if is_link(&word) {
            words.push_str("[link]");
        } else {
            words.push_str(&word);
        }
        if words.len() > LIMIT {
            words.truncate(words.floor_char_boundary(LIMIT));
            words.push('…');
            break;
        }
    }
    words
}

fn is_plain(character: char) -> bool {
    !character.is_control()
        // Bidirectional formatting (Unicode TR 9), zero-width characters, line and paragraph separators.
        && !matches!(
            character,
            '\u{061c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'
        )
}

fn is_link(word: &str) -> bool {
    let lower = word.to_lowercase();
    lower.contains("://")
        || lower.contains("www.")
        || lower.contains("javascript:")
        || lower.contains("mailto:")
}

#[cfg(test)]
mod tests {
    use super::plain_words;

    #[test]
    fn z6_a_providers_words_are_plain_short_and_without_links() {
        assert_eq!(
            plain_words("You\u{202e}\u{0007} must\nvisit https://evil.example/x (now)"),
            "You must visit [link] (now)"
        );
        assert_eq!(plain_words("javascript:alert(1)"), "[link]");
        let long = plain_words(&"é".repeat(5_000));
        assert!(long.len() <= 1024 + '…'.len_utf8() && long.ends_with('…'));
        assert_eq!(plain_words(" \u{200b} \r\n"), "");
    }
}
