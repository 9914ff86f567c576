-- Schemas of GraphQL APIs, so that the editor completes without asking again. They hold no secret.
CREATE TABLE graphql_schemas (
    connector_id TEXT NOT NULL REFERENCES connectors (id) ON DELETE CASCADE,
    -- The address as the connector writes it, without its query.
    address TEXT NOT NULL,
    -- The file that it came from; null where the API was asked.
    file_name TEXT,
    fetched_at INTEGER NOT NULL,
    -- Last, as in `connectors`: JSON of an introspection, or SDL.
    schema TEXT NOT NULL,
    PRIMARY KEY (connector_id, address)
) STRICT;

PRAGMA user_version = 7;
