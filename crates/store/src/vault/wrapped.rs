//! Keys wrapped by keys, and the check that tells a wrong key from broken data.
//!
//! Each record carries a plain digest of itself. A record that fits its digest and still does not open tells of a
//! wrong key; one that does not fit is broken.

use std::collections::BTreeMap;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::vault::KeptBy;
use crate::vault::error::VaultError;
use crate::vault::key::{Key, KeyRing};
use crate::vault::passphrase::{PassphraseCost, SALT_BYTES, derive};
use crate::vault::records::{KeyRecord, PassphraseRecord, VaultRecord};
use crate::vault::sealed::{self, Place, SealedFault};

const CHECK_TEXT: &[u8] = b"latchwork vault";
/// The master key's and the passphrase key's id in what they seal. Data keys count from 1.
const WRAPPING: u32 = 0;

/// The record of a new vault, with its check.
pub(crate) fn make_check(
    vault_id: String,
    master: &Key,
    active: u32,
) -> Result<VaultRecord, VaultError> {
    let check_record = sealed::seal(master, WRAPPING, check_place(&[&vault_id]), CHECK_TEXT)?;
    let check_digest = digest(&[&check_record]);
    Ok(VaultRecord {
        vault_id,
        active_key_id: i64::from(active),
        check_record,
        check_digest,
    })
}

/// Whether this is the vault's master key.
pub(crate) fn check_master(
    master: &Key,
    kept_by: KeptBy,
    vault: &VaultRecord,
) -> Result<(), VaultError> {
    if digest(&[&vault.check_record]) != vault.check_digest {
        return Err(VaultError::Broken {
            what: "its key check",
        });
    }
    match sealed::open(master, check_place(&[&vault.vault_id]), &vault.check_record) {
        Ok(text) if text.as_slice() == CHECK_TEXT => Ok(()),
        _ => Err(VaultError::KeyWrong { kept_by }),
    }
}

/// The data keys. One that is broken and not active is left out: only rows under it are lost.
pub(crate) fn unwrap_keys(
    master: &Key,
    vault: &VaultRecord,
    records: &[KeyRecord],
) -> Result<KeyRing, VaultError> {
    let mut keys = BTreeMap::new();
    for record in records {
        let Ok(key_id) = u32::try_from(record.key_id) else {
            continue;
        };
        match unwrap_data_key(&vault.vault_id, master, key_id, record) {
            Ok(key) => drop(keys.insert(key_id, key)),
            Err(SealedFault::Broken | SealedFault::UnknownKey) => {
                tracing::warn!(key_id, "a data key of the vault cannot be read");
            }
        }
    }
    let active = u32::try_from(vault.active_key_id)
        .ok()
        .filter(|active| keys.contains_key(active));
    active
        .map(|active| KeyRing::new(active, keys))
        .ok_or(VaultError::Broken {
            what: "the active data key",
        })
}

pub(crate) fn wrap_data_key(
    vault_id: &str,
    master: &Key,
    key_id: u32,
    key: &Key,
) -> Result<KeyRecord, VaultError> {
    let id = key_id.to_string();
    let wrapped = sealed::seal(
        master,
        WRAPPING,
        Place {
            table: "vault_keys",
            row: &[vault_id, &id],
            column: "wrapped",
        },
        key.bytes(),
    )?;
    Ok(KeyRecord {
        key_id: i64::from(key_id),
        digest: digest(&[&wrapped]),
        wrapped,
    })
}

fn unwrap_data_key(
    vault_id: &str,
    master: &Key,
    key_id: u32,
    record: &KeyRecord,
) -> Result<Key, SealedFault> {
    if digest(&[&record.wrapped]) != record.digest {
        return Err(SealedFault::Broken);
    }
    let id = key_id.to_string();
    let place = Place {
        table: "vault_keys",
        row: &[vault_id, &id],
        column: "wrapped",
    };
    let bytes = sealed::open(master, place, &record.wrapped)?;
    Key::from_bytes(&bytes).ok_or(SealedFault::Broken)
}

pub(crate) async fn wrap_master(
    vault_id: &str,
    master: &Key,
    passphrase: &SecretString,
    cost: PassphraseCost,
) -> Result<PassphraseRecord, VaultError> {
    let mut salt = vec![0; SALT_BYTES];
    getrandom::fill(&mut salt).map_err(VaultError::Random)?;
    let key = derive(passphrase, salt.clone(), cost).await?;
    let wrapped = sealed::seal(&key, WRAPPING, master_place(&[vault_id]), master.bytes())?;
    let digest = passphrase_digest(&wrapped, &salt, cost);
    Ok(PassphraseRecord {
        wrapped,
        salt,
        cost,
        digest,
    })
}

pub(crate) async fn unwrap_master(
    vault_id: &str,
    record: &PassphraseRecord,
    passphrase: &SecretString,
) -> Result<Key, VaultError> {
    if passphrase_digest(&record.wrapped, &record.salt, record.cost) != record.digest {
        return Err(VaultError::Broken {
            what: "the passphrase's record",
        });
    }
    let key = derive(passphrase, record.salt.clone(), record.cost).await?;
    let wrong = VaultError::KeyWrong {
        kept_by: KeptBy::Passphrase,
    };
    let Ok(bytes) = sealed::open(&key, master_place(&[vault_id]), &record.wrapped) else {
        return Err(wrong);
    };
    Key::from_bytes(&bytes).ok_or(wrong)
}

fn check_place<'a>(row: &'a [&'a str]) -> Place<'a> {
    Place {
        table: "vault",
        row,
        column: "check_record",
    }
}

fn master_place<'a>(row: &'a [&'a str]) -> Place<'a> {
    Place {
        table: "vault_keepers",
        row,
        column: "wrapped",
    }
}

pub(super) fn passphrase_digest(wrapped: &[u8], salt: &[u8], cost: PassphraseCost) -> Vec<u8> {
    let numbers = [cost.memory_kib, cost.iterations, cost.lanes]
        .map(u32::to_le_bytes)
        .concat();
    digest(&[wrapped, salt, &numbers])
}

/// Tells a damaged record from a wrong key; it keeps nobody from changing one.
pub(super) fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
