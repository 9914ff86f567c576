-- Sign-ins that wait for a browser: a journal, by which an answer that comes after a crash is known. The state itself
-- is a secret while it waits, so only its digest is here; nothing else of the sign-in is.

CREATE TABLE pending_authorizations (
    -- Lower-case hex SHA-256 of the state.
    state_digest TEXT NOT NULL PRIMARY KEY,
    -- May belong to a connector that is only a file, or to single sign-on: no foreign key.
    connector_id TEXT NOT NULL,
    step TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL
) STRICT;

PRAGMA user_version = 2;
