//! The vault: what is secret in the database is sealed with it.
//!
//! A random master key wraps the data keys, and a data key seals the rows. The master key is in the system's
//! keyring, or in the database wrapped by a key derived from a passphrase, or both; or, for a session only, it
//! is in memory and nothing sealed is ever written. A keyring that is locked, missing or slow never leads to a
//! new key while sealed rows exist.
//!
//! Not here: asking the person anything. Each outcome is a [`VaultError`] with words for them.

mod error;
#[cfg(feature = "fuzzing")]
pub mod fuzzing;
mod held;
mod key;
mod keyring;
mod open;
mod opened;
mod passphrase;
mod records;
mod rotation;
mod sealed;
mod session;
mod system_keyring;
mod wrapped;

use std::sync::RwLock;

use sqlx::SqliteConnection;
use zeroize::Zeroizing;

use crate::error::StoreError;
use crate::store::Store;

pub use error::VaultError;
pub use keyring::{KeeperError, KeyKeeper, Keyring};
pub use open::KeySource;
pub use passphrase::PassphraseCost;
pub use rotation::Rotation;
pub use sealed::Place;

pub(crate) use held::{Held, Holding};
use key::{Key, KeyRing};
pub(crate) use opened::OpenedOutputs;
pub(crate) use records::ActiveKey;
use sealed::SealedFault;
pub(crate) use session::{SessionRows, SessionSecret};

/// Who keeps the master key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeptBy {
    /// The system's keyring.
    Keyring,
    /// A person's memory, or a file of theirs.
    Passphrase,
    /// Nobody: it ends with the process.
    Session,
}

impl KeptBy {
    /// As the database and the wire write it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Keyring => "keyring",
            Self::Passphrase => "passphrase",
            Self::Session => "session",
        }
    }
}

/// An open vault. It holds keys: no `Debug`, no `Clone`; share it in an `Arc`, and drop it to lock it.
///
/// ```compile_fail,E0277
/// fn shown<T: std::fmt::Debug>() {}
/// shown::<latchwork_store::Vault>();
/// ```
/// ```compile_fail,E0277
/// fn cloned<T: Clone>() {}
/// cloned::<latchwork_store::Vault>();
/// ```
/// ```
/// fn shared<T: Send + Sync>() {}
/// shared::<latchwork_store::Vault>();
/// ```
pub struct Vault {
    kept_by: KeptBy,
    id: String,
    master: Key,
    ring: RwLock<KeyRing>,
    opened: OpenedOutputs,
    held: Holding,
    session: SessionRows,
}

impl Vault {
    /// Who keeps its master key.
    pub fn kept_by(&self) -> KeptBy {
        self.kept_by
    }

    /// Whether it ends with the process: then nothing sealed with it is written to the database.
    pub fn is_session_only(&self) -> bool {
        self.kept_by == KeptBy::Session
    }

    /// Seals bytes for one place. Opened anywhere else, they do not open.
    pub fn seal(&self, place: Place<'_>, plain: &[u8]) -> Result<Vec<u8>, VaultError> {
        let ring = self
            .ring
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let (key_id, key) = ring.active()?;
        sealed::seal(key, key_id, place, plain)
    }

    /// Opens what was sealed for this place.
    pub fn open_sealed(
        &self,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, VaultError> {
        self.try_open(place, sealed)
            .map_err(|_| VaultError::row(place))
    }

    fn try_open(&self, place: Place<'_>, sealed: &[u8]) -> Result<Zeroizing<Vec<u8>>, SealedFault> {
        let ring = self
            .ring
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let key_id = sealed::key_id(sealed)?;
        let key = ring.get(key_id).ok_or(SealedFault::UnknownKey)?;
        sealed::open(key, place, sealed)
    }

    /// Opens a stored row; a key that another process has put in meanwhile is fetched first.
    pub(crate) async fn open_row(
        &self,
        store: &Store,
        place: Place<'_>,
        sealed: &[u8],
    ) -> Result<Zeroizing<Vec<u8>>, StoreError> {
        match self.try_open(place, sealed) {
            Ok(plain) => return Ok(plain),
            Err(SealedFault::Broken) => return Err(VaultError::row(place).into()),
            Err(SealedFault::UnknownKey) => {}
        }
        let mut connection = store
            .readers()
            .acquire()
            .await
            .map_err(|error| store.fault(error))?;
        self.fetch_keys(store, &mut connection).await?;
        Ok(self.open_sealed(place, sealed)?)
    }

    /// Seals a row inside the transaction that stores it, with the key that is active there: a rotation by another
    /// process can thus never be overtaken by a row under the old key. Also gives the key's id.
    pub(crate) async fn seal_row(
        &self,
        store: &Store,
        connection: &mut SqliteConnection,
        place: Place<'_>,
        plain: &[u8],
    ) -> Result<(Vec<u8>, i64), StoreError> {
        let active = records::active_key(&mut *connection)
            .await
            .map_err(|error| store.fault(error))?;
        self.seal_row_with(active, store, connection, place, plain)
            .await
    }

    /// The same, with the key that was found to be active in this transaction.
    pub(crate) async fn seal_row_with(
        &self,
        active: Option<ActiveKey>,
        store: &Store,
        connection: &mut SqliteConnection,
        place: Place<'_>,
        plain: &[u8],
    ) -> Result<(Vec<u8>, i64), StoreError> {
        match active {
            Some(active) if active.vault_id == self.id => {
                if active.key_id != self.active_key_id() {
                    self.fetch_keys(store, connection).await?;
                }
            }
            _ => return Err(VaultError::Replaced.into()),
        }
        let sealed = self.seal(place, plain)?;
        Ok((sealed, self.active_key_id()))
    }

    fn active_key_id(&self) -> i64 {
        let ring = self
            .ring
            .read()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        i64::from(ring.active_id)
    }

    async fn fetch_keys(
        &self,
        store: &Store,
        connection: &mut SqliteConnection,
    ) -> Result<(), StoreError> {
        let records = records::load(connection)
            .await
            .map_err(|error| store.fault(error))?;
        match records.vault {
            Some(vault) if vault.vault_id == self.id => {
                let fresh = wrapped::unwrap_keys(&self.master, &vault, &records.keys)?;
                *self
                    .ring
                    .write()
                    .unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
                Ok(())
            }
            _ => Err(VaultError::Replaced.into()),
        }
    }

    pub(crate) fn opened(&self) -> &OpenedOutputs {
        &self.opened
    }

    pub(crate) fn held(&self) -> &Holding {
        &self.held
    }

    pub(crate) fn session(&self) -> &SessionRows {
        &self.session
    }
}

#[cfg(test)]
mod tests;
