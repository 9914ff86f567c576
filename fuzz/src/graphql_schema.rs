//! A GraphQL schema out of a file or an answer: refused with a reason, or kept as text that is read back the same. What
//! introspection gave is written as SDL without an end or a panic, whatever is in it.

use latchwork_model::{GraphqlSchema, introspection_to_sdl, read_graphql_schema};

use crate::input::text;

/// The file, or anything else.
pub fn run(data: &[u8]) {
    match read_graphql_schema(&text(data)) {
        Ok(schema) => {
            if let GraphqlSchema::Introspection(value) = &schema {
                let _ = introspection_to_sdl(value);
            }
            let written = schema.text();
            assert_eq!(read_graphql_schema(&written), Ok(schema), "{written}");
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}
