//! Parameters of an operation: inputs, and where they stand in the request.

use std::collections::HashSet;

use latchwork_model::{InputType, Parameter, Request, Template};
use serde_json::Value;

use super::document::{
    Document, Found, member_flag, member_list, member_text, object, required_text,
};
use super::error::{Fault, cut};
use super::naming::before_expression;
use super::operations::Operation;
use super::remarks::{Remark, Remarks};
use super::requirements::Chosen;
use super::schema::{Inputs, Kind, Schema, fitting};
use super::servers::placeholder;

/// One parameter, with what is known of it.
struct Described<'a> {
    name: &'a str,
    place: &'a str,
    value: &'a Value,
    schema: Schema<'a>,
    required: bool,
    /// It is sent as JSON, whatever its style.
    as_json: bool,
}

/// What parameters are read with.
pub(super) struct Reading<'r, 'a> {
    pub document: &'r Document<'a>,
    pub chosen: &'r Chosen<'a>,
    pub remarks: &'r mut Remarks,
    /// The endpoint's id, for remarks.
    pub id: &'r str,
}

/// Puts an operation's parameters into its request.
pub(super) fn read<'a>(
    reading: &mut Reading<'_, 'a>,
    operation: &Operation<'a>,
    inputs: &mut Inputs,
    request: &mut Request,
) -> Found<'a, ()> {
    let mut described = describe(reading, operation)?;
    let path = path(reading, operation.path, &described, inputs);
    request.url = path;
    let mut cookies: Vec<String> = Vec::new();
    described.retain(|parameter| parameter.place != "path");
    for parameter in &described {
        reading.document.spend(parameter.value, 2)?;
        match parameter.place {
            "query" => query(reading, parameter, inputs, &mut request.query)?,
            "header" => header(reading, parameter, inputs, &mut request.headers),
            "cookie" => cookie(parameter, inputs, &mut cookies),
            _ => reading.remarks.add(Remark::Parameter, || {
                format!("{} ({})", parameter.name, reading.id)
            }),
        }
    }
    if !cookies.is_empty() {
        request.headers.push(Parameter {
            omit_empty: true,
            ..Parameter::new("Cookie", cookies.join("; "))
        });
    }
    Ok(())
}

/// The operation's parameters and those of its path, of which the operation's own win.
fn describe<'a>(
    reading: &mut Reading<'_, 'a>,
    operation: &Operation<'a>,
) -> Found<'a, Vec<Described<'a>>> {
    let document = reading.document;
    let mut described = Vec::new();
    let mut seen = HashSet::new();
    for holder in [operation.value, operation.item] {
        for value in member_list(holder, "parameters")?.into_iter().flatten() {
            let Some(value) = document.resolve(value)? else {
                continue;
            };
            object(value)?;
            document.spend(value, 1)?;
            let name = required_text(value, "name")?;
            let place = required_text(value, "in")?;
            let is_odd = name.is_empty() || place == "header" && !is_header_name(name);
            if is_odd {
                let name = value.get("name").unwrap_or(value);
                return Err(Fault::expected(name, "a parameter's name"));
            }
            if !seen.insert((name, place))
                || reading.chosen.sends(place, name)
                || is_set_otherwise(place, name)
            {
                continue;
            }
            let content = value
                .get("content")
                .and_then(Value::as_object)
                .and_then(|content| content.iter().next());
            let schema = match content {
                Some((_, media)) => media.get("schema"),
                None => value.get("schema"),
            };
            described.push(Described {
                name,
                place,
                value,
                schema: Schema::of(document, schema)?,
                required: member_flag(value, "required") || place == "path",
                as_json: content.is_some_and(|(media, _)| media.contains("json")),
            });
        }
    }
    Ok(described)
}

/// Headers that the specification has described elsewhere: by the body and by security.
fn is_set_otherwise(place: &str, name: &str) -> bool {
    place == "header"
        && ["accept", "authorization", "content-type"]
            .iter()
            .any(|known| name.eq_ignore_ascii_case(known))
}

