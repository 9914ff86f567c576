//! Opening a vault, and making one where nothing would be lost by it.
//!
//! A new key is stored with its keeper before the database hears of it, so being killed in between leaves a key
//! that nobody asks for, never data without a key.

use std::collections::BTreeMap;

use secrecy::SecretString;

use crate::error::StoreError;
use crate::store::{Durability, Store};
use crate::vault::error::VaultError;
use crate::vault::key::{Key, KeyRing};
use crate::vault::keyring::Keyring;
use crate::vault::passphrase::PassphraseCost;
use crate::vault::records::{self, KeyRecord, PassphraseRecord, Records, VaultRecord};
use crate::vault::wrapped::{
    check_master, make_check, unwrap_keys, unwrap_master, wrap_data_key, wrap_master,
};
use crate::vault::{Holding, KeptBy, OpenedOutputs, SessionRows, Vault};

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

/// Data keys count from 1; 0 stands for what wraps them.
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
            held: Holding::default(),
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
            Some(active) if active.vault_id == self.id => Ok(active.key_id),
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
    let vault_record = make_check(made.vault_id, &made.master, FIRST_DATA_KEY)?;

    let mut write = store.begin(Durability::Full).await?;
    let there = records::active_key(&mut write)
        .await
        .map_err(fault)?
        .map(|active| active.vault_id);
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
        held: Holding::default(),
        session: SessionRows::default(),
    }))
}

fn open_with(
    master: Key,
    kept_by: KeptBy,
    vault: &VaultRecord,
    keys: &[KeyRecord],
) -> Result<Vault, VaultError> {
    check_master(&master, kept_by, vault)?;
    let ring = unwrap_keys(&master, vault, keys)?;
    Ok(Vault {
        kept_by,
        id: vault.vault_id.clone(),
        master,
        ring: ring.into(),
        opened: OpenedOutputs::default(),
        held: Holding::default(),
        session: SessionRows::default(),
    })
}
