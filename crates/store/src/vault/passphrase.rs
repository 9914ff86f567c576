//! From a passphrase to a key: Argon2id, with the parameters stored beside the salt so that they can grow.

use argon2::{Algorithm, Argon2, Params, Version};
use secrecy::{ExposeSecret, SecretString};

use crate::vault::error::VaultError;
use crate::vault::key::{KEY_BYTES, Key};

pub(crate) const SALT_BYTES: usize = 16;

/// How much work it is to try one passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PassphraseCost {
    /// Memory, in KiB.
    pub memory_kib: u32,
    /// Passes over the memory.
    pub iterations: u32,
    /// Lanes.
    pub lanes: u32,
}

impl PassphraseCost {
    /// OWASP's recommendation for Argon2id: 19 MiB, two passes, one lane (RFC 9106 names more for servers that
    /// can afford it; a command line that derives at every start cannot).
    pub const DEFAULT: Self = Self {
        memory_kib: 19 * 1024,
        iterations: 2,
        lanes: 1,
    };

    /// A database that asks for more than this was not written by us, and would stop the machine.
    const MOST: Self = Self {
        memory_kib: 1024 * 1024,
        iterations: 64,
        lanes: 16,
    };

    fn is_sane(self) -> bool {
        self.memory_kib <= Self::MOST.memory_kib
            && self.iterations <= Self::MOST.iterations
            && self.lanes <= Self::MOST.lanes
    }
}

/// Derives the key. It takes a while on purpose, so it runs on a thread for blocking work.
pub(crate) async fn derive(
    passphrase: &SecretString,
    salt: Vec<u8>,
    cost: PassphraseCost,
) -> Result<Key, VaultError> {
    if passphrase.expose_secret().is_empty() {
        return Err(VaultError::PassphraseEmpty);
    }
    if !cost.is_sane() {
        return Err(VaultError::Broken {
            what: "the passphrase's parameters",
        });
    }
    let passphrase = passphrase.clone();
    let work = move || {
        let params = Params::new(
            cost.memory_kib,
            cost.iterations,
            cost.lanes,
            Some(KEY_BYTES),
        )
        .map_err(VaultError::Derivation)?;
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        Key::derive(|bytes| {
            argon.hash_password_into(passphrase.expose_secret().as_bytes(), &salt, bytes)
        })
        .map_err(VaultError::Derivation)
    };
    tokio::task::spawn_blocking(work)
        .await
        .unwrap_or(Err(VaultError::Broken {
            what: "the key derivation",
        }))
}
