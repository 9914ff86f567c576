//! Values that stand for one that the reader has to put there.

/// The longest text in brackets that is read as what to put there; longer ones are values, such as a SAML token.
const LONGEST: usize = 60;

/// Whether a value stands for one that the reader has to put there: `$TOKEN`, `<your key>`, `YOUR_API_KEY`, `…`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    names_a_value(value)
        || inside(value, '<', '>')
            .is_some_and(|inside| inside.chars().count() <= LONGEST && !inside.contains(['<', '>']))
        || inside(value, '{', '}').is_some_and(|word| {
            let word = inside(word, '{', '}').unwrap_or(word).trim();
            (1..=LONGEST).contains(&word.len())
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"_-. ".contains(&byte))
        })
        || ["your_", "your-", "your "]
            .iter()
            .any(|start| lower.starts_with(start))
        || !value.is_empty()
            && value
                .chars()
                .all(|character| matches!(character, '*' | '•' | '.' | '…' | 'x' | 'X'))
}

/// Whether a value is a variable of the shell, which has one value wherever it stands: `$TOKEN`, `${TOKEN}`.
pub(super) fn names_a_value(value: &str) -> bool {
    let Some(name) = value.trim().strip_prefix('$') else {
        return false;
    };
    let name = inside(name, '{', '}').unwrap_or(name);
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

fn inside(text: &str, open: char, close: char) -> Option<&str> {
    text.strip_prefix(open)?.strip_suffix(close)
}

#[cfg(test)]
mod tests {
    use super::{is_placeholder, names_a_value};

    #[test]
    fn only_a_variable_of_the_shell_has_one_value_wherever_it_stands() {
        for value in ["$TOKEN", "${TOKEN}", " $token_2 "] {
            assert!(names_a_value(value), "{value}");
        }
        for value in [
            "***",
            "xxxx",
            "<secret>",
            "YOUR_API_KEY",
            "{token}",
            "$",
            "${}",
        ] {
            assert!(!names_a_value(value), "{value}");
        }
    }

    #[test]
    fn what_stands_for_a_value_is_no_value() {
        for value in [
            "$TOKEN",
            "${API_KEY}",
            "<your token>",
            "YOUR_API_KEY",
            "your-key",
            "{token}",
            "{{ token }}",
            "{your API key}",
            "xxxx",
            "***",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        let saml = format!("<Assertion>{}</Assertion>", "c2VjcmV0".repeat(8));
        for value in [
            "",
            "sk_live_1",
            "$a-b",
            "$",
            "yours",
            "x1",
            "{}",
            r#"{"type":"service_account"}"#,
            "{\"a\":1}",
            "<a>secret</a>",
            &saml,
            &format!("<{}>", "a".repeat(61)),
        ] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
