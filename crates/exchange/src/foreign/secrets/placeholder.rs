//! Values that stand for one that the reader has to put there.

/// Whether a value stands for one that the reader has to put there: `$TOKEN`, `<your key>`, `YOUR_API_KEY`, `…`.
pub(super) fn is_placeholder(value: &str) -> bool {
    let value = value.trim();
    let lower = value.to_ascii_lowercase();
    let variable = value.strip_prefix('$').map(|name| {
        name.strip_prefix('{')
            .and_then(|name| name.strip_suffix('}'))
            .unwrap_or(name)
    });
    variable.is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    }) || value.starts_with('<') && value.ends_with('>')
        || value.starts_with('{') && value.ends_with('}')
        || ["your_", "your-", "your "]
            .iter()
            .any(|start| lower.starts_with(start))
        || !value.is_empty()
            && value
                .chars()
                .all(|character| matches!(character, '*' | '•' | '.' | '…' | 'x' | 'X'))
}

#[cfg(test)]
mod tests {
    use super::is_placeholder;

    #[test]
    fn what_stands_for_a_value_is_no_value() {
        for value in [
            "$TOKEN",
            "${API_KEY}",
            "<your token>",
            "YOUR_API_KEY",
            "your-key",
            "{token}",
            "xxxx",
            "***",
        ] {
            assert!(is_placeholder(value), "{value}");
        }
        for value in ["", "sk_live_1", "$a-b", "$", "yours", "x1"] {
            assert!(!is_placeholder(value), "{value}");
        }
    }
}
