//! What is read of a schema: the kind of its values, and an object's members. Nothing is validated by it.

use latchwork_model::{Input, InputType};
use serde_json::Value;

use super::document::{Document, Found};

/// What values a schema describes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Boolean,
    List,
    Object,
    /// Anything, or one of several.
    Any,
}

/// How many schemas may lie in each other by `allOf`.
const PARTS: usize = 16;

/// A schema with its references followed, and the parts of its `allOf`.
pub(super) struct Schema<'a> {
    /// The schema itself first.
    parts: Vec<&'a Value>,
}

/// An object's member.
pub(super) struct Member<'a> {
    pub name: &'a str,
    pub schema: Schema<'a>,
    pub required: bool,
}

impl<'a> Schema<'a> {
    /// Reads one; without one, and where it is described in another file, nothing is known of it.
    pub fn of(document: &Document<'a>, value: Option<&'a Value>) -> Found<'a, Self> {
        let mut parts = Vec::new();
        if let Some(value) = value {
            gather(document, value, &mut parts)?;
        }
        Ok(Self { parts })
    }

    /// The schema's place in the document, by which one that holds itself is known.
    pub fn place(&self) -> Option<&'a Value> {
        self.parts.first().copied()
    }

    /// The first of the parts that has a member.
    fn first(&self, name: &str) -> Option<&'a Value> {
        self.parts.iter().find_map(|part| part.get(name))
    }

    pub fn kind(&self) -> Kind {
        let named = self.first("type").and_then(|kind| match kind {
            Value::String(name) => Some(name.as_str()),
            Value::Array(names) => {
                let mut names = names
                    .iter()
                    .filter_map(Value::as_str)
                    .filter(|name| *name != "null");
                let first = names.next();
                // One of several types is anything.
                first.filter(|_| names.next().is_none())
            }
            _ => None,
        });
        match named {
            Some("string") => Kind::Text,
            Some("integer" | "number") => Kind::Number,
            Some("boolean") => Kind::Boolean,
            Some("array") => Kind::List,
            Some("object") => Kind::Object,
            _ if self.first("properties").is_some() => Kind::Object,
            _ if self.first("items").is_some() => Kind::List,
            _ => match self.constant() {
                Some(Value::String(_)) => Kind::Text,
                Some(Value::Number(_)) => Kind::Number,
                Some(Value::Bool(_)) => Kind::Boolean,
                _ => Kind::Any,
            },
        }
    }

    /// The type of an input for its values.
    pub fn input_type(&self) -> InputType {
        match self.kind() {
            Kind::Text => InputType::Text,
            Kind::Number => InputType::Number,
            Kind::Boolean => InputType::Boolean,
            Kind::List | Kind::Object | Kind::Any => InputType::Json,
        }
    }

    /// Whether its values are bytes: a file.
    pub fn is_file(&self) -> bool {
        let format = self.first("format").and_then(Value::as_str);
        let media = self.first("contentMediaType").and_then(Value::as_str);
        format == Some("binary") || media == Some("application/octet-stream")
    }

    pub fn is_read_only(&self) -> bool {
        self.first("readOnly") == Some(&Value::Bool(true))
    }

    /// The only value there may be.
    pub fn constant(&self) -> Option<&'a Value> {
        let only = || match self.first("enum")?.as_array()?.as_slice() {
            [only] => Some(only),
            _ => None,
        };
        self.first("const").or_else(only)
    }

    pub fn default(&self) -> Option<&'a Value> {
        self.first("default").filter(|value| !value.is_null())
    }

    /// An example that its author gave.
    pub fn example(&self) -> Option<&'a Value> {
        let first = || self.first("examples")?.as_array()?.first();
        self.first("example").or_else(first)
    }

    pub fn items(&self, document: &Document<'a>) -> Found<'a, Self> {
        Self::of(
            document,
            self.first("items").filter(|items| items.is_object()),
        )
    }

    /// An object's members, in their order, each once.
    pub fn members(&self, document: &Document<'a>) -> Found<'a, Vec<Member<'a>>> {
        let mut required: Vec<&str> = Vec::new();
        for part in &self.parts {
            let names = part.get("required").and_then(Value::as_array);
            required.extend(names.into_iter().flatten().filter_map(Value::as_str));
        }
        let required: std::collections::HashSet<&str> = required.into_iter().collect();
        let mut members: Vec<Member<'a>> = Vec::new();
        let mut seen = std::collections::HashSet::new();
        for part in &self.parts {
            let Some(properties) = part.get("properties").and_then(Value::as_object) else {
                continue;
            };
            document.spend(part, properties.len() as u64)?;
            for (name, schema) in properties {
                if seen.insert(name.as_str()) {
                    members.push(Member {
                        name,
                        schema: Self::of(document, Some(schema))?,
                        required: required.contains(name.as_str()),
                    });
                }
            }
        }
        Ok(members)
    }
}

