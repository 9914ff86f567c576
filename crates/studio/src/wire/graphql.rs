//! A GraphQL API's schema for the editor. It is public, or its API's own; no credential is in it.

use serde::Serialize;

/// The schema that the editor completes with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "bindings", derive(specta::Type))]
pub struct GraphqlSchema {
    /// The address that it is of, as the connector writes it, without its query.
    pub address: String,
    /// The file that it came from; none where the API was asked.
    pub file_name: Option<String>,
    /// When, in Unix seconds.
    #[cfg_attr(feature = "bindings", specta(type = u32))]
    pub fetched_at: i64,
    /// JSON of an introspection, which begins with `{`, or SDL.
    pub schema: String,
}

impl From<latchwork_store::GraphqlSchema> for GraphqlSchema {
    fn from(kept: latchwork_store::GraphqlSchema) -> Self {
        Self {
            address: kept.address,
            file_name: kept.file_name,
            fetched_at: kept.fetched_at,
            schema: kept.schema,
        }
    }
}
