-- A connector that was opened from a file: the file's text as it was when the two were the same last, and the id in it
-- where the library has it under another.
ALTER TABLE connectors ADD COLUMN file_hash TEXT;
ALTER TABLE connectors ADD COLUMN file_own_id TEXT;

PRAGMA user_version = 5;
