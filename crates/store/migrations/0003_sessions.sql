-- What keeps a session alive: which row a renewal was made of, attempts that a killed process left behind, what only
-- the person can do, and what was done lately. Each belongs to a connector and to a scope as `outputs` writes it.

-- Another random number with every write: whoever renewed outputs sees whether they are still the ones that it read.
-- Sealing a row again under a new key is no write.
ALTER TABLE outputs ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;

-- The connector's generation at the last clear of a scope, of 'accounts' (all of them) or of 'shared': clearing one
-- account takes nothing from a run that signs in to another.
CREATE TABLE output_clears (
    connector_id TEXT NOT NULL,
    what TEXT NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (connector_id, what)
) STRICT;

-- Written before a renewal is sent and gone with its end, the storing of other outputs for one. One that is found tells
-- of a process that was killed in between.
CREATE TABLE refresh_attempts (
    connector_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    tries INTEGER NOT NULL,
    PRIMARY KEY (connector_id, scope)
) STRICT;

CREATE TABLE needs_you (
    connector_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    code TEXT NOT NULL,
    words TEXT NOT NULL,
    at INTEGER NOT NULL,
    PRIMARY KEY (connector_id, scope)
) STRICT;

-- In the same statement, so that new outputs with an old attempt beside them are never seen.
CREATE TRIGGER outputs_stored AFTER INSERT ON outputs BEGIN
    DELETE FROM refresh_attempts WHERE connector_id = NEW.connector_id AND scope = NEW.scope;
    DELETE FROM needs_you WHERE connector_id = NEW.connector_id AND scope = NEW.scope;
END;

CREATE TABLE session_activity (
    id INTEGER NOT NULL PRIMARY KEY,
    connector_id TEXT NOT NULL,
    scope TEXT NOT NULL,
    at INTEGER NOT NULL,
    reason TEXT NOT NULL,
    outcome TEXT NOT NULL,
    updated TEXT NOT NULL,
    error_code TEXT,
    error_message TEXT
) STRICT;
CREATE INDEX session_activity_by_connector ON session_activity (connector_id, id);

-- Who an account is in its provider's words: an e-mail address, a user name.
ALTER TABLE accounts ADD COLUMN label TEXT;

PRAGMA user_version = 3;