fn is_header_name(name: &str) -> bool {
    name.bytes()
        .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// The path with an expression for each placeholder.
fn path(
    reading: &mut Reading<'_, '_>,
    path: &str,
    described: &[Described<'_>],
    inputs: &mut Inputs,
) -> Template {
    let mut template = String::new();
    if !path.starts_with('/') {
        reading.remarks.add(Remark::Path, || path.to_owned());
        template.push('/');
    }
    let mut known: Vec<(&str, String)> = Vec::new();
    let mut rest = path;
    while let Some((before, name, behind)) = placeholder(rest) {
        template.push_str(&before_expression(before));
        let value = if let Some((_, value)) = known.iter().find(|(other, _)| *other == name) {
            value.clone()
        } else {
            let parameter = described
                .iter()
                .find(|parameter| parameter.place == "path" && parameter.name == name);
            if parameter.is_none() {
                reading.remarks.add(Remark::UndescribedPlaceholder, || {
                    format!("{{{name}}} ({})", reading.id)
                });
            }
            let value = path_value(name, parameter, inputs);
            known.push((name, value.clone()));
            value
        };
        template.push_str(&value);
        rest = behind;
    }
    template.push_str(Template::literal(rest).as_str());
    template.into()
}

fn path_value(name: &str, parameter: Option<&Described<'_>>, inputs: &mut Inputs) -> String {
    let Some(parameter) = parameter else {
        return inputs.add(name, "path", InputType::Text, true, None);
    };
    let style = style(parameter, "simple");
    let (before, between) = match style {
        "label" => (".".to_owned(), "."),
        "matrix" => (format!(";{}=", Template::literal(name)), ","),
        _ => (String::new(), ","),
    };
    let input_type = one_value(parameter);
    let default = fitting(input_type, parameter.schema.default());
    let input = inputs.add_named(name, "path", input_type, true, default);
    match parameter.schema.kind() {
        Kind::List => format!("{before}{{{{ {input} | join('{between}') }}}}"),
        _ => format!("{before}{{{{ {input} }}}}"),
    }
}

fn style<'a>(parameter: &Described<'a>, default: &'a str) -> &'a str {
    member_text(parameter.value, "style")
        .ok()
        .flatten()
        .unwrap_or(default)
}

/// The type of an input that gives the whole parameter. Where nothing is known of it, it is a text.
fn one_value(parameter: &Described<'_>) -> InputType {
    match parameter.schema.kind() {
        Kind::Any if !parameter.as_json => InputType::Text,
        _ => parameter.schema.input_type(),
    }
}

fn add_whole(parameter: &Described<'_>, context: &str, inputs: &mut Inputs) -> String {
    let input_type = one_value(parameter);
    let default = fitting(input_type, parameter.schema.default());
    inputs.add_named(
        parameter.name,
        context,
        input_type,
        parameter.required,
        default,
    )
}

fn pair(name: &str, value: String, required: bool) -> Parameter {
    Parameter {
        omit_empty: !required,
        ..Parameter::new(Template::literal(name), value)
    }
}

/// What can only be one value is written out, where it has to be given.
fn constant(parameter: &Described<'_>) -> Option<Template> {
    let value = parameter.schema.constant().filter(|_| parameter.required)?;
    super::servers::scalar_text(value).map(|text| Template::literal(&text))
}

fn query<'a>(
    reading: &mut Reading<'_, 'a>,
    parameter: &Described<'a>,
    inputs: &mut Inputs,
    query: &mut Vec<Parameter>,
) -> Found<'a, ()> {
    let name = parameter.name;
    if let Some(value) = constant(parameter) {
        query.push(Parameter::new(Template::literal(name), value));
        return Ok(());
    }
    let style = style(parameter, "form");
    let explode = parameter
        .value
        .get("explode")
        .and_then(Value::as_bool)
        .unwrap_or(style == "form");
    match parameter.schema.kind() {
        _ if parameter.as_json => {
            let input = add_whole(parameter, "query", inputs);
            query.push(pair(name, format!("{{{{ {input} }}}}"), parameter.required));
        }
        Kind::List if explode => {
            reading.remarks.add(Remark::RepeatedParameter, || {
                format!("{name} ({})", reading.id)
            });
            let items = parameter.schema.items(reading.document)?;
            let input_type = match items.input_type() {
                InputType::Json => InputType::Text,
                simple => simple,
            };
            // A list's default of one value is that value.
            let default = match parameter
                .schema
                .default()
                .and_then(Value::as_array)
                .map(Vec::as_slice)
            {
                Some([only]) => fitting(input_type, Some(only)),
                _ => None,
            };
            let value = inputs.add(name, "query", input_type, parameter.required, default);
            query.push(pair(name, value, parameter.required));
        }
        Kind::List => {
            let between = match style {
                "spaceDelimited" => " ",
                "pipeDelimited" => "|",
                _ => ",",
            };
            let input = add_whole(parameter, "query", inputs);
            let value = if parameter.required {
                format!("{{{{ {input} | join('{between}') }}}}")
            } else {
                format!("{{{{ ({input} or []) | join('{between}') }}}}")
            };
            query.push(pair(name, value, parameter.required));
        }
        Kind::Object if style == "deepObject" || explode => {
            let members = parameter.schema.members(reading.document)?;
            if members.is_empty() {
                reading
                    .remarks
                    .add(Remark::Parameter, || format!("{name} ({})", reading.id));
            }
            for member in members {
                let whole = if style == "deepObject" {
                    format!("{name}[{}]", member.name)
                } else {
                    member.name.to_owned()
                };
                let required = parameter.required && member.required;
                let input_type = member.schema.input_type();
                let default = fitting(input_type, member.schema.default());
                let value = inputs.add(member.name, name, input_type, required, default);
                query.push(pair(&whole, value, required));
            }
        }
        _ => {
            let input = add_whole(parameter, "query", inputs);
            query.push(pair(name, format!("{{{{ {input} }}}}"), parameter.required));
        }
    }
    Ok(())
}

