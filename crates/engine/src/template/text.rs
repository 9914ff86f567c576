//! Values as text: `true` and `false`, whole numbers exactly, null as nothing, lists and objects as JSON.

use minijinja::Value;
use minijinja::value::ValueKind;

use super::convert::{NoJson, number, to_json};

/// The value as text.
pub(super) fn to_text(value: &Value) -> Result<String, NoJson> {
    let mut text = String::new();
    push_text(&mut text, value)?;
    Ok(text)
}

/// Adds the value's text to a text.
pub(super) fn push_text(text: &mut String, value: &Value) -> Result<(), NoJson> {
    match value.kind() {
        ValueKind::Undefined | ValueKind::None => {}
        ValueKind::Bool => text.push_str(if value.is_true() { "true" } else { "false" }),
        // Beyond 64 bits they are no JSON, and still exact as text.
        ValueKind::Number if value.is_integer() => text.push_str(&value.to_string()),
        ValueKind::Number => text.push_str(&number(value)?.to_string()),
        ValueKind::String | ValueKind::Bytes => text.push_str(value.as_str().ok_or(NoJson::Bytes)?),
        _ => text.push_str(&to_json(value)?.to_string()),
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use minijinja::Value;
    use serde_json::json;

    use super::super::convert::{NoJson, from_json};
    use super::to_text;

    #[test]
    fn every_kind_has_its_text() {
        for (value, text) in [
            (json!(true), "true"),
            (json!(null), ""),
            (json!(9_007_199_254_740_993_u64), "9007199254740993"),
            (json!(u64::MAX), "18446744073709551615"),
            (json!(i64::MIN), "-9223372036854775808"),
            (json!(1.5), "1.5"),
            (
                json!({"a": [1, null, "x", {"b": false}]}),
                r#"{"a":[1,null,"x",{"b":false}]}"#,
            ),
            (json!("ä"), "ä"),
        ] {
            assert_eq!(to_text(&from_json(&value)).unwrap(), text);
        }
        assert_eq!(
            to_text(&Value::from(u128::MAX)).unwrap(),
            "340282366920938463463374607431768211455"
        );
        assert_eq!(to_text(&Value::from_bytes(vec![b'a'])).unwrap(), "a");
        assert_eq!(to_text(&Value::from_bytes(vec![0xff])), Err(NoJson::Bytes));
        assert_eq!(to_text(&Value::from(f64::NAN)), Err(NoJson::NotFinite));
    }
}
