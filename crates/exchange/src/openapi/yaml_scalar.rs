//! Scalars of YAML without quotes: texts, numbers, booleans and null, by the core schema of YAML 1.2.

use serde_json::{Number, Value};

/// A scalar without quotes, by the core schema (YAML 1.2 section 10.3.2).
pub(super) fn plain_scalar(text: &str) -> Value {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Value::Null,
        "true" | "True" | "TRUE" => return Value::Bool(true),
        "false" | "False" | "FALSE" => return Value::Bool(false),
        _ => {}
    }
    let may_be_number = text
        .bytes()
        .next()
        .is_some_and(|first| first.is_ascii_digit() || matches!(first, b'-' | b'+' | b'.'));
    if may_be_number && let Some(number) = number(text) {
        return Value::Number(number);
    }
    Value::String(text.to_owned())
}

fn number(text: &str) -> Option<Number> {
    for (prefix, radix) in [("0x", 16), ("0o", 8)] {
        if let Some(digits) = text.strip_prefix(prefix) {
            return u64::from_str_radix(digits, radix).ok().map(Number::from);
        }
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        let text = text.strip_prefix('+').unwrap_or(text);
        if let Ok(number) = text.parse::<u64>() {
            return Some(Number::from(number));
        }
        if let Ok(number) = text.parse::<i64>() {
            return Some(Number::from(number));
        }
    }
    let is_decimal = unsigned.bytes().any(|byte| byte.is_ascii_digit())
        && unsigned
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'-' | b'+'));
    // Infinity and what is no number have no counterpart in JSON: they stay text.
    is_decimal
        .then(|| text.parse::<f64>().ok())
        .flatten()
        .and_then(Number::from_f64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    #[test]
    fn scalars_are_read_by_the_core_schema() {
        let text = "a: 1\nb: 1.5\nc: yes\nd: ~\ne: '1'\nf: 0x1F\ng: -7\nh: !!str 12\ni: 3.1.0\n\
                    j: .inf\n200: ok\nk: |\n  two\n  lines\nl: 2026-01-01\nm: 1.2.3\nn: 1e3\n";
        assert_eq!(
            crate::openapi::yaml::read(text).unwrap(),
            json!({
                "a": 1, "b": 1.5, "c": "yes", "d": null, "e": "1", "f": 31, "g": -7, "h": "12", "i": "3.1.0",
                "j": ".inf", "200": "ok", "k": "two\nlines\n", "l": "2026-01-01", "m": "1.2.3", "n": 1000.0
            })
        );
    }
}