/// A schema and what it is made of by `allOf`. A schema that holds itself adds nothing to itself.
fn gather<'a>(
    document: &Document<'a>,
    value: &'a Value,
    parts: &mut Vec<&'a Value>,
) -> Found<'a, ()> {
    let Some(schema) = document.resolve(value)? else {
        return Ok(());
    };
    let is_known = parts.iter().any(|part| std::ptr::eq(*part, schema));
    if is_known || parts.len() >= PARTS || !schema.is_object() {
        return Ok(());
    }
    document.spend(schema, 1)?;
    parts.push(schema);
    let all_of = schema.get("allOf").and_then(Value::as_array);
    for part in all_of.into_iter().flatten().take(PARTS) {
        gather(document, part, parts)?;
    }
    // A choice of one, or of one and null, is that one.
    for choice in ["oneOf", "anyOf"] {
        let Some(choices) = schema.get(choice).and_then(Value::as_array) else {
            continue;
        };
        let mut others = choices
            .iter()
            .filter(|choice| choice.get("type").and_then(Value::as_str) != Some("null"));
        if let (Some(only), None) = (others.next(), others.next()) {
            gather(document, only, parts)?;
        }
    }
    Ok(())
}

/// A default that an input of this type takes.
pub(super) fn fitting(input_type: InputType, value: Option<&Value>) -> Option<Value> {
    let value = value?;
    let fits = match input_type {
        InputType::Text => value.is_string() || value.is_number() || value.is_boolean(),
        InputType::Number => value.is_number(),
        InputType::Boolean => value.is_boolean(),
        InputType::Json => true,
    };
    let is_small = measure(value, 2_000) < 2_000;
    (fits && is_small).then(|| match (input_type, value) {
        (InputType::Text, Value::Number(_) | Value::Bool(_)) => Value::String(value.to_string()),
        _ => value.clone(),
    })
}

/// How much a value is: its parts, and a part for every 64 bytes of text; no more is counted than `limit`.
pub(super) fn measure(value: &Value, limit: u64) -> u64 {
    let mut sum = 1;
    match value {
        Value::String(text) => sum += text.len() as u64 / 64,
        Value::Array(items) => {
            for item in items {
                if sum >= limit {
                    break;
                }
                sum += measure(item, limit - sum);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                if sum >= limit {
                    break;
                }
                sum += 1 + name.len() as u64 / 64 + measure(member, limit.saturating_sub(sum));
            }
        }
        _ => {}
    }
    sum
}

/// The inputs of an endpoint as they come up: each with a name of its own.
#[derive(Default)]
pub(super) struct Inputs {
    list: Vec<Input>,
    names: crate::unique_names::Unique,
}

impl Inputs {
    /// Adds one and gives the template that is its value. Where the name is taken, `context` stands before it.
    pub fn add(
        &mut self,
        wanted: &str,
        context: &str,
        input_type: InputType,
        required: bool,
        default: Option<Value>,
    ) -> String {
        let expression = self.add_named(wanted, context, input_type, required, default);
        format!("{{{{ {expression} }}}}")
    }

    /// Adds one and gives what templates call it.
    pub fn add_named(
        &mut self,
        wanted: &str,
        context: &str,
        input_type: InputType,
        required: bool,
        default: Option<Value>,
    ) -> String {
        use super::naming::{member_name, path};
        let wanted = member_name(wanted).unwrap_or_else(|| "value".to_owned());
        let name = if self.names.is_taken(&wanted) && !context.is_empty() {
            let longer = format!("{context}_{wanted}");
            self.names.take(&member_name(&longer).unwrap_or(longer))
        } else {
            self.names.take(&wanted)
        };
        let expression = path("input", &name);
        self.list.push(Input {
            name,
            input_type,
            required,
            default,
        });
        expression
    }

    /// Whether a call needs none of them.
    pub fn needs_none(&self) -> bool {
        !self.list.iter().any(|input| input.required)
    }

    pub fn into_vec(self) -> Vec<Input> {
        self.list
    }
}
