//! Values between JSON and minijinja.

use minijinja::Value;
use minijinja::value::ValueKind;
use serde_json::Number;

use super::cost::DEPTH;
use super::render::Missing;

/// Why a value has no JSON.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NoJson {
    /// It, or something in it, is not there. The render that it belongs to knows which.
    Missing,
    /// Bytes that are no text.
    Bytes,
    /// Infinite, or no number.
    NotFinite,
    /// An integer beyond 64 bits.
    TooLarge,
    /// Nested too deeply.
    TooDeep,
    /// A function or the like.
    NoData,
}

impl NoJson {
    pub(super) fn message(self) -> &'static str {
        match self {
            Self::Missing => "a value in it is not there",
            Self::Bytes => {
                "these are bytes and no text: encode them, for example with `base64encode`"
            }
            Self::NotFinite => "the number is infinite or undefined",
            Self::TooLarge => "the whole number is too large for JSON here: use `| string`",
            Self::TooDeep => "the value is nested more than 128 levels deep",
            Self::NoData => "a function is no value: call it with `()`",
        }
    }
}

pub(super) fn from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::String(text) => Value::from(text.as_str()),
        serde_json::Value::Array(items) => {
            Value::from(items.iter().map(from_json).collect::<Vec<_>>())
        }
        serde_json::Value::Object(members) => from_json_members(members),
        scalar => scalar_from_json(scalar),
    }
}

pub(super) fn from_json_members(members: &serde_json::Map<String, serde_json::Value>) -> Value {
    Value::from_pairs(
        members
            .iter()
            .map(|(key, value)| (key.as_str(), from_json(value))),
    )
}

pub(super) fn from_json_owned(value: serde_json::Value) -> Value {
    match value {
        serde_json::Value::String(text) => Value::from(text),
        serde_json::Value::Array(items) => {
            Value::from(items.into_iter().map(from_json_owned).collect::<Vec<_>>())
        }
        serde_json::Value::Object(members) => Value::from_pairs(
            members
                .into_iter()
                .map(|(key, value)| (key, from_json_owned(value))),
        ),
        scalar => scalar_from_json(&scalar),
    }
}

fn scalar_from_json(value: &serde_json::Value) -> Value {
    match value {
        serde_json::Value::Bool(value) => Value::from(*value),
        serde_json::Value::Number(number) => number
            .as_i64()
            .map(Value::from)
            .or_else(|| number.as_u64().map(Value::from))
            .or_else(|| number.as_f64().map(Value::from))
            .unwrap_or_default(),
        _ => Value::from(()),
    }
}

/// The value as JSON. What is undefined by design (`'x' if false`) is null.
pub(super) fn to_json(value: &Value) -> Result<serde_json::Value, NoJson> {
    to_json_within(value, DEPTH)
}

fn to_json_within(value: &Value, depth: usize) -> Result<serde_json::Value, NoJson> {
    Ok(match value.kind() {
        ValueKind::Undefined | ValueKind::None => serde_json::Value::Null,
        ValueKind::Bool => serde_json::Value::Bool(value.is_true()),
        ValueKind::Number => serde_json::Value::Number(number(value)?),
        ValueKind::String | ValueKind::Bytes => {
            serde_json::Value::String(value.as_str().ok_or(NoJson::Bytes)?.to_owned())
        }
        ValueKind::Seq | ValueKind::Iterable => {
            let depth = depth.checked_sub(1).ok_or(NoJson::TooDeep)?;
            let items = value.try_iter().map_err(|_| NoJson::NoData)?;
            items
                .map(|item| to_json_within(&item, depth))
                .collect::<Result<_, _>>()?
        }
        ValueKind::Map => {
            let depth = depth.checked_sub(1).ok_or(NoJson::TooDeep)?;
            let mut members = serde_json::Map::new();
            for key in value.try_iter().map_err(|_| NoJson::NoData)? {
                let member = to_json_within(&value.get_item(&key).unwrap_or_default(), depth)?;
                let name = match key.as_str() {
                    Some(name) => name.to_owned(),
                    None => super::text::to_text(&key)?,
                };
                members.insert(name, member);
            }
            serde_json::Value::Object(members)
        }
        _ => {
            return Err(match value.downcast_object_ref::<Missing>() {
                Some(missing) => {
                    missing.note_use();
                    NoJson::Missing
                }
                None => NoJson::NoData,
            });
        }
    })
}

pub(super) fn number(value: &Value) -> Result<Number, NoJson> {
    if value.is_integer() {
        i64::try_from(value.clone())
            .map(Number::from)
            .or_else(|_| u64::try_from(value.clone()).map(Number::from))
            .map_err(|_| NoJson::TooLarge)
    } else {
        f64::try_from(value.clone())
            .ok()
            .and_then(Number::from_f64)
            .ok_or(NoJson::NotFinite)
    }
}
