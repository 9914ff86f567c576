//! `graphql_schemas`: what GraphQL APIs say of themselves, by connector and address. No secret is among it.

use crate::error::StoreError;
use crate::store::{Durability, Store};

/// A schema that is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GraphqlSchema {
    /// The address as the connector writes it, without its query.
    pub address: String,
    /// The file that it came from; nothing where the API was asked.
    pub file_name: Option<String>,
    /// Unix seconds.
    pub fetched_at: i64,
    /// JSON of an introspection, or SDL.
    pub schema: String,
}

/// The table `graphql_schemas`.
pub struct GraphqlSchemas<'a> {
    store: &'a Store,
}

impl Store {
    /// Schemas of GraphQL APIs.
    pub fn graphql_schemas(&self) -> GraphqlSchemas<'_> {
        GraphqlSchemas { store: self }
    }
}

impl GraphqlSchemas<'_> {
    /// The schema of an address, if it is kept.
    pub async fn get(
        &self,
        connector_id: &str,
        address: &str,
    ) -> Result<Option<GraphqlSchema>, StoreError> {
        sqlx::query_as!(
            GraphqlSchema,
            "SELECT address, file_name, fetched_at, schema FROM graphql_schemas WHERE connector_id = ? AND address = ?",
            connector_id,
            address
        )
        .fetch_optional(self.store.readers())
        .await
        .map_err(|error| self.store.fault(error))
    }

    /// Keeps a schema in place of an older one of its address.
    pub async fn keep(
        &self,
        connector_id: &str,
        address: &str,
        file_name: Option<&str>,
        schema: &str,
    ) -> Result<GraphqlSchema, StoreError> {
        let now = self.store.now();
        // It can be asked for again.
        let mut write = self.store.begin(Durability::Relaxed).await?;
        let kept = sqlx::query_as!(
            GraphqlSchema,
            "INSERT INTO graphql_schemas (connector_id, address, file_name, fetched_at, schema)
             SELECT id, ?2, ?3, ?4, ?5 FROM connectors WHERE id = ?1
             ON CONFLICT (connector_id, address) DO UPDATE SET
               file_name = excluded.file_name, fetched_at = excluded.fetched_at, schema = excluded.schema
             RETURNING address, file_name, fetched_at, schema",
            connector_id,
            address,
            file_name,
            now,
            schema
        )
        .fetch_optional(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?
        .ok_or_else(|| StoreError::NotFound {
            what: "connector",
            id: connector_id.to_owned(),
        })?;
        self.store.commit(write).await?;
        Ok(kept)
    }

    /// Drops a schema, if there is one.
    pub async fn forget(&self, connector_id: &str, address: &str) -> Result<(), StoreError> {
        let mut write = self.store.begin(Durability::Relaxed).await?;
        sqlx::query!(
            "DELETE FROM graphql_schemas WHERE connector_id = ? AND address = ?",
            connector_id,
            address
        )
        .execute(&mut *write)
        .await
        .map_err(|error| self.store.fault(error))?;
        self.store.commit(write).await
    }
}

#[cfg(test)]
mod tests;
