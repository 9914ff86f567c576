//! Parameters of a request, and the part of its address that is a path.

use latchwork_model::{Endpoint, Input, InputType, Parameter};
use serde_json::{Value, json};

use super::Writing;
use super::address::{Meaning, meaning, only_input};
use crate::literal::{Piece, pieces};
use crate::openapi::naming::identifier;
use crate::openapi::remarks::Remark;
use crate::secret::is_secret;

/// The schema of an input.
pub(super) fn schema(input: Option<&Input>) -> Value {
    let kind = match input.map(|input| input.input_type) {
        Some(InputType::Number) => "number",
        Some(InputType::Boolean) => "boolean",
        Some(InputType::Json) => return with_default(json!({}), input),
        Some(InputType::Text) | None => "string",
    };
    with_default(json!({ "type": kind }), input)
}

fn with_default(mut schema: Value, input: Option<&Input>) -> Value {
    if let Some(default) = input.and_then(|input| input.default.as_ref()) {
        schema["default"] = default.clone();
    }
    schema
}

/// The parameters of one endpoint as they are written.
pub(super) struct Parameters<'p> {
    endpoint: &'p Endpoint,
    list: Vec<Value>,
}

impl<'p> Parameters<'p> {
    pub const fn of(endpoint: &'p Endpoint) -> Self {
        Self {
            endpoint,
            list: Vec::new(),
        }
    }

