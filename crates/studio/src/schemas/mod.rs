//! Schemas of GraphQL APIs: asked for as an endpoint is called, or read from a file, and kept for the editor.
//!
//! Deliberately not here: what a schema means. The editor completes and checks with it.

mod asking;
mod kept;
mod queries;

pub use asking::SchemaAsked;
