//! Addresses of Postman's: the part that says where the API is, the path with its `:variables`, and the query.

use std::borrow::Cow;
use std::collections::HashMap;

use latchwork_model::{Input, InputType, Parameter, Template};

use super::expansion::{Place, text_parts};
use super::node::Node;
use super::scope::{Scope, variable_name};
use crate::foreign::ForeignError;

/// An address, taken apart but not yet a template: which base it is appended to is known once all are.
#[derive(Clone, Debug, Default)]
pub(super) struct Address {
    /// Scheme and host, or the variable that stands for them; empty where there are none.
    pub base: String,
    /// Behind the base, without the query.
    pub path: String,
    /// What `:name` in the path stands for.
    pub values: HashMap<String, Option<String>>,
    /// The JSON path of the address.
    pub place: String,
}

/// An address and its query.
pub(super) struct Read {
    pub address: Address,
    pub query: Vec<Parameter>,
}

/// Reads the `url` of a request: a text, or an object of parts.
pub(super) fn read(url: Option<Node<'_>>, scope: &mut Scope) -> Result<Option<Read>, ForeignError> {
    let Some(url) = url else {
        return Ok(None);
    };
    let raw = if url.value.is_object() {
        match url.text("raw")?.filter(|raw| !raw.trim().is_empty()) {
            Some(raw) => raw,
            None => Cow::Owned(assembled(&url)?),
        }
    } else {
        url.as_text()?
    };
    let (before_query, raw_query) = split_query(raw.trim());
    let (base, path) = split_base(before_query);
    let mut address = Address {
        base,
        path: path.to_owned(),
        values: HashMap::new(),
        place: url.path.clone(),
    };
    let mut query = Vec::new();
    if url.value.is_object() {
        for variable in url.items("variable")? {
            let name = variable.text("key")?.or(variable.text("id")?);
            if let Some(name) = name {
                let value = variable.text("value")?.map(Cow::into_owned);
                address.values.insert(name.into_owned(), value);
            }
        }
        for entry in url.items("query")? {
            if let Some(name) = entry.text("key")? {
                let value = entry.text("value")?.unwrap_or_default();
                let mut parameter = Parameter::new(
                    scope.template(&name, Place::Query, &entry.path)?,
                    scope.template(&value, Place::Query, &entry.path)?,
                );
                parameter.enabled = !entry.flag("disabled")?;
                query.push(parameter);
            }
        }
    }
    if url.member("query").is_none() {
        for pair in raw_query.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            query.push(Parameter::new(
                scope.template(name, Place::Query, &url.path)?,
                scope.template(value, Place::Query, &url.path)?,
            ));
        }
    }
    Ok(Some(Read { address, query }))
}

/// An address out of its parts, where it is not written out.
fn assembled(url: &Node<'_>) -> Result<String, ForeignError> {
    let joined = |name: &str, mark: &str| -> Result<String, ForeignError> {
        let Some(member) = url.member(name) else {
            return Ok(String::new());
        };
        if !member.value.is_array() {
            return Ok(member.as_text()?.into_owned());
        }
        let mut words = Vec::new();
        for item in member.as_items()? {
            // A path segment can be an object with a type and a value.
            words.push(if item.value.is_object() {
                item.text("value")?.unwrap_or_default()
            } else {
                item.as_text()?
            });
        }
        Ok(words.join(mark))
    };
    let mut address = String::new();
    if let Some(scheme) = url.text("protocol")? {
        address.push_str(scheme.trim_end_matches("://"));
        address.push_str("://");
    }
    address.push_str(&joined("host", ".")?);
    if let Some(port) = url.text("port")?.filter(|port| !port.is_empty()) {
        address.push(':');
        address.push_str(&port);
    }
    let path = joined("path", "/")?;
    if !path.is_empty() {
        address.push('/');
        address.push_str(path.trim_start_matches('/'));
    }
    Ok(address)
}

/// Takes query and fragment off; marks inside of `{{ … }}` are no marks.
fn split_query(raw: &str) -> (&str, &str) {
    let marks = |mark: char| {
        text_parts(raw)
            .into_iter()
            .find_map(|(start, text)| text.find(mark).map(|offset| start + offset))
    };
    let end = marks('#').unwrap_or(raw.len());
    match marks('?') {
        Some(start) if start < end => (&raw[..start], &raw[start + 1..end]),
        _ => (&raw[..end], ""),
    }
}

/// Divides an address into what says where the API is, and the path.
fn split_base(address: &str) -> (String, &str) {
    let host = address.find("://").map_or(0, |mark| mark + 3);
    let slash = text_parts(address).into_iter().find_map(|(start, text)| {
        let end = start + text.len();
        let from = host.clamp(start, end);
        address[from..end].find('/').map(|slash| from + slash)
    });
    let end = slash.unwrap_or(address.len());
    (address[..end].trim().to_owned(), &address[end..])
}

impl Address {
    /// The path as a template, and the inputs for its `:variables`.
    pub fn path(&self, scope: &mut Scope) -> Result<(Template, Vec<Input>), ForeignError> {
        let mut inputs: Vec<Input> = Vec::new();
        let mut path = String::new();
        for (index, segment) in self.path.split('/').enumerate() {
            if index > 0 {
                path.push('/');
            }
            let name = segment.strip_prefix(':').filter(|name| !name.is_empty());
            let Some(name) = name.filter(|name| !name.contains(['{', '}'])) else {
                path.push_str(scope.template(segment, Place::Path, &self.place)?.as_str());
                continue;
            };
            let value = self.values.get(name).cloned().flatten().unwrap_or_default();
            if value.contains("{{") {
                path.push_str(scope.template(&value, Place::Path, &self.place)?.as_str());
                continue;
            }
            let input = variable_name(name);
            path.push_str(&format!("{{{{ input.{input} }}}}"));
            if !inputs.iter().any(|known| known.name == input) {
                inputs.push(Input {
                    name: input,
                    input_type: InputType::Text,
                    required: true,
                    default: (!value.is_empty()).then(|| value.into()),
                });
            }
        }
        Ok((path.into(), inputs))
    }
}

#[cfg(test)]
mod tests {
    use super::{split_base, split_query};

    #[test]
    fn an_address_is_divided_where_the_path_begins() {
        for (address, base, path) in [
            ("{{baseUrl}}/v1/x", "{{baseUrl}}", "/v1/x"),
            (
                "{{scheme}}://{{host}}:{{port}}/x",
                "{{scheme}}://{{host}}:{{port}}",
                "/x",
            ),
            ("https://a.example/x/y", "https://a.example", "/x/y"),
            ("https://a.example", "https://a.example", ""),
            ("a.example/x", "a.example", "/x"),
            ("/x", "", "/x"),
            ("{{a/b}}/c", "{{a/b}}", "/c"),
            ("", "", ""),
            ("é://ü/ö", "é://ü", "/ö"),
        ] {
            assert_eq!(split_base(address), (base.to_owned(), path), "{address}");
        }
    }

    #[test]
    fn a_query_begins_at_the_first_mark_outside_of_variables() {
        for (address, before, query) in [
            ("https://a/x?b=c?d#e", "https://a/x", "b=c?d"),
            ("{{a?b}}/x#f?g", "{{a?b}}/x", ""),
            ("/x?{{#a}}=1#é", "/x", "{{#a}}=1"),
            ("/x", "/x", ""),
        ] {
            assert_eq!(split_query(address), (before, query), "{address}");
        }
    }
}