    pub fn input(&self, name: &str) -> Option<&'p Input> {
        self.endpoint.inputs.iter().find(|input| input.name == name)
    }

    pub fn into_vec(self) -> Vec<Value> {
        self.list
    }

    fn push(&mut self, writing: &mut Writing<'_>, parameter: Value) {
        let same =
            |other: &Value| other["name"] == parameter["name"] && other["in"] == parameter["in"];
        if self.list.iter().any(same) {
            let name = parameter["name"].as_str().unwrap_or_default();
            writing
                .remarks
                .add(Remark::Doubled, || format!("{name} ({})", self.endpoint.id));
        } else {
            self.list.push(parameter);
        }
    }

    /// The path of an address, and what stands behind `?` in it as parameters.
    pub fn path(&mut self, writing: &mut Writing<'_>, template: &str) -> String {
        let mut path = String::new();
        let mut query: Option<Vec<Vec<Piece>>> = None;
        for piece in pieces(template) {
            match (piece, &mut query) {
                (Piece::Text(text), None) => {
                    let (before, behind) = match text.split_once('?') {
                        Some((before, behind)) => (before, Some(behind)),
                        None => (text.as_str(), None),
                    };
                    path.push_str(&before.replace('{', "%7B").replace('}', "%7D"));
                    if let Some(behind) = behind {
                        query = Some(split(behind));
                    }
                }
                (Piece::Expression(expression), None) => {
                    path.push_str(&self.placeholder(writing, &expression));
                }
                (Piece::Text(text), Some(pairs)) => {
                    let mut more = split(&text).into_iter();
                    if let (Some(last), Some(first)) = (pairs.last_mut(), more.next()) {
                        last.extend(first);
                    }
                    pairs.extend(more);
                }
                (expression, Some(pairs)) => {
                    if let Some(last) = pairs.last_mut() {
                        last.push(expression);
                    }
                }
            }
        }
        for pair in query.into_iter().flatten() {
            self.pair(writing, &pair);
        }
        path
    }

    /// `name=value` of an address.
    fn pair(&mut self, writing: &mut Writing<'_>, pair: &[Piece]) {
        let Some(Piece::Text(first)) = pair.first() else {
            return;
        };
        let (name, value) = first.split_once('=').unwrap_or((first, ""));
        let decode = |text: &str| {
            percent_encoding::percent_decode_str(&text.replace('+', " "))
                .decode_utf8_lossy()
                .into_owned()
        };
        if name.is_empty() {
            return;
        }
        let value = match pair {
            [_] => Meaning::Text(decode(value)),
            [_, Piece::Expression(expression)] if value.is_empty() => {
                meaning(&format!("{{{{ {expression} }}}}"))
            }
            _ => Meaning::Computed,
        };
        self.named(writing, "query", &decode(name), value, false);
    }

    fn placeholder(&mut self, writing: &mut Writing<'_>, expression: &str) -> String {
        let input = only_input(expression);
        let name = input
            .clone()
            .or_else(|| identifier(expression))
            .unwrap_or_else(|| "value".to_owned());
        let is_known = input
            .as_deref()
            .is_some_and(|input| self.input(input).is_some());
        if !is_known {
            writing.remarks.add(Remark::Computed, || {
                format!("{{{name}}} ({})", self.endpoint.id)
            });
        }
        let parameter = match meaning(&format!("{{{{ {expression} }}}}")) {
            Meaning::Joined(..) => json!({
                "name": name, "in": "path", "required": true, "schema": { "type": "array", "items": { "type": "string" } },
            }),
            _ => {
                json!({ "name": name, "in": "path", "required": true, "schema": schema(self.input(&name)) })
            }
        };
        if !self
            .list
            .iter()
            .any(|other| other["name"] == parameter["name"])
        {
            self.list.push(parameter);
        }
        format!("{{{name}}}")
    }

    /// Query parameters or headers.
    pub fn add(&mut self, writing: &mut Writing<'_>, place: &str, parameters: &[Parameter]) {
        for parameter in parameters.iter().filter(|parameter| parameter.enabled) {
            let Meaning::Text(name) = meaning(parameter.name.as_str()) else {
                writing
                    .remarks
                    .add(Remark::Computed, || self.endpoint.id.clone());
                continue;
            };
            let elsewhere = ["authorization", "content-type", "cookie", "accept"];
            if place == "header"
                && elsewhere
                    .iter()
                    .any(|other| name.eq_ignore_ascii_case(other))
            {
                if !name.eq_ignore_ascii_case("content-type") {
                    writing.remarks.add(Remark::Parameter, || {
                        format!("{name} ({})", self.endpoint.id)
                    });
                }
                continue;
            }
            let value = meaning(parameter.value.as_str());
            self.named(writing, place, &name, value, parameter.omit_empty);
        }
    }

    /// A parameter with what its value is.
    pub fn named(
        &mut self,
        writing: &mut Writing<'_>,
        place: &str,
        name: &str,
        value: Meaning,
        omit_empty: bool,
    ) {
        let is_header_name =
            |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
        if name.is_empty() || place == "header" && !name.bytes().all(is_header_name) {
            writing.remarks.add(Remark::Parameter, || {
                format!("{name} ({})", self.endpoint.id)
            });
            return;
        }
        let mut parameter = json!({ "name": name, "in": place });
        match value {
            Meaning::Text(text) if text.is_empty() && omit_empty => return,
            Meaning::Text(text) if is_secret(name) && !text.is_empty() => {
                drop(text);
                writing.remarks.add(Remark::PlainSecret, || {
                    format!("{name} ({})", self.endpoint.id)
                });
                parameter["required"] = true.into();
                parameter["schema"] = json!({ "type": "string" });
            }
            Meaning::Text(text) => {
                parameter["required"] = true.into();
                parameter["schema"] = json!({ "type": "string", "const": text });
            }
            Meaning::Input(input) => {
                let input = self.input(&input);
                if input.is_some_and(|input| input.required) {
                    parameter["required"] = true.into();
                }
                let schema = schema(input);
                if input.is_some_and(|input| input.input_type == InputType::Json) {
                    parameter["content"] = json!({ "application/json": { "schema": schema } });
                } else {
                    parameter["schema"] = schema;
                }
            }
            Meaning::Joined(input, between) => {
                let input = self.input(&input);
                if input.is_some_and(|input| input.required) {
                    parameter["required"] = true.into();
                }
                if place == "query" {
                    parameter["style"] = match between.as_str() {
                        "|" => "pipeDelimited",
                        " " => "spaceDelimited",
                        _ => "form",
                    }
                    .into();
                    parameter["explode"] = false.into();
                }
                parameter["schema"] = with_default(
                    json!({ "type": "array", "items": { "type": "string" } }),
                    input,
                );
            }
            Meaning::Computed => {
                writing.remarks.add(Remark::Computed, || {
                    format!("{name} ({})", self.endpoint.id)
                });
                parameter["schema"] = json!({ "type": "string" });
            }
        }
        self.push(writing, parameter);
    }
}

/// Text behind `?`, pair by pair.
fn split(text: &str) -> Vec<Vec<Piece>> {
    text.split('&')
        .map(|pair| {
            if pair.is_empty() {
                Vec::new()
            } else {
                vec![Piece::Text(pair.to_owned())]
            }
        })
        .collect()
}
