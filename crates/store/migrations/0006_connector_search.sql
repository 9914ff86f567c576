-- Connectors are found by their address too, as the summary tells it. The index holds all that a search looks at, so
-- that it reads no row but those that it shows; its expression is the one of the statements that search.
DROP INDEX connectors_by_name;
CREATE INDEX connectors_by_name ON connectors (
    folded_name,
    id,
    CASE WHEN json_valid(summary) THEN lower(json_extract(summary, '$.base_url')) END
);

PRAGMA user_version = 6;
