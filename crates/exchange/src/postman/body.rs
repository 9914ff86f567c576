//! Bodies: raw text in its language, forms, GraphQL. Files are not in a collection, only their names.

use latchwork_model::{Body, FieldsBody, GraphqlBody, JsonBody, Parameter, TextBody};
use serde_json::Value;

use super::expansion::{Part, Place, parts};
use super::node::Node;
use super::scope::Scope;
use crate::curl::read_exactly;
use crate::foreign::ForeignError;
use crate::note::NoteKind;

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";

/// Reads a body; the `Content-Type` header goes where the body says it itself.
pub(super) fn read(
    request: &Node<'_>,
    name: &str,
    headers: &mut Vec<Parameter>,
    scope: &mut Scope,
) -> Result<Body, ForeignError> {
    let Some(body) = request.object("body")? else {
        return Ok(Body::None);
    };
    if body.flag("disabled")? {
        return Ok(Body::None);
    }
    let mode = body.text("mode")?.unwrap_or_default();
    Ok(match &*mode {
        "raw" => raw(&body, headers, scope)?,
        "urlencoded" => {
            remove_type(headers, |value| value == FORM);
            Body::Form(fields(&body, "urlencoded", name, scope)?)
        }
        "formdata" => {
            remove_type(headers, |_| true);
            Body::Multipart(fields(&body, "formdata", name, scope)?)
        }
        "graphql" => graphql(&body, name, headers, scope)?,
        "file" => {
            scope.notes.add(
                NoteKind::Missing,
                format!("The body of `{name}` is a file, which is not in the collection: paste what is in it into the body."),
            );
            Body::None
        }
        "" => Body::None,
        other => {
            let shown: String = other.chars().take(40).collect();
            return Err(body.fault_at(
                "mode",
                format!("`{shown}` is no kind of body"),
                "Use raw, urlencoded, formdata, graphql or file.",
            ));
        }
    })
}

fn content_type(headers: &[Parameter]) -> Option<String> {
    headers
        .iter()
        .find(|header| header.enabled && header.name.as_str().eq_ignore_ascii_case("content-type"))
        .map(|header| header.value.as_str().trim().to_ascii_lowercase())
}

fn remove_type(headers: &mut Vec<Parameter>, is_said: impl Fn(&str) -> bool) {
    headers.retain(|header| {
        !header.name.as_str().eq_ignore_ascii_case("content-type")
            || !is_said(&header.value.as_str().trim().to_ascii_lowercase())
    });
}

fn raw(
    body: &Node<'_>,
    headers: &mut Vec<Parameter>,
    scope: &mut Scope,
) -> Result<Body, ForeignError> {
    let text = body.text("raw")?.unwrap_or_default();
    if text.trim().is_empty() {
        return Ok(Body::None);
    }
    let place = format!("{}.raw", body.path);
    let language = body
        .member("options")
        .and_then(|options| options.member("raw"))
        .map(|raw| raw.text("language"))
        .transpose()?
        .flatten();
    let media_type = content_type(headers);
    let is_json = match &media_type {
        Some(given) => {
            let given = given.split(';').next().unwrap_or_default().trim();
            given == JSON || given.ends_with("+json")
        }
        None => language
            .as_deref()
            .is_none_or(|language| language == "json"),
    };
    if is_json && let Some(value) = json(&text, &place, scope)? {
        remove_type(headers, |value| value == JSON);
        return Ok(Body::Json(JsonBody { value }));
    }
    let said = headers
        .iter()
        .find(|header| header.enabled && header.name.as_str().eq_ignore_ascii_case("content-type"))
        .map(|header| header.value.as_str().to_owned())
        .filter(|value| !value.contains(['{', '\r', '\n', '\0']));
    let content_type = said.unwrap_or_else(|| {
        match language.as_deref() {
            Some("json") => JSON,
            Some("xml") => "application/xml",
            Some("html") => "text/html",
            Some("javascript") => "application/javascript",
            _ => "text/plain",
        }
        .to_owned()
    });
    remove_type(headers, |_| true);
    Ok(Body::Text(TextBody {
        content_type,
        content: scope.template(&text, Place::Plain, &place)?,
    }))
}

/// JSON in which variables may stand where values do; none where it is no JSON, or where reading it would lose
/// something.
fn json(text: &str, place: &str, scope: &mut Scope) -> Result<Option<Value>, ForeignError> {
    let (quoted, bare) = quote_variables(text);
    let Some(value) = read_exactly(&quoted) else {
        return Ok(None);
    };
    if has_variable_names(&value) {
        return Ok(None);
    }
    templates(value, &bare, place, scope).map(Some)
}

/// Variables outside of strings are put into strings, so that the rest can be read as JSON; a mark in front says so.
fn quote_variables(text: &str) -> (String, String) {
    let mut mark = "bare:".to_owned();
    while text.contains(&mark) {
        mark.insert(0, '_');
    }
    let mut quoted = String::with_capacity(text.len() + 64);
    let mut in_string = false;
    let mut is_escaped = false;
    for part in parts(text) {
        match part {
            Part::Text(text) => {
                for character in text.chars() {
                    match character {
                        _ if is_escaped => is_escaped = false,
                        '\\' if in_string => is_escaped = true,
                        '"' => in_string = !in_string,
                        _ => {}
                    }
                }
                quoted.push_str(text);
            }
            Part::Variable(name) if in_string => {
                is_escaped = false;
                quoted.extend(["{{", name, "}}"]);
            }
            Part::Variable(name) => quoted.extend(["\"", &mark, name, "\""]),
        }
    }
    (quoted, mark)
}

