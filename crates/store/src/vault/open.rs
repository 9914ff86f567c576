//! Opening a vault, and making one where nothing would be lost by it.
//!
//! Each record carries a plain digest of itself. A record that fits its digest and still does not open tells of a
//! wrong key; one that does not fit is broken. A new key is stored with its keeper before the database hears of
//! it, so being killed in between leaves a key that nobody asks for, never data without a key.

use std::collections::BTreeMap;

use secrecy::SecretString;
use sha2::{Digest, Sha256};

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::vault::error::VaultError;
use crate::vault::key::{Key, KeyRing};
use crate::vault::keyring::Keyring;
use crate::vault::passphrase::{PassphraseCost, SALT_BYTES, derive};
use crate::vault::records::{self, KeyRecord, PassphraseRecord, Records, VaultRecord};
use crate::vault::sealed::{self, Place, SealedFault};
use crate::vault::{KeptBy, OpenedOutputs, SessionRows, Vault};

/// Where the master key comes from.
pub enum KeySource {
    /// The system's keyring.
    Keyring(Keyring),
    /// A passphrase. The keyring is not asked at all.
    Passphrase(SecretString),
    /// A passphrase, at another cost if it has to make the vault.
    PassphraseAtCost(SecretString, PassphraseCost),
    /// Memory: everything sealed ends with the process.
    Session,
}

const CHECK_TEXT: &[u8] = b"latchwork vault";
/// The master key's and the passphrase key's id in what they seal. Data keys count from 1.
const WRAPPING: u32 = 0;
const FIRST_DATA_KEY: u32 = 1;

impl Vault {
    /// Opens the vault of this data folder, or makes one where nothing is sealed yet.
    ///
    /// A keyring that is locked, missing, slow or empty never leads to a new key while sealed rows exist.
    pub async fn open(store: &Store, source: KeySource) -> Result<Self, StoreError> {
        // Another process may make or replace the vault between our look and our change; then look again.
        for _ in 0..3 {
            let records = look(store).await?;
            let opened = match &source {
                KeySource::Session => return Ok(Self::session_only()?),
                KeySource::Keyring(keyring) => open_by_keyring(store, records, keyring).await?,
                KeySource::Passphrase(passphrase) => {
                    open_by_passphrase(store, records, passphrase, PassphraseCost::DEFAULT).await?
                }
                KeySource::PassphraseAtCost(passphrase, cost) => {
                    open_by_passphrase(store, records, passphrase, *cost).await?
                }
            };
            if let Some(vault) = opened {
                return Ok(vault);
            }
        }
        Err(VaultError::Replaced.into())
    }

    /// A vault that ends with the process. It needs no store and writes nothing.
    pub fn session_only() -> Result<Self, VaultError> {
        let keys = BTreeMap::from([(FIRST_DATA_KEY, Key::random()?)]);
        Ok(Self {
            kept_by: KeptBy::Session,
            id: String::new(),
            master: Key::random()?,
            ring: KeyRing::new(FIRST_DATA_KEY, keys).into(),
            opened: OpenedOutputs::default(),
            session: SessionRows::default(),
        })
    }

    /// Lets a passphrase open this vault too, or changes the one that does.
    pub async fn set_passphrase(
        &self,
        store: &Store,
        passphrase: &SecretString,
    ) -> Result<(), StoreError> {
        self.must_be_kept()?;
        let record =
            wrap_master(&self.id, &self.master, passphrase, PassphraseCost::DEFAULT).await?;
        let mut write = store.begin(Durability::Full).await?;
        self.must_be_current(store, &mut write).await?;
        records::insert_passphrase(&mut write, &record, store.now())
            .await
            .map_err(|error| store.fault(error))?;
        store.commit(write).await
    }

    /// Lets the keyring open this vault too.
    pub async fn keep_in_keyring(
        &self,
        store: &Store,
        keyring: &Keyring,
    ) -> Result<(), StoreError> {
        self.must_be_kept()?;
        keyring.set(&self.id, self.master.to_base64()).await?;
        let mut write = store.begin(Durability::Full).await?;
        self.must_be_current(store, &mut write).await?;
        records::insert_keyring(&mut write, store.now())
            .await
            .map_err(|error| store.fault(error))?;
        store.commit(write).await
    }

