//! From a request to a command for sh: expressions become shell variables, text stays text.

use latchwork_model::{Body, FieldsBody, Parameter, Request};
use serde_json::Value;

use super::body::encode;
use super::script::{CurlScript, Part, Variables, as_text, quote};
use crate::note::{NoteKind, Notes};
use crate::secret::is_secret;

/// What becomes of credentials that stand in a request in plain text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Secrets {
    /// They become shell variables, so that the command can be shared.
    #[default]
    Placeholders,
    /// They are written out.
    Keep,
}

/// How a command is written.
#[derive(Clone, Debug, Default)]
pub struct CurlOptions {
    /// What a request's path is appended to, a template.
    pub base_url: String,
    /// What becomes of credentials in plain text.
    pub secrets: Secrets,
}

/// Writes a request as a cURL command for sh.
pub fn to_curl(request: &Request, options: &CurlOptions) -> CurlScript {
    write_curl(request, options, Variables::default()).0
}

/// The same in a script whose other commands have variables already; the variables of all of them too.
pub(super) fn write_curl(
    request: &Request,
    options: &CurlOptions,
    variables: Variables,
) -> (CurlScript, Variables) {
    let mut writer = Writer {
        secrets: options.secrets,
        variables: variables.without_uses(),
        notes: Notes::default(),
        arguments: Vec::new(),
    };
    writer.address(request, &options.base_url);
    writer.method(request);
    for header in request.headers.iter().filter(|header| header.enabled) {
        writer.header(header);
    }
    writer.body(&request.body, has_content_type(request));
    writer.argument(
        if request.follow_redirects {
            "--location"
        } else {
            "--no-location"
        },
        None,
    );
    if let Some(seconds) = request.timeout_seconds {
        writer.argument(
            "--max-time",
            Some(&[Part::Text(seconds.as_f64().to_string())]),
        );
    }
    let script = CurlScript {
        command: format!("curl {}", writer.arguments.join(" \\\n  ")),
        variables: writer.variables.used(),
        notes: writer.notes.into_vec(),
    };
    (script, writer.variables)
}

struct Writer {
    secrets: Secrets,
    variables: Variables,
    notes: Notes,
    arguments: Vec<String>,
}

impl Writer {
    fn argument(&mut self, option: &str, value: Option<&[Part]>) {
        let argument = match value {
            Some(parts) => format!("{option} {}", self.word(parts)),
            None => option.to_owned(),
        };
        self.arguments.push(argument);
    }

    /// A word; NUL cannot be in one.
    fn word(&mut self, parts: &[Part]) -> String {
        let word = quote(parts);
        if word.contains('\0') {
            self.notes.add(
                NoteKind::LeftOut,
                "The character NUL is left out: no command line can hold it.",
            );
        }
        word.replace('\0', "")
    }

    fn address(&mut self, request: &Request, base_url: &str) {
        let url = request.url.as_str();
        let is_relative = url.is_empty() || url.starts_with('/');
        let mut parts = self
            .variables
            .parts(if is_relative { base_url } else { "" });
        parts.extend(self.variables.parts(url));
        if parts.is_empty() {
            self.notes
                .add(NoteKind::Missing, "The request has no address.");
        }
        for part in &mut parts {
            if let Part::Text(text) = part {
                // Braces and brackets stand for ranges in curl's addresses; those of an IPv6 host do not.
                *text = text
                    .replace('{', "%7B")
                    .replace('}', "%7D")
                    .replace(' ', "%20");
            }
        }
        let mut has_query = parts
            .iter()
            .any(|part| matches!(part, Part::Text(text) if text.contains('?')));
        let mut with_variables = Vec::new();
        for field in self.sent(&request.query) {
            let secret = self.secrets == Secrets::Placeholders
                && is_secret(&as_text(&field.name).unwrap_or_default());
            match (as_text(&field.name), as_text(&field.value)) {
                (Some(name), Some(value)) if !secret => {
                    let mark = if has_query { '&' } else { '?' };
                    has_query = true;
                    parts.push(Part::Text(format!(
                        "{mark}{}={}",
                        encode(&name),
                        encode(&value)
                    )));
                }
                _ => with_variables.push(field),
            }
        }
        let address = self.word(&join(parts));
        self.arguments.insert(0, address);
        for Field { name, value } in with_variables {
            let value = self.hide(&as_text(&name).unwrap_or_default(), value);
            self.argument("--url-query", Some(&named(name, value)));
        }
    }

