//! Checks what a person answered, and gives it the field's type. Nothing is asked here.

use latchwork_model::{ErrorCode, FieldType};
use serde_json::{Map, Number, Value};

use crate::event::FieldRequest;
use crate::host::{FormAnswers, RefusedAnswer};

/// Checks the answers to a form, and gives the outputs: one for each field, of the field's type.
pub fn check_answers(
    fields: &[FieldRequest],
    answers: &FormAnswers,
) -> Result<Map<String, Value>, RefusedAnswer> {
    fields
        .iter()
        .map(|field| Ok((field.key.clone(), check(field, answers.get(&field.key))?)))
        .collect()
}

fn check(field: &FieldRequest, answer: Option<&Value>) -> Result<Value, RefusedAnswer> {
    let refuse = |code, message| {
        Err(RefusedAnswer {
            field: field.key.clone(),
            code,
            message,
        })
    };
    // What is secret is not said again.
    let wrong = |text: &str, what: &str| {
        if field.is_secret() {
            format!("{}: this {what}", field.label)
        } else {
            format!("{}: `{}` {what}", field.label, cut(text))
        }
    };
    let text = match answer {
        None | Some(Value::Null) => field.default.clone().unwrap_or_default(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    // A password keeps its spaces; nobody means them anywhere else.
    let text =
        if field.field_type == FieldType::Password || field.field_type == FieldType::Multiline {
            text.as_str()
        } else {
            text.trim()
        };
    if text.is_empty() {
        return match (field.required, field.field_type) {
            (true, _) => refuse(
                ErrorCode::FormRequired,
                format!("{} is required", field.label),
            ),
            (false, FieldType::Number | FieldType::Select) => Ok(Value::Null),
            (false, _) => Ok(Value::String(String::new())),
        };
    }
    match field.field_type {
        FieldType::Text | FieldType::Password | FieldType::Multiline => {
            Ok(Value::String(text.to_owned()))
        }
        FieldType::Email if is_email(text) => Ok(Value::String(text.to_owned())),
        FieldType::Email => refuse(
            ErrorCode::FormInvalidEmail,
            wrong(text, "is not an e-mail address"),
        ),
        FieldType::Number => match number(text) {
            Some(number) => Ok(Value::Number(number)),
            None => refuse(ErrorCode::FormInvalidNumber, wrong(text, "is not a number")),
        },
        FieldType::Select => {
            let chosen = field.options.iter().find(|option| match &option.value {
                Value::String(value) => value == text,
                other => *other == *text || other.to_string().as_str() == text,
            });
            match chosen {
                Some(option) => Ok(option.value.clone()),
                None => refuse(
                    ErrorCode::FormInvalidOption,
                    wrong(text, "is not one of the choices"),
                ),
            }
        }
    }
}

/// The start of what was typed, for a message.
fn cut(text: &str) -> String {
    if text.chars().count() <= 60 {
        text.to_owned()
    } else {
        text.chars().take(59).chain(['…']).collect()
    }
}

fn number(text: &str) -> Option<Number> {
    if let Ok(whole) = text.parse::<i64>() {
        return Some(whole.into());
    }
    if let Ok(whole) = text.parse::<u64>() {
        return Some(whole.into());
    }
    text.bytes()
        .any(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok().and_then(Number::from_f64))
        .flatten()
}

/// An e-mail address as HTML's `input type=email` takes it (HTML Living Standard, section 4.10.5.1.5).
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else {
        return false;
    };
    let local_ok = !local.is_empty()
        && local
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b".!#$%&'*+/=?^_`{|}~-".contains(&byte));
    local_ok
        && domain.split('.').all(|label| {
            (1..=63).contains(&label.len())
                && label
                    .bytes()
                    .all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::event::FieldOption;

    fn field(field_type: FieldType, required: bool) -> FieldRequest {
        FieldRequest {
            key: "f".into(),
            label: "Field".into(),
            field_type,
            required,
            default: None,
            placeholder: None,
            help: None,
            options: vec![FieldOption {
                value: json!(7),
                label: "Seven".into(),
            }],
            one_time: false,
        }
    }

    fn answer(field_type: FieldType, text: &str) -> Result<Value, ErrorCode> {
        check(&field(field_type, true), Some(&json!(text))).map_err(|refused| refused.code)
    }

    #[test]
    fn s1_an_email_is_checked_as_a_browser_checks_it() {
        for good in [
            "ann@example.com",
            "a.b+c@x",
            " ann@example.com ",
            "o'hara@sub.example.co",
        ] {
            assert_eq!(
                answer(FieldType::Email, good),
                Ok(json!(good.trim())),
                "{good}"
            );
        }
        for bad in [
            "ann", "ann@", "@x", "a b@x", "a@-x", "a@x..y", "a@x.", "a@b@c",
        ] {
            assert_eq!(
                answer(FieldType::Email, bad),
                Err(ErrorCode::FormInvalidEmail),
                "{bad}"
            );
        }
    }

    #[test]
    fn s1_a_number_is_a_json_number_and_whole_ones_stay_exact() {
        assert_eq!(
            answer(FieldType::Number, "18446744073709551615"),
            Ok(json!(u64::MAX))
        );
        assert_eq!(answer(FieldType::Number, "-12"), Ok(json!(-12)));
        assert_eq!(answer(FieldType::Number, "1.5"), Ok(json!(1.5)));
        for bad in ["twelve", "1,5", "inf", "NaN", "0x10"] {
            assert_eq!(
                answer(FieldType::Number, bad),
                Err(ErrorCode::FormInvalidNumber),
                "{bad}"
            );
        }
    }

    #[test]
    fn s1_a_required_field_wants_an_answer_and_an_optional_one_gives_an_empty_output() {
        for kind in [
            FieldType::Text,
            FieldType::Email,
            FieldType::Number,
            FieldType::Select,
            FieldType::Password,
        ] {
            assert_eq!(answer(kind, ""), Err(ErrorCode::FormRequired));
        }
        assert_eq!(answer(FieldType::Text, "   "), Err(ErrorCode::FormRequired));
        assert_eq!(
            check(&field(FieldType::Text, false), None).unwrap(),
            json!("")
        );
        assert_eq!(
            check(&field(FieldType::Number, false), None).unwrap(),
            Value::Null
        );
    }

    #[test]
    fn a_select_gives_the_chosen_value_with_its_type() {
        assert_eq!(answer(FieldType::Select, "7"), Ok(json!(7)));
        assert_eq!(
            answer(FieldType::Select, "8"),
            Err(ErrorCode::FormInvalidOption)
        );
    }

    #[test]
    fn a_password_keeps_its_spaces() {
        assert_eq!(answer(FieldType::Password, " a "), Ok(json!(" a ")));
    }
}
