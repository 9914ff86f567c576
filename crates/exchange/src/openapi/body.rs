//! Request bodies: what has to be given becomes inputs; where that says nothing, the body as a whole does.

use latchwork_model::{
    Body, FieldsBody, InputType, JsonBody, Parameter, Request, Template, TextBody,
};
use serde_json::{Map, Value};

use super::document::{Document, Found, member_flag, member_object, object};
use super::remarks::{Remark, Remarks};
use super::schema::{Inputs, Kind, Schema, fitting, measure};

/// How deep a body's objects are followed.
const DEPTH: usize = 4;
/// How many parts of a body are made one by one; above that it is one input.
const MEMBERS: usize = 60;
/// How large an example may be, in parts.
const EXAMPLE: u64 = 500;

/// What bodies are read with.
pub(super) struct Reading<'r, 'a> {
    pub document: &'r Document<'a>,
    pub remarks: &'r mut Remarks,
    /// The endpoint's id, for remarks.
    pub id: &'r str,
}

/// The kinds of bodies that can be sent, in the order in which they are chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Json,
    Form,
    Multipart,
    Text,
}

/// Puts an operation's body into its request.
pub(super) fn read<'a>(
    reading: &mut Reading<'_, 'a>,
    operation: &'a Value,
    inputs: &mut Inputs,
    request: &mut Request,
) -> Found<'a, ()> {
    let Some(body) = operation.get("requestBody").filter(|body| !body.is_null()) else {
        return Ok(());
    };
    let Some(body) = reading.document.resolve(body)? else {
        return Ok(());
    };
    object(body)?;
    let Some(content) = member_object(body, "content")? else {
        return Ok(());
    };
    let best = content
        .iter()
        .filter_map(|(name, media)| Some((sort(name)?, name, media)))
        .min_by_key(|(sort, ..)| *sort);
    let Some((sort, name, media)) = best else {
        if !content.is_empty() {
            let remark = if content.keys().any(|name| is_bytes(name)) {
                Remark::File
            } else {
                Remark::MediaType
            };
            reading.remarks.add(remark, || reading.id.to_owned());
        }
        return Ok(());
    };
    object(media)?;
    let schema = Schema::of(reading.document, media.get("schema"))?;
    let required = member_flag(body, "required");
    reading.document.spend(media, 2)?;
    match sort {
        Sort::Json => {
            request.body = Body::Json(JsonBody {
                value: json(reading, media, &schema, required, inputs)?,
            });
            if plain(name) != "application/json" && !name.contains('*') {
                request.headers.push(Parameter::new(
                    "Content-Type",
                    Template::literal(name.trim()),
                ));
            }
        }
        Sort::Form | Sort::Multipart => {
            let fields = FieldsBody {
                fields: fields(reading, &schema, inputs)?,
            };
            request.body = if sort == Sort::Form {
                Body::Form(fields)
            } else {
                Body::Multipart(fields)
            };
        }
        Sort::Text => {
            let example = example(reading.document, media, &schema)?.filter(Value::is_string);
            let content = inputs.add("body", "", InputType::Text, required, example);
            request.body = Body::Text(TextBody {
                content_type: name.trim().to_owned(),
                content: content.into(),
            });
        }
    }
    Ok(())
}

/// A media type without its parameters, in small letters.
fn plain(name: &str) -> String {
    let name = name.split(';').next().unwrap_or_default();
    name.trim().to_ascii_lowercase()
}

fn sort(name: &str) -> Option<Sort> {
    let sendable = name
        .bytes()
        .all(|byte| byte == b' ' || byte.is_ascii_graphic());
    let plain = plain(name);
    match plain.as_str() {
        _ if !sendable => None,
        "application/json" | "*/*" | "application/*" => Some(Sort::Json),
        "application/x-www-form-urlencoded" => Some(Sort::Form),
        "multipart/form-data" => Some(Sort::Multipart),
        json if json.ends_with("+json") || json == "text/json" => Some(Sort::Json),
        text if text.starts_with("text/") && !text.contains('*') => Some(Sort::Text),
        xml if xml.ends_with("+xml") || xml == "application/xml" => Some(Sort::Text),
        "application/graphql"
        | "application/yaml"
        | "application/x-yaml"
        | "application/x-ndjson"
        | "application/jsonl" => Some(Sort::Text),
        _ => None,
    }
}

fn is_bytes(name: &str) -> bool {
    let plain = plain(name);
    ["image/", "audio/", "video/"]
        .iter()
        .any(|kind| plain.starts_with(kind))
        || matches!(
            plain.as_str(),
            "application/octet-stream" | "application/pdf" | "application/zip"
        )
}

/// The value of a JSON body.
fn json<'a>(
    reading: &mut Reading<'_, 'a>,
    media: &'a Value,
    schema: &Schema<'a>,
    required: bool,
    inputs: &mut Inputs,
) -> Found<'a, Value> {
    if let Some(constant) = schema
        .constant()
        .filter(|value| measure(value, EXAMPLE) < EXAMPLE)
    {
        return Ok(escaped(constant));
    }
    let mut planning = Planning {
        document: reading.document,
        made: 0,
        optional: false,
        above: Vec::new(),
    };
    if schema.kind() == Kind::Object
        && let Some(plan) = planning.object(schema)?
    {
        if planning.optional {
            reading
                .remarks
                .add(Remark::OptionalMembers, || reading.id.to_owned());
        }
        return Ok(Value::Object(written(plan, "body", inputs)));
    }
    let example = example(reading.document, media, schema)?;
    let default = example.or_else(|| {
        (!required && schema.kind() == Kind::Object).then(|| Value::Object(Map::new()))
    });
    Ok(Value::String(inputs.add(
        "body",
        "",
        InputType::Json,
        required || default.is_some(),
        default,
    )))
}