fn header(
    reading: &mut Reading<'_, '_>,
    parameter: &Described<'_>,
    inputs: &mut Inputs,
    headers: &mut Vec<Parameter>,
) {
    let name = parameter.name;
    if [
        "content-length",
        "transfer-encoding",
        "connection",
        "cookie",
    ]
    .iter()
    .any(|own| name.eq_ignore_ascii_case(own))
    {
        reading.remarks.add(Remark::Parameter, || {
            format!("{} ({})", cut(name), reading.id)
        });
        return;
    }
    if let Some(value) = constant(parameter) {
        headers.push(Parameter::new(Template::literal(name), value));
        return;
    }
    let input = add_whole(parameter, "header", inputs);
    let value = match (parameter.schema.kind(), parameter.required) {
        (Kind::List, true) if !parameter.as_json => format!("{{{{ {input} | join(',') }}}}"),
        (Kind::List, false) if !parameter.as_json => {
            format!("{{{{ ({input} or []) | join(',') }}}}")
        }
        _ => format!("{{{{ {input} }}}}"),
    };
    headers.push(pair(name, value, parameter.required));
}

/// Cookies stand in one header; one that is not given leaves nothing behind but its separator.
fn cookie(parameter: &Described<'_>, inputs: &mut Inputs, cookies: &mut Vec<String>) {
    let name = Template::literal(parameter.name);
    if let Some(value) = constant(parameter) {
        cookies.push(format!("{name}={value}"));
        return;
    }
    let input = add_whole(parameter, "cookie", inputs);
    cookies.push(if parameter.required {
        format!("{name}={{{{ {input} }}}}")
    } else {
        format!("{{% if {input} is not none %}}{name}={{{{ {input} }}}}{{% endif %}}")
    });
}
