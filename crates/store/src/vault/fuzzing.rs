//! Doors for the fuzz targets in `fuzz/`, behind the feature `fuzzing`: the vault's own records, out of a database
//! that anybody may have written, and the text that a keyring gave back.
//!
//! Each record gets a digest that fits, since no fuzzer finds one; what is behind it is then reached. Nothing is
//! added to what opening a vault does. No program turns the feature on.

use secrecy::SecretString;

use crate::vault::error::VaultError;
use crate::vault::key::Key;
use crate::vault::passphrase::PassphraseCost;
use crate::vault::records::{KeyRecord, PassphraseRecord, VaultRecord};
use crate::vault::wrapped::{check_master, digest, passphrase_digest, unwrap_keys, unwrap_master};
use crate::vault::{KeptBy, Vault};

/// What a database says of its vault.
#[derive(Clone, Copy, Debug)]
pub struct Records<'a> {
    /// The key's check.
    pub check_record: &'a [u8],
    /// The number of the only data key.
    pub key_id: i64,
    /// That key, wrapped.
    pub wrapped_key: &'a [u8],
}

/// Opens a vault with what the keyring gave.
pub fn open_by_keyring(kept: &str, records: Records<'_>) -> Result<(), VaultError> {
    let wrong = VaultError::KeyWrong {
        kept_by: KeptBy::Keyring,
    };
    let master = Key::from_base64(kept).ok_or(wrong)?;
    let vault = VaultRecord {
        vault_id: "vault".to_owned(),
        active_key_id: records.key_id,
        check_record: records.check_record.to_vec(),
        check_digest: digest(&[records.check_record]),
    };
    check_master(&master, KeptBy::Keyring, &vault)?;
    unwrap(&master, &vault, records)
}

/// Unwraps the data key under the key of an open vault, as if its check had passed.
pub fn open_by_vault(vault: &Vault, records: Records<'_>) -> Result<(), VaultError> {
    let record = VaultRecord {
        vault_id: "vault".to_owned(),
        active_key_id: records.key_id,
        check_record: Vec::new(),
        check_digest: Vec::new(),
    };
    unwrap(&vault.master, &record, records)
}

fn unwrap(master: &Key, vault: &VaultRecord, records: Records<'_>) -> Result<(), VaultError> {
    let key = KeyRecord {
        key_id: records.key_id,
        wrapped: records.wrapped_key.to_vec(),
        digest: digest(&[records.wrapped_key]),
    };
    unwrap_keys(master, vault, &[key]).map(drop)
}

/// Unwraps a master key with a passphrase.
pub async fn open_by_passphrase(
    passphrase: &SecretString,
    wrapped: &[u8],
    salt: &[u8],
    cost: PassphraseCost,
) -> Result<(), VaultError> {
    let record = PassphraseRecord {
        wrapped: wrapped.to_vec(),
        salt: salt.to_vec(),
        cost,
        digest: passphrase_digest(wrapped, salt, cost),
    };
    unwrap_master("vault", &record, passphrase).await.map(drop)
}
