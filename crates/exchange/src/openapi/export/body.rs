//! Request bodies: a schema whose members are the inputs, and constants for what is always the same.

use latchwork_model::{Body, Parameter, Request};
use serde_json::{Map, Value, json};

use super::Writing;
use super::address::{Meaning, meaning};
use super::parameters::{Parameters, schema};
use crate::openapi::remarks::Remark;
use crate::secret::is_secret;

/// The Request Body Object of a request.
pub(super) fn write(
    writing: &mut Writing<'_>,
    request: &Request,
    parameters: &Parameters<'_>,
    id: &str,
) -> Option<Value> {
    let content_type = |fallback: &str| {
        let header = request.headers.iter().find(|header| {
            header.enabled && header.name.as_str().eq_ignore_ascii_case("content-type")
        });
        match header.map(|header| meaning(header.value.as_str())) {
            Some(Meaning::Text(text)) if !text.is_empty() => text,
            _ => fallback.to_owned(),
        }
    };
    let mut members = Members {
        writing,
        parameters,
        id,
    };
    let (media, content, required) = match &request.body {
        Body::None => return None,
        Body::Json(body) => {
            let (schema, required) = members.whole(&body.value);
            (
                content_type("application/json"),
                json!({ "schema": schema }),
                required,
            )
        }
        Body::Graphql(body) => {
            let mut properties = Map::new();
            properties.insert("query".to_owned(), json!({ "const": body.query }));
            if !body.variables.is_null() {
                properties.insert(
                    "variables".to_owned(),
                    members.value("variables", &body.variables),
                );
            }
            let names: Vec<String> = properties.keys().cloned().collect();
            let schema = json!({ "type": "object", "required": names, "properties": properties });
            (
                "application/json".to_owned(),
                json!({ "schema": schema }),
                true,
            )
        }
        Body::Form(body) => (
            "application/x-www-form-urlencoded".to_owned(),
            json!({ "schema": members.fields(&body.fields) }),
            true,
        ),
        Body::Multipart(body) => (
            "multipart/form-data".to_owned(),
            json!({ "schema": members.fields(&body.fields) }),
            true,
        ),
        Body::Text(body) => {
            let mut media = json!({ "schema": { "type": "string" } });
            let mut required = true;
            match meaning(body.content.as_str()) {
                Meaning::Text(text) => media["example"] = text.into(),
                Meaning::Input(name) => {
                    let input = parameters.input(&name);
                    required = input.is_none_or(|input| input.required);
                    if let Some(default) = input.and_then(|input| input.default.as_ref()) {
                        media["example"] = default.clone();
                    }
                }
                _ => members
                    .writing
                    .remarks
                    .add(Remark::Computed, || id.to_owned()),
            }
            (content_type(&body.content_type), media, required)
        }
    };
    let mut body = json!({ "content": { media: content } });
    if required {
        body["required"] = true.into();
    }
    Some(body)
}

struct Members<'m, 'w> {
    writing: &'m mut Writing<'w>,
    parameters: &'m Parameters<'m>,
    id: &'m str,
}

impl Members<'_, '_> {
    /// The schema of a whole JSON body, and whether it has to be given.
    fn whole(&mut self, value: &Value) -> (Value, bool) {
        let input = match value {
            Value::String(template) => match meaning(template) {
                Meaning::Input(name) => self.parameters.input(&name),
                _ => None,
            },
            _ => None,
        };
        let Some(input) = input else {
            return (self.value("body", value), true);
        };
        let mut schema = schema(Some(input));
        if let (Some(default), Some(members)) = (&input.default, schema.as_object_mut()) {
            members.remove("default");
            members.insert("examples".to_owned(), json!([default]));
        }
        (schema, input.required)
    }

    /// The schema of a value; its strings are templates.
    fn value(&mut self, name: &str, value: &Value) -> Value {
        match value {
            Value::String(template) => self.text(name, template),
            Value::Object(members) if !members.is_empty() => {
                let mut properties = Map::new();
                for (name, member) in members {
                    properties.insert(name.clone(), self.value(name, member));
                }
                let names: Vec<&String> = members.keys().collect();
                json!({ "type": "object", "required": names, "properties": properties })
            }
            Value::Array(items) if !items.is_empty() => {
                if let Some(plain) = plain(value) {
                    json!({ "const": plain })
                } else {
                    self.computed(name);
                    json!({ "type": "array" })
                }
            }
            other => json!({ "const": other }),
        }
    }

    fn text(&mut self, name: &str, template: &str) -> Value {
        match meaning(template) {
            Meaning::Text(text) if is_secret(name) && !text.is_empty() => {
                self.writing
                    .remarks
                    .add(Remark::PlainSecret, || format!("{name} ({})", self.id));
                json!({ "type": "string" })
            }
            Meaning::Text(text) => json!({ "const": text }),
            Meaning::Input(input) => schema(self.parameters.input(&input)),
            Meaning::Joined(..) | Meaning::Computed => {
                self.computed(name);
                json!({})
            }
        }
    }

    fn fields(&mut self, fields: &[Parameter]) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for field in fields.iter().filter(|field| field.enabled) {
            let Meaning::Text(name) = meaning(field.name.as_str()) else {
                self.computed(field.name.as_str());
                continue;
            };
            if properties.contains_key(&name) {
                self.writing
                    .remarks
                    .add(Remark::Doubled, || format!("{name} ({})", self.id));
                continue;
            }
            let schema = self.text(&name, field.value.as_str());
            if !field.omit_empty {
                required.push(name.clone());
            }
            properties.insert(name, schema);
        }
        json!({ "type": "object", "required": required, "properties": properties })
    }

    fn computed(&mut self, name: &str) {
        self.writing
            .remarks
            .add(Remark::Computed, || format!("{name} ({})", self.id));
    }
}

/// A value without templates in it.
fn plain(value: &Value) -> Option<Value> {
    Some(match value {
        Value::String(template) => match meaning(template) {
            Meaning::Text(text) => Value::String(text),
            _ => return None,
        },
        Value::Array(items) => Value::Array(items.iter().map(plain).collect::<Option<_>>()?),
        Value::Object(members) => {
            let mut plain_members = Map::new();
            for (name, member) in members {
                let is_text = matches!(member, Value::String(text) if !text.is_empty());
                if is_secret(name) && is_text {
                    return None;
                }
                plain_members.insert(name.clone(), plain(member)?);
            }
            Value::Object(plain_members)
        }
        other => other.clone(),
    })
}
