-- Columns named `ciphertext` hold vault rows (src/vault/sealed.rs); nothing secret is stored outside of them.
-- Outputs, secret variables, accounts and runs may belong to a connector that is only a file on disk, so they
-- have no foreign key to `connectors`; deleting a connector removes them by name.

CREATE TABLE connectors (
    id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    -- Lower case by Unicode's rules, which SQLite does not know: for search and order.
    folded_name TEXT NOT NULL,
    -- What a list shows of the document, as the caller wrote it, so that listing reads no documents.
    summary TEXT NOT NULL,
    file_path TEXT,
    revision INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    tested_hash TEXT,
    tested_ok INTEGER,
    -- Last, so that a list, which does not want it, need not read past it.
    document TEXT NOT NULL
) STRICT;
CREATE INDEX connectors_by_name ON connectors (folded_name, id);
CREATE UNIQUE INDEX connectors_by_file ON connectors (file_path) WHERE file_path IS NOT NULL;

CREATE TABLE drafts (
    connector_id TEXT NOT NULL PRIMARY KEY REFERENCES connectors (id) ON DELETE CASCADE,
    document TEXT NOT NULL,
    base_revision INTEGER NOT NULL,
    saved_at INTEGER NOT NULL
) STRICT;

CREATE TABLE secret_variables (
    connector_id TEXT NOT NULL,
    name TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    ciphertext BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    stored_at INTEGER NOT NULL,
    PRIMARY KEY (connector_id, name)
) STRICT;

CREATE TABLE accounts (
    id TEXT NOT NULL PRIMARY KEY,
    connector_id TEXT NOT NULL,
    name TEXT NOT NULL,
    active INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    UNIQUE (connector_id, name)
) STRICT;
CREATE UNIQUE INDEX accounts_one_active ON accounts (connector_id) WHERE active = 1;

-- Counts up whenever a connector's cached outputs are cleared. It outlives the outputs and the connector, so
-- that a run which began before the clear stores nothing after it.
CREATE TABLE output_generations (
    connector_id TEXT NOT NULL PRIMARY KEY,
    generation INTEGER NOT NULL
) STRICT;

CREATE TABLE outputs (
    connector_id TEXT NOT NULL,
    -- 'shared', or 'account:' and the account's id.
    scope TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    ciphertext BLOB NOT NULL,
    key_id INTEGER NOT NULL,
    expires_at INTEGER,
    stored_at INTEGER NOT NULL,
    generation INTEGER NOT NULL,
    PRIMARY KEY (connector_id, scope)
) STRICT;

-- Another random value with every change to `outputs` or `output_generations`: what a process holds decrypted
-- in memory is good as long as the stamp beside the database still says the same (src/stamp.rs).
CREATE TABLE output_stamp (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    stamp BLOB NOT NULL
) STRICT;
INSERT INTO output_stamp (id, stamp) VALUES (1, randomblob(16));

CREATE TABLE runs (
    id TEXT NOT NULL PRIMARY KEY,
    connector_id TEXT NOT NULL,
    what TEXT NOT NULL,
    started_at INTEGER NOT NULL,
    duration_ms INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    bytes INTEGER NOT NULL,
    events TEXT NOT NULL
) STRICT;
CREATE INDEX runs_by_connector ON runs (connector_id, started_at);
CREATE INDEX runs_by_age ON runs (started_at);

-- The size of all runs together, kept by the triggers, so that storing one run does not add up all of them.
CREATE TABLE run_total (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    bytes INTEGER NOT NULL
) STRICT;
INSERT INTO run_total (id, bytes) VALUES (1, 0);
CREATE TRIGGER runs_added AFTER INSERT ON runs BEGIN
    UPDATE run_total SET bytes = bytes + NEW.bytes;
END;
CREATE TRIGGER runs_removed AFTER DELETE ON runs BEGIN
    UPDATE run_total SET bytes = bytes - OLD.bytes;
END;

CREATE TABLE settings (
    key TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT;

-- One row once there is a vault. The check is a known text sealed with the master key, and the digest tells a
-- broken check from a wrong key.
CREATE TABLE vault (
    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
    vault_id TEXT NOT NULL,
    active_key_id INTEGER NOT NULL,
    check_record BLOB NOT NULL,
    check_digest BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

-- Who keeps the master key. For 'keyring' the system holds it under the vault's id; for 'passphrase' it is
-- here, wrapped by a key derived from the passphrase.
CREATE TABLE vault_keepers (
    kept_by TEXT NOT NULL PRIMARY KEY CHECK (kept_by IN ('keyring', 'passphrase')),
    wrapped BLOB,
    salt BLOB,
    memory_kib INTEGER,
    iterations INTEGER,
    lanes INTEGER,
    digest BLOB,
    created_at INTEGER NOT NULL
) STRICT;

-- Data keys, wrapped by the master key.
CREATE TABLE vault_keys (
    key_id INTEGER NOT NULL PRIMARY KEY,
    wrapped BLOB NOT NULL,
    digest BLOB NOT NULL,
    created_at INTEGER NOT NULL
) STRICT;

PRAGMA application_id = 1281455203;
PRAGMA user_version = 1;