    /// Gives up everything sealed, so that a new vault can be made: the way out where the key is gone. Only on a
    /// person's word. Keys in a keyring stay there, for the backups that they open.
    pub async fn give_up(store: &Store) -> Result<(), StoreError> {
        let fault = |error| store.fault(error);
        let mut write = store.begin(Durability::Full).await?;
        sqlx::query!("DELETE FROM secret_variables")
            .execute(&mut *write)
            .await
            .map_err(fault)?;
        crate::table::forget_all_outputs(store, &mut write).await?;
        records::remove(&mut write).await.map_err(fault)?;
        store.commit(write).await
    }

    pub(crate) fn must_be_kept(&self) -> Result<(), VaultError> {
        if self.is_session_only() {
            Err(VaultError::SessionOnly)
        } else {
            Ok(())
        }
    }

    pub(crate) async fn must_be_current(
        &self,
        store: &Store,
        connection: &mut sqlx::SqliteConnection,
    ) -> Result<i64, StoreError> {
        match records::active_key(connection)
            .await
            .map_err(|error| store.fault(error))?
        {
            Some((vault_id, active)) if vault_id == self.id => Ok(active),
            _ => Err(VaultError::Replaced.into()),
        }
    }
}

async fn look(store: &Store) -> Result<Records, StoreError> {
    let fault = |error| store.fault(error);
    let mut snapshot = store.readers().begin().await.map_err(fault)?;
    let records = records::load(&mut snapshot).await.map_err(fault)?;
    snapshot.rollback().await.map_err(fault)?;
    Ok(records)
}

async fn open_by_keyring(
    store: &Store,
    records: Records,
    keyring: &Keyring,
) -> Result<Option<Vault>, StoreError> {
    let Some(vault) = records.vault else {
        if records.has_sealed_rows {
            return Err(VaultError::KeyGone.into());
        }
        return make_by_keyring(store, None, keyring).await;
    };
    if !records.in_keyring {
        return Err(VaultError::PassphraseNeeded.into());
    }
    let Some(kept) = keyring.get(&vault.vault_id).await? else {
        if records.has_sealed_rows || records.passphrase.is_some() {
            return Err(VaultError::KeyGone.into());
        }
        return make_by_keyring(store, Some(&vault), keyring).await;
    };
    let master = Key::from_base64(&kept).ok_or(VaultError::KeyWrong {
        kept_by: KeptBy::Keyring,
    })?;
    Ok(Some(open_with(
        master,
        KeptBy::Keyring,
        &vault,
        &records.keys,
    )?))
}

async fn open_by_passphrase(
    store: &Store,
    records: Records,
    passphrase: &SecretString,
    cost: PassphraseCost,
) -> Result<Option<Vault>, StoreError> {
    match (&records.vault, &records.passphrase) {
        (Some(vault), Some(record)) => {
            let master = unwrap_master(&vault.vault_id, record, passphrase).await?;
            Ok(Some(open_with(
                master,
                KeptBy::Passphrase,
                vault,
                &records.keys,
            )?))
        }
        (None, _) if records.has_sealed_rows => Err(VaultError::KeyGone.into()),
        (Some(_), None) if records.has_sealed_rows => Err(VaultError::PassphraseNotSet.into()),
        (replaced, _) => {
            let (vault_id, master) = new_master()?;
            let record = wrap_master(&vault_id, &master, passphrase, cost).await?;
            let made = Made {
                vault_id,
                master,
                kept_by: KeptBy::Passphrase,
                passphrase: Some(record),
            };
            make(store, replaced.as_ref(), made).await
        }
    }
}

async fn make_by_keyring(
    store: &Store,
    replaced: Option<&VaultRecord>,
    keyring: &Keyring,
) -> Result<Option<Vault>, StoreError> {
    let (vault_id, master) = new_master()?;
    keyring.set(&vault_id, master.to_base64()).await?;
    // A keyring that forgets at once would cost everything at the next start.
    let kept = keyring.get(&vault_id).await?;
    if kept.as_deref() != Some(&*master.to_base64()) {
        let cause = "it did not give back the key that was stored a moment ago";
        return Err(VaultError::from(crate::vault::KeeperError::Failed(cause.into())).into());
    }
    let made = Made {
        vault_id: vault_id.clone(),
        master,
        kept_by: KeptBy::Keyring,
        passphrase: None,
    };
    let vault = make(store, replaced, made).await?;
    if vault.is_none() {
        keyring.remove(&vault_id).await?;
    }
    Ok(vault)
}

