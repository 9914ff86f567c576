//! The vault's own tables: `vault`, `vault_keepers`, `vault_keys`. Statements only; what they mean is in `open`.

use sqlx::SqliteConnection;

use crate::vault::passphrase::PassphraseCost;

/// All there is about the vault, as of one moment.
pub(crate) struct Records {
    pub(crate) vault: Option<VaultRecord>,
    pub(crate) in_keyring: bool,
    pub(crate) passphrase: Option<PassphraseRecord>,
    pub(crate) keys: Vec<KeyRecord>,
    /// Whether anything is sealed that would be lost with the keys.
    pub(crate) has_sealed_rows: bool,
}

pub(crate) struct VaultRecord {
    pub(crate) vault_id: String,
    pub(crate) active_key_id: i64,
    pub(crate) check_record: Vec<u8>,
    pub(crate) check_digest: Vec<u8>,
}

pub(crate) struct PassphraseRecord {
    pub(crate) wrapped: Vec<u8>,
    pub(crate) salt: Vec<u8>,
    pub(crate) cost: PassphraseCost,
    pub(crate) digest: Vec<u8>,
}

pub(crate) struct KeyRecord {
    pub(crate) key_id: i64,
    pub(crate) wrapped: Vec<u8>,
    pub(crate) digest: Vec<u8>,
}

struct KeeperRow {
    kept_by: String,
    wrapped: Option<Vec<u8>>,
    salt: Option<Vec<u8>>,
    memory_kib: Option<i64>,
    iterations: Option<i64>,
    lanes: Option<i64>,
    digest: Option<Vec<u8>>,
}

impl KeeperRow {
    /// Anything missing becomes empty, which its digest then does not fit.
    fn into_passphrase(self) -> PassphraseRecord {
        let number = |value: Option<i64>| {
            value
                .and_then(|value| u32::try_from(value).ok())
                .unwrap_or_default()
        };
        PassphraseRecord {
            wrapped: self.wrapped.unwrap_or_default(),
            salt: self.salt.unwrap_or_default(),
            cost: PassphraseCost {
                memory_kib: number(self.memory_kib),
                iterations: number(self.iterations),
                lanes: number(self.lanes),
            },
            digest: self.digest.unwrap_or_default(),
        }
    }
}

/// Reads everything in one snapshot if the connection is in a transaction.
pub(crate) async fn load(connection: &mut SqliteConnection) -> Result<Records, sqlx::Error> {
    let vault = sqlx::query_as!(
        VaultRecord,
        "SELECT vault_id, active_key_id, check_record, check_digest FROM vault WHERE id = 1"
    )
    .fetch_optional(&mut *connection)
    .await?;
    let keepers = sqlx::query_as!(
        KeeperRow,
        "SELECT kept_by, wrapped, salt, memory_kib, iterations, lanes, digest FROM vault_keepers"
    )
    .fetch_all(&mut *connection)
    .await?;
    let keys = sqlx::query_as!(KeyRecord, "SELECT key_id, wrapped, digest FROM vault_keys")
        .fetch_all(&mut *connection)
        .await?;
    let has_sealed_rows = has_sealed_rows(connection).await?;
    let in_keyring = keepers.iter().any(|keeper| keeper.kept_by == "keyring");
    let passphrase = keepers
        .into_iter()
        .find(|keeper| keeper.kept_by == "passphrase")
        .map(KeeperRow::into_passphrase);
    Ok(Records {
        vault,
        in_keyring,
        passphrase,
        keys,
        has_sealed_rows,
    })
}

pub(crate) async fn has_sealed_rows(
    connection: &mut SqliteConnection,
) -> Result<bool, sqlx::Error> {
    sqlx::query_scalar!(
        r#"SELECT (EXISTS (SELECT 1 FROM outputs) OR EXISTS (SELECT 1 FROM secret_variables)) AS "any!: bool""#
    )
    .fetch_one(connection)
    .await
}

/// The vault that there is, and the key that seals in it.
pub(crate) struct ActiveKey {
    pub(crate) vault_id: String,
    pub(crate) key_id: i64,
}

pub(crate) async fn active_key(
    connection: &mut SqliteConnection,
) -> Result<Option<ActiveKey>, sqlx::Error> {
    sqlx::query_as!(
        ActiveKey,
        "SELECT vault_id, active_key_id AS key_id FROM vault WHERE id = 1"
    )
    .fetch_optional(connection)
    .await
}

/// Takes the vault's records away. What it sealed stays, and can then be read by nobody.
pub(crate) async fn remove(connection: &mut SqliteConnection) -> Result<(), sqlx::Error> {
    sqlx::query!("DELETE FROM vault")
        .execute(&mut *connection)
        .await?;
    sqlx::query!("DELETE FROM vault_keepers")
        .execute(&mut *connection)
        .await?;
    sqlx::query!("DELETE FROM vault_keys")
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn insert_vault(
    connection: &mut SqliteConnection,
    vault: &VaultRecord,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO vault (id, vault_id, active_key_id, check_record, check_digest, created_at) VALUES (1, ?, ?, ?, ?, ?)",
        vault.vault_id,
        vault.active_key_id,
        vault.check_record,
        vault.check_digest,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_key(
    connection: &mut SqliteConnection,
    key: &KeyRecord,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT INTO vault_keys (key_id, wrapped, digest, created_at) VALUES (?, ?, ?, ?)",
        key.key_id,
        key.wrapped,
        key.digest,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_keyring(
    connection: &mut SqliteConnection,
    now: i64,
) -> Result<(), sqlx::Error> {
    sqlx::query!(
        "INSERT OR REPLACE INTO vault_keepers (kept_by, created_at) VALUES ('keyring', ?)",
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}

pub(crate) async fn insert_passphrase(
    connection: &mut SqliteConnection,
    record: &PassphraseRecord,
    now: i64,
) -> Result<(), sqlx::Error> {
    let PassphraseCost {
        memory_kib,
        iterations,
        lanes,
    } = record.cost;
    sqlx::query!(
        "INSERT OR REPLACE INTO vault_keepers (kept_by, wrapped, salt, memory_kib, iterations, lanes, digest, created_at)
         VALUES ('passphrase', ?, ?, ?, ?, ?, ?, ?)",
        record.wrapped,
        record.salt,
        memory_kib,
        iterations,
        lanes,
        record.digest,
        now
    )
    .execute(connection)
    .await?;
    Ok(())
}
