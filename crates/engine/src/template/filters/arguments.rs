//! What filters take: text and bytes out of values, and options by name.

use std::borrow::Cow;

use minijinja::value::{Kwargs, ValueKind};
use minijinja::{Error, ErrorKind, Value};

use super::super::environment::{as_text, there};

/// A filter's failure, in words that hold no value.
pub(super) fn failed(message: impl Into<Cow<'static, str>>) -> Error {
    Error::new(ErrorKind::InvalidOperation, message)
}

/// A value's bytes: those of bytes and text as they are, of anything else its text's.
pub(super) fn bytes(value: &Value) -> Result<Cow<'_, [u8]>, Error> {
    there(value)?;
    match value.as_bytes() {
        Some(bytes) => Ok(Cow::Borrowed(bytes)),
        None => as_text(value).map(|text| Cow::Owned(text.into_bytes())),
    }
}

/// A value's text.
pub(super) fn text(value: &Value) -> Result<Cow<'_, str>, Error> {
    there(value)?;
    match value.as_str() {
        Some(text) => Ok(Cow::Borrowed(text)),
        None => as_text(value).map(Cow::Owned),
    }
}

/// An option that is text.
pub(super) fn option(options: &Kwargs, name: &str) -> Result<Option<String>, Error> {
    let value: Option<Value> = options.get(name)?;
    value
        .map(|value| text(&value).map(Cow::into_owned))
        .transpose()
}

/// Whether a value is a number, or text that is one.
pub(super) fn number(value: &Value) -> Result<Option<f64>, Error> {
    there(value)?;
    Ok(match value.kind() {
        ValueKind::Number => f64::try_from(value.clone()).ok(),
        _ => value.as_str().and_then(|text| text.trim().parse().ok()),
    }
    .filter(|number: &f64| number.is_finite()))
}