/// A vault that is not in the database yet.
struct Made {
    vault_id: String,
    master: Key,
    kept_by: KeptBy,
    passphrase: Option<PassphraseRecord>,
}

fn new_master() -> Result<(String, Key), VaultError> {
    let mut id = [0; 16];
    getrandom::fill(&mut id).map_err(VaultError::Random)?;
    Ok((format!("{:032x}", u128::from_le_bytes(id)), Key::random()?))
}

/// Stores a new vault in place of one that sealed nothing. Nothing, if that is no longer so.
async fn make(
    store: &Store,
    replaced: Option<&VaultRecord>,
    made: Made,
) -> Result<Option<Vault>, StoreError> {
    let fault = |error| store.fault(error);
    let data_key = Key::random()?;
    let key_record = wrap_data_key(&made.vault_id, &made.master, FIRST_DATA_KEY, &data_key)?;
    let vault_record = VaultRecord {
        active_key_id: i64::from(FIRST_DATA_KEY),
        check_record: sealed::seal(
            &made.master,
            WRAPPING,
            check_place(&[&made.vault_id]),
            CHECK_TEXT,
        )?,
        check_digest: Vec::new(),
        vault_id: made.vault_id,
    };
    let vault_record = VaultRecord {
        check_digest: digest(&[&vault_record.check_record]),
        ..vault_record
    };

    let mut write = store.begin(Durability::Full).await?;
    let there = records::active_key(&mut write)
        .await
        .map_err(fault)?
        .map(|(vault_id, _)| vault_id);
    let as_seen = there.as_deref() == replaced.map(|vault| vault.vault_id.as_str());
    if !as_seen || records::has_sealed_rows(&mut write).await.map_err(fault)? {
        return Ok(None);
    }
    records::remove(&mut write).await.map_err(fault)?;
    records::insert_vault(&mut write, &vault_record, store.now())
        .await
        .map_err(fault)?;
    records::insert_key(&mut write, &key_record, store.now())
        .await
        .map_err(fault)?;
    match &made.passphrase {
        Some(record) => records::insert_passphrase(&mut write, record, store.now())
            .await
            .map_err(fault)?,
        None => records::insert_keyring(&mut write, store.now())
            .await
            .map_err(fault)?,
    }
    store.commit(write).await?;
    // So that the file alone, without its log, knows which key it needs.
    sqlx::query("PRAGMA wal_checkpoint(PASSIVE)")
        .execute(store.writer())
        .await
        .map_err(fault)?;

    let keys = BTreeMap::from([(FIRST_DATA_KEY, data_key)]);
    Ok(Some(Vault {
        kept_by: made.kept_by,
        id: vault_record.vault_id,
        master: made.master,
        ring: KeyRing::new(FIRST_DATA_KEY, keys).into(),
        opened: OpenedOutputs::default(),
        session: SessionRows::default(),
    }))
}

fn open_with(
    master: Key,
    kept_by: KeptBy,
    vault: &VaultRecord,
    keys: &[KeyRecord],
) -> Result<Vault, VaultError> {
    if digest(&[&vault.check_record]) != vault.check_digest {
        return Err(VaultError::Broken {
            what: "its key check",
        });
    }
    match sealed::open(
        &master,
        check_place(&[&vault.vault_id]),
        &vault.check_record,
    ) {
        Ok(text) if text.as_slice() == CHECK_TEXT => {}
        _ => return Err(VaultError::KeyWrong { kept_by }),
    }
    let ring = unwrap_keys(&master, vault, keys)?;
    Ok(Vault {
        kept_by,
        id: vault.vault_id.clone(),
        master,
        ring: ring.into(),
        opened: OpenedOutputs::default(),
        session: SessionRows::default(),
    })
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

async fn wrap_master(
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

async fn unwrap_master(
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

fn passphrase_digest(wrapped: &[u8], salt: &[u8], cost: PassphraseCost) -> Vec<u8> {
    let numbers = [cost.memory_kib, cost.iterations, cost.lanes]
        .map(u32::to_le_bytes)
        .concat();
    digest(&[wrapped, salt, &numbers])
}

/// Tells a damaged record from a wrong key; it keeps nobody from changing one.
fn digest(parts: &[&[u8]]) -> Vec<u8> {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part);
    }
    hash.finalize().to_vec()
}
