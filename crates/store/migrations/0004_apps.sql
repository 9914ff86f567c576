-- Apps as the library keeps them. An app calls connectors by id or name, so nothing here refers to `connectors`.

CREATE TABLE apps (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Lower case by Unicode's rules, as in `connectors`.
    folded_name TEXT NOT NULL,
    summary TEXT NOT NULL,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    -- Last, as in `connectors`: a list need not read past it.
    document TEXT NOT NULL
) STRICT;
CREATE INDEX apps_by_name ON apps (folded_name, id);

CREATE TABLE app_drafts (
    app_id TEXT NOT NULL PRIMARY KEY REFERENCES apps (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    base_revision INTEGER NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

-- The account that an app uses of a connector, where a person chose one for it. App and connector may both be files
-- only, so neither is a foreign key; deleting app, connector or account removes the row.
CREATE TABLE app_accounts (
    app_key TEXT NOT NULL,
    connector_id TEXT NOT NULL,
    account_id TEXT NOT NULL,
    PRIMARY KEY (app_key, connector_id)
) STRICT;

PRAGMA user_version = 4;
