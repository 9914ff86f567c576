//! A document that is sent: its operations, and the variables that they declare and use.

use std::collections::BTreeSet;

use apollo_parser::SyntaxKind;
use apollo_parser::cst::{CstNode, Definition, OperationDefinition, Type, Variable};

use super::syntax::{GraphqlSyntaxError, parse_document};
use crate::template_syntax::is_literal;

/// The most tokens of a document: more than any API takes.
const MOST_TOKENS: usize = 100_000;

/// What a document asks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GraphqlDocument {
    /// The names of its operations, empty for one without a name.
    pub operations: Vec<String>,
    /// The variables that the operations declare.
    pub declared: Vec<GraphqlVariable>,
    /// The variables that operations and fragments use, by name.
    pub used: BTreeSet<String>,
    /// A definition of a schema, which nothing that is sent has.
    pub defines_types: bool,
    /// One of its operations changes something.
    pub has_mutation: bool,
    /// A text in it holds `{{ … }}` or another mark of a template, as if it were one.
    pub looks_like_template: bool,
}

/// A variable that an operation declares.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphqlVariable {
    /// Its name, without `$`.
    pub name: String,
    /// Its type as it is written: `[ID!]!`.
    pub type_text: String,
    /// Whether a request has to give it: its type is non-null and it has no default.
    pub required: bool,
}

/// Reads a document.
pub fn read_graphql_document(text: &str) -> Result<GraphqlDocument, GraphqlSyntaxError> {
    let parsed = parse_document(text, MOST_TOKENS)?;
    let mut document = GraphqlDocument::default();
    for definition in parsed.definitions() {
        match &definition {
            Definition::OperationDefinition(operation) => document.operation(operation),
            Definition::FragmentDefinition(_) => {}
            _ => document.defines_types = true,
        }
        for node in definition.syntax().descendants() {
            if node.kind() == SyntaxKind::STRING_VALUE && !is_literal(&node.text().to_string()) {
                document.looks_like_template = true;
            }
            let declares =
                node.parent().map(|parent| parent.kind()) == Some(SyntaxKind::VARIABLE_DEFINITION);
            if !declares && let Some(name) = Variable::cast(node).as_ref().and_then(name_of) {
                document.used.insert(name);
            }
        }
    }
    Ok(document)
}

impl GraphqlDocument {
    fn operation(&mut self, operation: &OperationDefinition) {
        let name = operation.name().map(|name| name.text().to_string());
        self.operations.push(name.unwrap_or_default());
        self.has_mutation |= operation
            .operation_type()
            .is_some_and(|kind| kind.mutation_token().is_some());
        let declared = operation.variable_definitions();
        for variable in declared
            .into_iter()
            .flat_map(|all| all.variable_definitions())
        {
            let Some(name) = variable.variable().as_ref().and_then(name_of) else {
                continue;
            };
            let declared_type = variable.ty();
            let is_non_null = matches!(declared_type, Some(Type::NonNullType(_)));
            self.declared.push(GraphqlVariable {
                name,
                type_text: declared_type.map_or_else(String::new, |written| {
                    written.syntax().text().to_string().trim().to_owned()
                }),
                required: is_non_null && variable.default_value().is_none(),
            });
        }
    }
}

fn name_of(variable: &Variable) -> Option<String> {
    Some(variable.name()?.text().to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_and_their_variables_are_found() {
        let document = read_graphql_document(
            "query Contacts($query: String!, $page: Int! = 1, $tags: [ID!]) @live(if: $live) {\n\
               contacts(query: $query, filter: { page: $page }) { ...Name }\n\
             }\n\
             fragment Name on Contact { name(short: $short) }",
        )
        .unwrap();
        assert_eq!(document.operations, ["Contacts"]);
        let declared: Vec<_> = document
            .declared
            .iter()
            .map(|variable| {
                (
                    variable.name.as_str(),
                    variable.type_text.as_str(),
                    variable.required,
                )
            })
            .collect();
        assert_eq!(
            declared,
            [
                ("query", "String!", true),
                ("page", "Int!", false),
                ("tags", "[ID!]", false)
            ]
        );
        let used: Vec<_> = document.used.iter().map(String::as_str).collect();
        assert_eq!(used, ["live", "page", "query", "short"]);
        assert!(!document.defines_types);
    }

    #[test]
    fn what_is_no_document_is_refused_with_its_place() {
        for (text, line, column) in [
            ("{ me {\n  id }", 2, 7),
            ("{ me { id } }}", 1, 14),
            ("{\n  contact(id: ) { id }\n}", 2, 15),
            ("query ü { a }", 1, 7),
            ("{ }", 1, 3),
        ] {
            let error = read_graphql_document(text).unwrap_err();
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn descriptions_of_operations_fragments_and_variables_are_no_errors() {
        let document = read_graphql_document(
            "\"Who is signed in\"\nquery Me(\n  \"Which\" $id: ID!\n) { me(id: $id) { ...Name } }\n\
             # a comment\n\"\"\"\nThe name\nof a person\n\"\"\"\nfragment Name on Person { name(of: \"query\") }\n\
             \"Goes\" mutation { go }",
        )
        .unwrap();
        assert_eq!(document.operations, ["Me", ""]);
        assert_eq!(document.declared.len(), 1);
        for (text, line, column) in [
            ("\"a\"\n\"b\" query { a }", 1, 1),
            ("\"ü\" query { a(", 1, 15),
            ("\"\"\"\nü\n\"\"\" query { ) }", 3, 13),
            ("\"a\" { me }", 1, 1),
        ] {
            let error = read_graphql_document(text).unwrap_err();
            assert_eq!(
                (error.line, error.column),
                (line, column),
                "{text}: {error}"
            );
        }
    }

    #[test]
    fn a_template_is_seen_in_texts_and_not_in_comments() {
        let looks = |text: &str| read_graphql_document(text).unwrap().looks_like_template;
        assert!(looks("{ me(id: \"{{ input.id }}\") { id } }"));
        assert!(looks("{ me(id: \"\"\"{{ input.id }}\"\"\") { id } }"));
        assert!(!looks("{ me { id } } # {{ input.id }} and {# this"));
        assert!(!looks("query {# now\n me { id } }"));
    }

    #[test]
    fn a_mutation_is_known_wherever_it_stands() {
        let changes = |text: &str| read_graphql_document(text).unwrap().has_mutation;
        assert!(changes("# go\nmutation { go }"));
        assert!(changes("fragment A on B { c } mutation { go }"));
        assert!(!changes("query mutation { mutation }"));
    }

    #[test]
    fn several_operations_and_definitions_of_types_are_seen() {
        let document =
            read_graphql_document("query A { a } mutation { b } type T { c: Int }").unwrap();
        assert_eq!(document.operations, ["A", ""]);
        assert!(document.defines_types);
    }

    #[test]
    fn z28_what_is_too_deep_or_too_long_is_refused() {
        let deep = format!("{}{}", "{a".repeat(100_000), "}".repeat(100_000));
        for text in [
            deep.as_str(),
            &"[".repeat(100_000),
            &format!("{{a(b:{}", "[".repeat(100_000)),
            &format!("query($a:{}", "[".repeat(100_000)),
            &"{a}".repeat(100_000),
        ] {
            assert!(read_graphql_document(text).is_err());
        }
    }
}
