//! What is asked of a GraphQL API to learn its schema.

use latchwork_model::{Body, GraphqlBody, Request};
use serde_json::Value;

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

/// The requests that ask for a schema where another one is sent, in the order in which they are tried. What that request
/// adds of its own, headers and query, goes along.
pub(super) fn introspection(like: &Request) -> [Request; 2] {
    [NOW, OLDER].map(|query| {
        let mut request = like.clone();
        request.body = Body::Graphql(GraphqlBody {
            query: query.to_owned(),
            variables: Value::Null,
        });
        if !request.method.eq_ignore_ascii_case("post") {
            "POST".clone_into(&mut request.method);
        }
        request
    })
}

#[cfg(test)]
mod tests {
    use latchwork_model::read_graphql_document;

    use super::{NOW, OLDER};

    #[test]
    fn both_queries_are_one_operation_without_variables() {
        for query in [NOW, OLDER] {
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
    }
}
