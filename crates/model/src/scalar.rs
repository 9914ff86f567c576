//! Small values with rules of their own: templates, seconds, status matches.

use std::fmt;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A string marked *T* in the contract: text with `{{ … }}` expressions, rendered by the engine.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Template(String);

impl Template {
    /// A template that renders to exactly this text: `{{`, and the brace of `{%` and `{#`, are written as expressions.
    ///
    /// Of these two the brace alone, since in an address the `%22` of `{%22` is encoded already and `#` ends a path.
    pub fn literal(text: &str) -> Self {
        let mut template = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find('{') {
            let (before, mark) = rest.split_at(start);
            template.push_str(before);
            let (written, length) = match mark.as_bytes().get(1) {
                Some(b'{') => ("{{ '{{' }}", 2),
                Some(b'%' | b'#') => ("{{ '{' }}", 1),
                _ => ("{", 1),
            };
            template.push_str(written);
            rest = &mark[length..];
        }
        template.push_str(rest);
        Self(template)
    }

    /// The template's source.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// True where nothing is written.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl From<&str> for Template {
    fn from(source: &str) -> Self {
        Self(source.to_owned())
    }
}

impl From<String> for Template {
    fn from(source: String) -> Self {
        Self(source)
    }
}

impl fmt::Display for Template {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

impl JsonSchema for Template {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Template".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "type": "string",
            "description": "A template in minijinja syntax, such as `Bearer {{ login.body.token }}`."
        })
    }
}

/// A length of time in seconds, finite and not negative; fractions are allowed.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, JsonSchema)]
#[schemars(transparent)]
pub struct Seconds(#[schemars(range(min = 0.0))] f64);

impl Seconds {
    /// The longest time that a file may name: a hundred years, so that no deadline overflows.
    pub const MAX: f64 = 3.156e9;

    /// No time at all.
    pub const fn zero() -> Self {
        Self(0.0)
    }

    /// Whole seconds.
    pub const fn whole(seconds: u32) -> Self {
        Self(seconds as f64)
    }

    /// The time as a duration.
    pub fn duration(self) -> std::time::Duration {
        std::time::Duration::from_secs_f64(self.0)
    }

    /// The time in seconds.
    pub const fn as_f64(self) -> f64 {
        self.0
    }
}

impl Serialize for Seconds {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0.fract() == 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "between 0 and MAX, with no fraction"
            )]
            serializer.serialize_u64(self.0 as u64)
        } else {
            serializer.serialize_f64(self.0)
        }
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        if (0.0..=Self::MAX).contains(&seconds) {
            Ok(Self(seconds))
        } else {
            Err(de::Error::custom(format_args!(
                "{seconds} is not a time in seconds: give 0 or more"
            )))
        }
    }
}

/// Which HTTP statuses count: one (`302`), or a class of them (`"2xx"`).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StatusMatch {
    /// This status alone.
    Exact(u16),
    /// All statuses whose first digit is this one.
    Class(u8),
}

impl StatusMatch {
    /// Whether a status is meant.
    pub const fn matches(self, status: u16) -> bool {
        match self {
            Self::Exact(exact) => exact == status,
            Self::Class(class) => status / 100 == class as u16,
        }
    }
}

impl fmt::Display for StatusMatch {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Exact(status) => write!(formatter, "{status}"),
            Self::Class(class) => write!(formatter, "{class}xx"),
        }
    }
}

impl Serialize for StatusMatch {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Exact(status) => serializer.serialize_u16(*status),
            Self::Class(_) => serializer.collect_str(self),
        }
    }
}

impl<'de> Deserialize<'de> for StatusMatch {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl de::Visitor<'_> for Visitor {
            type Value = StatusMatch;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a status such as 302, or a class such as \"2xx\"")
            }

            fn visit_u64<E: de::Error>(self, status: u64) -> Result<StatusMatch, E> {
                match u16::try_from(status) {
                    Ok(status @ 100..=599) => Ok(StatusMatch::Exact(status)),
                    _ => Err(E::invalid_value(de::Unexpected::Unsigned(status), &self)),
                }
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<StatusMatch, E> {
                match text.as_bytes() {
                    [class @ b'1'..=b'5', b'x' | b'X', b'x' | b'X'] => {
                        Ok(StatusMatch::Class(class - b'0'))
                    }
                    _ => match text.parse::<u64>() {
                        Ok(status) => self.visit_u64(status),
                        Err(_) => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                    },
                }
            }
        }
        deserializer.deserialize_any(Visitor)
    }
}

impl JsonSchema for StatusMatch {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "StatusMatch".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A status such as 302, or a class such as \"2xx\".",
            "anyOf": [
                { "type": "integer", "minimum": 100, "maximum": 599 },
                { "type": "string", "pattern": "^[1-5](xx|XX|[0-9]{2})$" }
            ]
        })
    }
}