    fn method(&mut self, request: &Request) {
        let implied = match (&request.body, request.method.as_str()) {
            (Body::None, "GET") => true,
            (Body::None, "HEAD") => {
                self.argument("--head", None);
                return;
            }
            (Body::None, _) => false,
            (Body::Multipart(body), "POST") => !body.fields.is_empty(),
            (_, method) => method == "POST",
        };
        if !implied {
            self.argument("--request", Some(&[Part::Text(request.method.clone())]));
        }
    }

    fn header(&mut self, header: &Parameter) {
        let name = self.variables.parts(header.name.as_str());
        let value = self.variables.parts(header.value.as_str());
        let value = self.hide(&as_text(&name).unwrap_or_default(), value);
        if value.is_empty() {
            if !header.omit_empty {
                let line = join([name, vec![Part::Text(";".to_owned())]].concat());
                self.argument("--header", Some(&line));
            }
            return;
        }
        let line = join([name, vec![Part::Text(": ".to_owned())], value].concat());
        self.argument("--header", Some(&line));
    }

    /// A credential in plain text becomes a variable, behind the scheme of an `Authorization` header.
    fn hide(&mut self, name: &str, value: Vec<Part>) -> Vec<Part> {
        let Some(text) = as_text(&value) else {
            return value;
        };
        if self.secrets == Secrets::Keep || text.is_empty() || !is_secret(name) {
            return value;
        }
        self.notes.add(
            NoteKind::Secret,
            format!("The value of `{name}` is a secret: it became a variable of the shell."),
        );
        let variable = Part::Variable(self.variables.name(&format!("{name} value")));
        match text.split_once(' ') {
            Some((scheme, _)) if name.eq_ignore_ascii_case("authorization") => {
                vec![Part::Text(format!("{scheme} ")), variable]
            }
            _ => vec![variable],
        }
    }

    fn body(&mut self, body: &Body, has_content_type: bool) {
        let content_type = |writer: &mut Self, value: &str| {
            if !has_content_type {
                writer.argument(
                    "--header",
                    Some(&[Part::Text(format!("Content-Type: {value}"))]),
                );
            }
        };
        match body {
            Body::None => {}
            Body::Json(body) => {
                content_type(self, "application/json");
                self.json(&body.value);
            }
            Body::Graphql(body) => {
                content_type(self, "application/json");
                let mut parts = vec![Part::Text(format!(
                    "{{\"query\":{}",
                    Value::from(body.query.as_str())
                ))];
                if !body.variables.is_null() {
                    parts.push(Part::Text(",\"variables\":".to_owned()));
                    self.json_parts(&body.variables, &mut parts);
                }
                parts.push(Part::Text("}".to_owned()));
                self.argument("--data-raw", Some(&join(parts)));
            }
            Body::Form(body) => self.form(body),
            Body::Multipart(body) => self.multipart(body),
            Body::Text(body) => {
                content_type(self, &body.content_type);
                let parts = self.variables.parts(body.content.as_str());
                self.argument("--data-raw", Some(&parts));
            }
        }
    }

    fn json(&mut self, value: &Value) {
        let mut parts = Vec::new();
        self.json_parts(value, &mut parts);
        self.argument("--data-raw", Some(&join(parts)));
    }

    /// JSON text; what an expression gives stands in it as text.
    fn json_parts(&mut self, value: &Value, parts: &mut Vec<Part>) {
        let text = |text: &str| Part::Text(text.to_owned());
        match value {
            Value::String(template) => {
                parts.push(text("\""));
                for part in self.variables.parts(template) {
                    parts.push(match part {
                        Part::Text(inside) => {
                            let quoted = Value::from(inside).to_string();
                            text(&quoted[1..quoted.len() - 1])
                        }
                        Part::Variable(name) => {
                            self.notes.add(
                                NoteKind::Changed,
                                "Variables stand in the JSON as text: a number or an object there needs the quotes taken off.",
                            );
                            Part::Variable(name)
                        }
                    });
                }
                parts.push(text("\""));
            }
            Value::Array(values) => {
                parts.push(text("["));
                for (index, value) in values.iter().enumerate() {
                    parts.extend((index > 0).then(|| text(",")));
                    self.json_parts(value, parts);
                }
                parts.push(text("]"));
            }
            Value::Object(members) => {
                parts.push(text("{"));
                for (index, (name, value)) in members.iter().enumerate() {
                    let comma = if index > 0 { "," } else { "" };
                    parts.push(text(&format!("{comma}{}:", Value::from(name.as_str()))));
                    self.json_member(name, value, parts);
                }
                parts.push(text("}"));
            }
            other => parts.push(text(&other.to_string())),
        }
    }

