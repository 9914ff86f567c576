//! Objects that say by a member which shape they have (`type`, `method`, `grant`), read so that the JSON path of
//! a fault inside them is kept. serde's own tagged enums lose it, since they buffer the object.
//!
//! The inner reader puts path and message into the error's text, behind a mark and the path's length; [`read_value`]
//! takes them apart again and joins the paths. The names of members, which a file chooses, stand in both.

use serde::de::{DeserializeOwned, Error};
use serde_json::{Map, Value};

use crate::path::join;

/// Stands before and behind the length of the inner path. No message of serde's own begins with it.
const MARK: char = '\u{1}';

/// A shape fault: where, and what was expected there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ShapeFault {
    pub path: String,
    pub message: String,
}

impl ShapeFault {
    fn into_error<E: Error>(self) -> E {
        let length = self.path.len();
        E::custom(format_args!(
            "{MARK}{length}{MARK}{}{}",
            self.path, self.message
        ))
    }

    /// The fault that an error's text holds, where it is one of ours.
    fn from_text(text: &str) -> Option<Self> {
        let (length, rest) = text.strip_prefix(MARK)?.split_once(MARK)?;
        let (path, message) = rest.split_at_checked(length.parse().ok()?)?;
        Some(Self {
            path: path.to_owned(),
            message: message.to_owned(),
        })
    }
}

/// Reads a value of a known shape; a fault carries its whole path below `value`.
pub(crate) fn read_value<T: DeserializeOwned>(value: Value) -> Result<T, ShapeFault> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let outer = error.path().to_string();
        let text = error.inner().to_string();
        match ShapeFault::from_text(&text) {
            Some(inner) => ShapeFault {
                path: join(&outer, &inner.path),
                message: inner.message,
            },
            None => ShapeFault {
                path: if outer == "." { String::new() } else { outer },
                message: text,
            },
        }
    })
}

/// Reads the rest of a tagged object as one variant's fields.
pub(crate) fn variant<T: DeserializeOwned, E: Error>(fields: Map<String, Value>) -> Result<T, E> {
    read_value(Value::Object(fields)).map_err(ShapeFault::into_error)
}

/// Takes the tag out of an object; `known` is for the message where the tag is missing.
pub(crate) fn take_tag<E: Error>(
    fields: &mut Map<String, Value>,
    tag: &'static str,
    known: &'static [&'static str],
) -> Result<String, E> {
    match fields.shift_remove(tag) {
        Some(Value::String(text)) if known.contains(&text.as_str()) => Ok(text),
        Some(Value::String(text)) => Err(ShapeFault {
            path: tag.to_owned(),
            message: format!("unknown {tag} `{text}`, expected one of {}", list(known)),
        }
        .into_error()),
        Some(other) => Err(ShapeFault {
            path: tag.to_owned(),
            message: format!(
                "expected a string, one of {}, found {}",
                list(known),
                kind_of(&other)
            ),
        }
        .into_error()),
        None => Err(ShapeFault {
            path: String::new(),
            message: format!("missing field `{tag}`, one of {}", list(known)),
        }
        .into_error()),
    }
}

/// Takes the named members out of an object, in their order: what belongs to the fields that several variants share.
pub(crate) fn take_fields(fields: &mut Map<String, Value>, names: &[&str]) -> Map<String, Value> {
    let mut taken = Map::new();
    fields.retain(|name, value| {
        if names.contains(&name.as_str()) {
            taken.insert(name.clone(), value.take());
            false
        } else {
            true
        }
    });
    taken
}

/// An unknown member of an object whose fields are shared out over several types.
pub(crate) fn refuse_unknown<E: Error>(
    fields: &Map<String, Value>,
    known: &[&[&str]],
) -> Result<(), E> {
    let Some(name) = fields
        .keys()
        .find(|name| !known.iter().any(|names| names.contains(&name.as_str())))
    else {
        return Ok(());
    };
    let known: Vec<&str> = known
        .iter()
        .flat_map(|names| names.iter().copied())
        .collect();
    Err(ShapeFault {
        path: name.clone(),
        message: if known.is_empty() {
            format!("unknown field `{name}`: nothing else is expected here")
        } else {
            format!("unknown field `{name}`, expected one of {}", list(&known))
        },
    }
    .into_error())
}

fn list(names: &[&str]) -> String {
    names
        .iter()
        .map(|name| format!("`{name}`"))
        .collect::<Vec<_>>()
        .join(", ")
}

const fn kind_of(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

/// Implements `Deserialize` for an enum whose variants each hold one struct, chosen by a tag.
macro_rules! deserialize_tagged {
    ($type:ident, $tag:literal, { $($name:literal => $variant:ident $(($shape:ty))?),+ $(,)? }) => {
        impl $type {
            /// The tags that a file may name.
            pub(crate) const TAGS: &'static [&'static str] = &[$($name),+];

            /// Reads the fields of the variant that `tag` names; the tag itself is out of `fields` already.
            pub(crate) fn from_tag<E: serde::de::Error>(
                tag: &str,
                fields: serde_json::Map<String, serde_json::Value>,
            ) -> Result<Self, E> {
                $($crate::tagged::deserialize_tagged!(@one $type, tag, fields, $name, $variant $(, $shape)?);)+
                Err(E::unknown_variant(tag, Self::TAGS))
            }
        }

        impl<'de> serde::Deserialize<'de> for $type {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let mut fields = serde_json::Map::deserialize(deserializer)?;
                let tag = $crate::tagged::take_tag(&mut fields, $tag, Self::TAGS)?;
                Self::from_tag(&tag, fields)
            }
        }
    };
    (@one $type:ident, $tag:ident, $fields:ident, $name:literal, $variant:ident) => {
        if $tag == $name {
            $crate::tagged::refuse_unknown::<E>(&$fields, &[])?;
            return Ok($type::$variant);
        }
    };
    (@one $type:ident, $tag:ident, $fields:ident, $name:literal, $variant:ident, $shape:ty) => {
        if $tag == $name {
            return Ok($type::$variant($crate::tagged::variant::<$shape, E>($fields)?));
        }
    };
}
pub(crate) use deserialize_tagged;
