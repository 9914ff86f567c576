//! GraphQL as files and answers have it: documents that are sent, and schemas, as introspection gives them or as SDL.
//!
//! Deliberately not here: whether a document fits a schema, which the editor shows as it is written, and how a schema is
//! asked for (the studio's).

mod document;
mod schema;
mod sdl;
mod syntax;

pub use document::{GraphqlDocument, GraphqlVariable, read_graphql_document};
pub use schema::{GraphqlSchema, NotASchema, introspected, read_graphql_schema};
pub use sdl::introspection_to_sdl;
pub use syntax::GraphqlSyntaxError;