    /// A member's value; a text that is a secret by its name is not written out.
    fn json_member(&mut self, name: &str, value: &Value, parts: &mut Vec<Part>) {
        if let Value::String(template) = value {
            let given = self.variables.parts(template);
            let hidden = self.hide(name, given.clone());
            if hidden != given {
                let quote = || Part::Text("\"".to_owned());
                parts.extend([vec![quote()], hidden, vec![quote()]].concat());
                return;
            }
        }
        self.json_parts(value, parts);
    }

    fn form(&mut self, body: &FieldsBody) {
        let fields = self.sent(&body.fields);
        let mut literal: Option<String> = None;
        let mut with_variables = Vec::new();
        for Field { name, value } in fields {
            let value = self.hide(&as_text(&name).unwrap_or_default(), value);
            match (as_text(&name), as_text(&value)) {
                (Some(name), Some(value)) => {
                    let pair = format!("{}={}", encode(&name), encode(&value));
                    literal = Some(
                        literal.map_or_else(|| pair.clone(), |before| format!("{before}&{pair}")),
                    );
                }
                _ => with_variables.push(Field { name, value }),
            }
        }
        if literal.is_some() || with_variables.is_empty() {
            self.argument(
                "--data-raw",
                Some(&[Part::Text(literal.unwrap_or_default())]),
            );
        }
        for Field { name, value } in with_variables {
            self.argument("--data-urlencode", Some(&named(name, value)));
        }
    }

    fn multipart(&mut self, body: &FieldsBody) {
        let fields = self.sent(&body.fields);
        if fields.is_empty() {
            self.notes.add(
                NoteKind::LeftOut,
                "A multipart body without fields cannot be written: the command sends none.",
            );
        }
        for Field { name, value } in fields {
            if as_text(&name).is_some_and(|name| name.contains('=')) {
                self.notes.add(
                    NoteKind::LeftOut,
                    "A multipart field with `=` in its name is left out: curl cannot write it.",
                );
                continue;
            }
            let value = self.hide(&as_text(&name).unwrap_or_default(), value);
            let field = join([name, vec![Part::Text("=".to_owned())], value].concat());
            self.argument("--form-string", Some(&field));
        }
    }

    /// The fields that are sent, as far as can be known without running the templates.
    fn sent(&mut self, parameters: &[Parameter]) -> Vec<Field> {
        parameters
            .iter()
            .filter(|parameter| parameter.enabled)
            .map(|parameter| {
                (
                    parameter.omit_empty,
                    Field {
                        name: self.variables.parts(parameter.name.as_str()),
                        value: self.variables.parts(parameter.value.as_str()),
                    },
                )
            })
            .filter(|(omit_empty, field)| !omit_empty || !field.value.is_empty())
            .map(|(_, field)| field)
            .collect()
    }
}

/// A name and a value, taken apart.
struct Field {
    name: Vec<Part>,
    value: Vec<Part>,
}

/// `name=value` as `--url-query` and `--data-urlencode` want it: the name encoded, the value not.
fn named(name: Vec<Part>, value: Vec<Part>) -> Vec<Part> {
    let name = name.into_iter().map(|part| match part {
        Part::Text(text) => Part::Text(encode(&text)),
        variable @ Part::Variable(_) => variable,
    });
    join(
        name.chain([Part::Text("=".to_owned())])
            .chain(value)
            .collect(),
    )
}

/// Puts texts that follow each other together.
fn join(parts: Vec<Part>) -> Vec<Part> {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts {
        match (joined.last_mut(), part) {
            (Some(Part::Text(last)), Part::Text(text)) => last.push_str(&text),
            (_, part) => joined.push(part),
        }
    }
    joined
}

fn has_content_type(request: &Request) -> bool {
    let is_it = |header: &Parameter| {
        header.enabled && header.name.as_str().eq_ignore_ascii_case("content-type")
    };
    request.headers.iter().any(is_it)
}
