//! What is asked of a GraphQL API to learn its schema.

use latchwork_model::template_syntax::{PathPart, lookups};
use latchwork_model::{Body, Endpoint, GraphqlBody, Input, Parameter, Template};
use serde_json::Value;

use super::asking::SchemaAsked;
use crate::calling::CallTarget;
use crate::error::StudioError;

/// By the specification of October 2021 and what came since: descriptions, deprecated arguments and input fields,
/// repeatable directives, where a scalar is specified.
const NOW: &str = r"query IntrospectionQuery {
  __schema {
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...FullType }
    directives {
      name description isRepeatable locations
      args(includeDeprecated: true) { ...InputValue }
    }
  }
}
fragment FullType on __Type {
  kind name description specifiedByURL
  fields(includeDeprecated: true) {
    name description
    args(includeDeprecated: true) { ...InputValue }
    type { ...TypeRef }
    isDeprecated deprecationReason
  }
  inputFields(includeDeprecated: true) { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
  name description
  type { ...TypeRef }
  defaultValue isDeprecated deprecationReason
}
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }
}";

/// By the specification of June 2018, for servers that refuse the newer fields.
const OLDER: &str = r"query IntrospectionQuery {
  __schema {
    queryType { name }
    mutationType { name }
    subscriptionType { name }
    types { ...FullType }
    directives { name description locations args { ...InputValue } }
  }
}
fragment FullType on __Type {
  kind name description
  fields(includeDeprecated: true) {
    name description
    args { ...InputValue }
    type { ...TypeRef }
    isDeprecated deprecationReason
  }
  inputFields { ...InputValue }
  interfaces { ...TypeRef }
  enumValues(includeDeprecated: true) { name description isDeprecated deprecationReason }
  possibleTypes { ...TypeRef }
}
fragment InputValue on __InputValue {
  name description
  type { ...TypeRef }
  defaultValue
}
fragment TypeRef on __Type {
  kind name
  ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name ofType { kind name } } } } } } }
}";

/// By the specification of September 2025, which knows input objects of which one field is given.
fn newest() -> String {
    NOW.replace("specifiedByURL", "specifiedByURL isOneOf")
}

/// What is called for the schema of where a request goes, in the order in which it is tried. What that request adds of its
/// own, headers and query, goes along, but for what a caller would have to give.
pub(super) fn introspection(asked: SchemaAsked<'_>) -> Result<[CallTarget; 3], StudioError> {
    let mut request = asked.like.clone();
    let needs_no_input = |parameter: &Parameter| {
        inputs_in(&parameter.name).is_empty() && inputs_in(&parameter.value).is_empty()
    };
    request.query.retain(needs_no_input);
    request.headers.retain(needs_no_input);
    if !request.method.eq_ignore_ascii_case("post") {
        "POST".clone_into(&mut request.method);
    }
    let in_address = inputs_in(&request.url);
    for name in &in_address {
        let input = asked.inputs.iter().find(|input| input.name == *name);
        if input.is_none_or(|input| input.default.is_none()) {
            return Err(StudioError::SchemaNeedsInput {
                input: name.clone(),
            });
        }
    }
    Ok([newest(), NOW.to_owned(), OLDER.to_owned()].map(|query| {
        let mut request = request.clone();
        request.body = Body::Graphql(GraphqlBody {
            query,
            variables: Value::Null,
        });
        if in_address.is_empty() {
            return CallTarget::Request(Box::new(request));
        }
        // Of the others, none is needed.
        let inputs = asked.inputs.iter().map(|input| Input {
            required: false,
            ..input.clone()
        });
        CallTarget::Made(Box::new(Endpoint {
            id: "introspection".to_owned(),
            name: String::new(),
            inputs: inputs.collect(),
            request,
        }))
    }))
}

/// The inputs that a template names; `input` itself where it takes it as a whole.
fn inputs_in(template: &Template) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for lookup in lookups(template.as_str()) {
        if lookup.root() != "input" {
            continue;
        }
        let name = match lookup.path.get(1) {
            Some(PathPart::Key(name)) => name,
            _ => "input",
        };
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    names
}

#[cfg(test)]
mod tests {
    use latchwork_model::{Endpoint, read_graphql_document};
    use serde_json::json;

    use super::{NOW, OLDER, introspection, newest};
    use crate::calling::CallTarget;
    use crate::schemas::SchemaAsked;

    fn asked(request: &serde_json::Value) -> Result<CallTarget, String> {
        let endpoint: Endpoint = serde_json::from_value(json!({ "id": "one", "request": request,
            "inputs": [{ "name": "region", "default": "eu" }, { "name": "id" }] }))
        .unwrap();
        let asked = SchemaAsked {
            like: &endpoint.request,
            inputs: &endpoint.inputs,
            is_step: false,
        };
        let made = introspection(asked).map_err(|error| error.to_string())?;
        Ok(made.into_iter().next().unwrap())
    }

    #[test]
    fn what_a_caller_gives_is_left_out_or_has_its_default() {
        let request = json!({ "method": "GET", "url": "/graphql",
            "query": [{ "name": "version", "value": "7" }, { "name": "id", "value": "{{ input.id }}" }],
            "headers": [{ "name": "X-One", "value": "{{ vars.one }}" }, { "name": "X-{{ input['id'] }}", "value": "1" }] });
        let CallTarget::Request(made) = asked(&request).unwrap() else {
            panic!()
        };
        let names = |parameters: &[latchwork_model::Parameter]| -> Vec<String> {
            let names = parameters.iter().map(|one| one.name.as_str().to_owned());
            names.collect()
        };
        assert_eq!(made.method, "POST");
        assert_eq!(
            (names(&made.query), names(&made.headers)),
            (vec!["version".to_owned()], vec!["X-One".to_owned()])
        );

        let by_default = json!({ "method": "POST", "url": "/{{ input.region }}/graphql" });
        let CallTarget::Made(made) = asked(&by_default).unwrap() else {
            panic!()
        };
        assert!(made.inputs.iter().all(|input| !input.required));

        let needed = json!({ "method": "POST", "url": "/{{ input.region }}/{{ input.id }}" });
        let error = asked(&needed).unwrap_err();
        assert!(error.contains("needs the input `id`"), "{error}");
    }

    #[test]
    fn all_queries_are_one_operation_without_variables() {
        for query in [newest().as_str(), NOW, OLDER] {
            let document = read_graphql_document(query).unwrap();
            assert_eq!(document.operations, ["IntrospectionQuery"]);
            assert!(document.used.is_empty());
        }
        let newer = [
            "includeDeprecated: true) { ...InputValue",
            "specifiedByURL",
            "isRepeatable",
        ];
        for field in newer {
            assert!(NOW.contains(field) && !OLDER.contains(field), "{field}");
        }
        assert!(newest().contains("isOneOf") && !NOW.contains("isOneOf"));
    }
}