/// Whether a member's name has a variable in it: names are no templates.
fn has_variable_names(value: &Value) -> bool {
    match value {
        Value::Array(values) => values.iter().any(has_variable_names),
        Value::Object(members) => members
            .iter()
            .any(|(name, value)| name.contains("{{") || has_variable_names(value)),
        _ => false,
    }
}

fn templates(
    value: Value,
    bare: &str,
    place: &str,
    scope: &mut Scope,
) -> Result<Value, ForeignError> {
    Ok(match value {
        Value::String(text) => {
            let template = match text.strip_prefix(bare) {
                Some(name) => scope.template(&format!("{{{{{name}}}}}"), Place::Json, place)?,
                None => scope.template(&text, Place::Plain, place)?,
            };
            Value::String(template.as_str().to_owned())
        }
        Value::Array(values) => Value::Array(
            values
                .into_iter()
                .map(|value| templates(value, bare, place, scope))
                .collect::<Result<_, _>>()?,
        ),
        Value::Object(members) => {
            let mut read = serde_json::Map::new();
            for (name, value) in members {
                read.insert(name, templates(value, bare, place, scope)?);
            }
            Value::Object(read)
        }
        other => other,
    })
}

fn fields(
    body: &Node<'_>,
    member: &str,
    name: &str,
    scope: &mut Scope,
) -> Result<FieldsBody, ForeignError> {
    let mut fields = Vec::new();
    // An old form of it is one text.
    if body
        .member(member)
        .is_some_and(|fields| fields.value.is_string())
    {
        let text = body.text(member)?.unwrap_or_default();
        for pair in text.split('&').filter(|pair| !pair.is_empty()) {
            let (key, value) = pair.split_once('=').unwrap_or((pair, ""));
            fields.push(Parameter::new(
                scope.template(key, Place::Query, &body.path)?,
                scope.template(value, Place::Query, &body.path)?,
            ));
        }
        return Ok(FieldsBody { fields });
    }
    for entry in body.items(member)? {
        let Some(key) = entry.text("key")?.filter(|key| !key.is_empty()) else {
            continue;
        };
        if entry.text("type")?.as_deref() == Some("file") {
            scope.notes.add(
                NoteKind::Missing,
                format!(
                    "`{name}` sends a file, which is not in the collection: its field is left out."
                ),
            );
            continue;
        }
        let value = entry.text("value")?.unwrap_or_default();
        let mut field = Parameter::new(
            scope.template(&key, Place::Plain, &entry.path)?,
            scope.template(&value, Place::Plain, &entry.path)?,
        );
        field.enabled = !entry.flag("disabled")?;
        fields.push(field);
    }
    Ok(FieldsBody { fields })
}

fn graphql(
    body: &Node<'_>,
    name: &str,
    headers: &mut Vec<Parameter>,
    scope: &mut Scope,
) -> Result<Body, ForeignError> {
    remove_type(headers, |value| value == JSON);
    let Some(graphql) = body.object("graphql")? else {
        return Ok(Body::None);
    };
    let query = graphql.text("query")?.unwrap_or_default();
    if parts(&query)
        .iter()
        .any(|part| matches!(part, Part::Variable(_)))
    {
        scope.notes.add(
            NoteKind::Missing,
            format!("The GraphQL query of `{name}` has Postman variables in it, which are not filled in here: use GraphQL's own."),
        );
    }
    if graphql
        .text("operationName")?
        .is_some_and(|operation| !operation.is_empty())
    {
        scope.notes.add(
            NoteKind::LeftOut,
            "The operation names of GraphQL requests are left out: a query has one operation here.",
        );
    }
    let place = format!("{}.variables", graphql.path);
    let variables = match graphql.member("variables").map(|variables| variables.value) {
        None => Value::Null,
        Some(Value::String(text)) if text.trim().is_empty() => Value::Null,
        Some(Value::String(text)) => match json(text, &place, scope)? {
            Some(value) => value,
            None => {
                return Err(graphql.fault_at(
                    "variables",
                    "the variables are not JSON",
                    "Mend them in Postman, and export the collection again.",
                ));
            }
        },
        Some(value) => templates(value.clone(), "bare:", &place, scope)?,
    };
    Ok(Body::Graphql(GraphqlBody {
        query: query.into_owned(),
        variables,
    }))
}

#[cfg(test)]
mod tests {
    use super::super::scope::Scope;
    use super::json;

    #[test]
    fn variables_in_json_keep_its_types() {
        let mut scope = Scope::default();
        let text =
            r#"{"id": {{id}}, "name": "Hi {{name}}", "quote": "\"{{id}}", "list": [{{a}}, 1]}"#;
        let value = json(text, "", &mut scope).unwrap().unwrap();
        assert_eq!(
            value,
            serde_json::json!({
                "id": "{{ vars.id | parse_json }}", "name": "Hi {{ vars.name }}", "quote": "\"{{ vars.id }}",
                "list": ["{{ vars.a | parse_json }}", 1]
            })
        );
        for text in [
            "{\"{{name}}\": 1}",
            "{{body}} x",
            "{\"a\": 123456789012345678901}",
        ] {
            assert_eq!(json(text, "", &mut scope).unwrap(), None, "{text}");
        }
    }
}