/// What stands at a member of a body.
enum Part<'a> {
    Constant(&'a Value),
    Input(InputType, Option<Value>),
    Object(Plan<'a>),
}

type Plan<'a> = Vec<(&'a str, Part<'a>)>;

/// What a body's parts are planned with.
struct Planning<'p, 'a> {
    document: &'p Document<'a>,
    made: usize,
    /// Whether anything was left out.
    optional: bool,
    /// The objects that the present one lies in.
    above: Vec<&'a Value>,
}

impl<'a> Planning<'_, 'a> {
    /// The members that an object must have; nothing where there are none, or too many.
    fn object(&mut self, schema: &Schema<'a>) -> Found<'a, Option<Plan<'a>>> {
        self.above.extend(schema.place());
        let mut plan = Vec::new();
        let mut has_more = false;
        for member in schema.members(self.document)? {
            if member.schema.is_read_only() {
                continue;
            }
            if !member.required {
                has_more = true;
                continue;
            }
            self.made += 1;
            if self.made > MEMBERS {
                return Ok(None);
            }
            plan.push((member.name, self.part(&member.schema)?));
        }
        self.above.pop();
        self.optional |= has_more && !plan.is_empty();
        Ok((!plan.is_empty()).then_some(plan))
    }

    fn part(&mut self, schema: &Schema<'a>) -> Found<'a, Part<'a>> {
        let constant = schema
            .constant()
            .filter(|value| measure(value, EXAMPLE) < EXAMPLE);
        if let Some(constant) = constant {
            return Ok(Part::Constant(constant));
        }
        let holds_itself = schema
            .place()
            .is_some_and(|place| self.above.iter().any(|above| std::ptr::eq(*above, place)));
        if schema.kind() == Kind::Object
            && !holds_itself
            && self.above.len() <= DEPTH
            && let Some(plan) = self.object(schema)?
        {
            return Ok(Part::Object(plan));
        }
        let input_type = schema.input_type();
        Ok(Part::Input(
            input_type,
            fitting(input_type, schema.default()),
        ))
    }
}

fn written(plan: Plan<'_>, context: &str, inputs: &mut Inputs) -> Map<String, Value> {
    let mut members = Map::new();
    for (name, part) in plan {
        let value = match part {
            Part::Constant(value) => escaped(value),
            Part::Input(input_type, default) => {
                Value::String(inputs.add(name, context, input_type, true, default))
            }
            Part::Object(plan) => Value::Object(written(plan, name, inputs)),
        };
        members.insert(name.to_owned(), value);
    }
    members
}

/// A value whose texts are texts, not templates.
fn escaped(value: &Value) -> Value {
    match value {
        Value::String(text) => Value::String(Template::literal(text).as_str().to_owned()),
        Value::Array(items) => items.iter().map(escaped).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), escaped(member)))
            .collect(),
        other => other.clone(),
    }
}

/// An example that the document gives for a body. It is an input's default, and no template.
fn example<'a>(
    document: &Document<'a>,
    media: &'a Value,
    schema: &Schema<'a>,
) -> Found<'a, Option<Value>> {
    let named = match media.get("examples").and_then(Value::as_object) {
        Some(examples) => match examples.values().next() {
            Some(first) => document
                .resolve(first)?
                .and_then(|first| first.get("value")),
            None => None,
        },
        None => None,
    };
    let found = media
        .get("example")
        .or(named)
        .or_else(|| schema.example())
        .or_else(|| schema.default());
    let Some(found) = found else {
        return Ok(None);
    };
    let size = measure(found, EXAMPLE);
    if size >= EXAMPLE {
        return Ok(None);
    }
    document.spend(found, size)?;
    Ok(Some(found.clone()))
}

/// The fields of a form.
fn fields<'a>(
    reading: &mut Reading<'_, 'a>,
    schema: &Schema<'a>,
    inputs: &mut Inputs,
) -> Found<'a, Vec<Parameter>> {
    let mut fields = Vec::new();
    for member in schema.members(reading.document)? {
        if member.schema.is_read_only() {
            continue;
        }
        let place = || format!("{} ({})", member.name, reading.id);
        let items = member.schema.items(reading.document)?;
        if member.schema.is_file() || items.is_file() {
            reading.remarks.add(Remark::File, place);
            continue;
        }
        let name = Template::literal(member.name);
        let constant = member
            .schema
            .constant()
            .and_then(super::servers::scalar_text);
        if let Some(constant) = constant.filter(|_| member.required) {
            fields.push(Parameter::new(name, Template::literal(&constant)));
            continue;
        }
        if matches!(member.schema.kind(), Kind::List | Kind::Object) {
            reading.remarks.add(Remark::NestedField, place);
        }
        let input_type = match member.schema.kind() {
            Kind::Any => InputType::Text,
            _ => member.schema.input_type(),
        };
        let default = fitting(input_type, member.schema.default());
        let value = inputs.add(member.name, "body", input_type, member.required, default);
        fields.push(Parameter {
            omit_empty: !member.required,
            ..Parameter::new(name, value)
        });
    }
    Ok(fields)
}
