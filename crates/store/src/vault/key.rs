//! Keys: 256 random or derived bits that are wiped when dropped. No `Debug`, no `Clone`.

use std::collections::BTreeMap;

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::KeyInit;
use zeroize::{Zeroize, ZeroizeOnDrop, Zeroizing};

use crate::vault::error::VaultError;

pub(crate) const KEY_BYTES: usize = 32;

/// One key. On the heap, so that moving it leaves no copy behind.
#[derive(Zeroize, ZeroizeOnDrop)]
pub(crate) struct Key(Box<[u8; KEY_BYTES]>);

impl Key {
    pub(crate) fn random() -> Result<Self, VaultError> {
        let mut key = Self(Box::new([0; KEY_BYTES]));
        getrandom::fill(key.0.as_mut_slice()).map_err(VaultError::Random)?;
        Ok(key)
    }

    /// Fills a new key by writing into it.
    pub(crate) fn derive<E>(fill: impl FnOnce(&mut [u8]) -> Result<(), E>) -> Result<Self, E> {
        let mut key = Self(Box::new([0; KEY_BYTES]));
        fill(key.0.as_mut_slice())?;
        Ok(key)
    }

    pub(crate) fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let mut key = Self(Box::new([0; KEY_BYTES]));
        if bytes.len() != KEY_BYTES {
            return None;
        }
        key.0.copy_from_slice(bytes);
        Some(key)
    }

    pub(crate) fn bytes(&self) -> &[u8] {
        self.0.as_slice()
    }

    pub(crate) fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new((&*self.0).into())
    }

    /// As the keyring keeps it.
    pub(crate) fn to_base64(&self) -> Zeroizing<String> {
        use base64::Engine;
        Zeroizing::new(base64::engine::general_purpose::STANDARD.encode(self.bytes()))
    }

    pub(crate) fn from_base64(text: &str) -> Option<Self> {
        use base64::Engine;
        let bytes = Zeroizing::new(
            base64::engine::general_purpose::STANDARD
                .decode(text.trim())
                .ok()?,
        );
        Self::from_bytes(&bytes)
    }
}

/// The data keys that are there, and which of them seals new rows.
pub(crate) struct KeyRing {
    pub(crate) active_id: u32,
    keys: BTreeMap<u32, Key>,
}

impl KeyRing {
    pub(crate) fn new(active_id: u32, keys: BTreeMap<u32, Key>) -> Self {
        Self { active_id, keys }
    }

    pub(crate) fn get(&self, key_id: u32) -> Option<&Key> {
        self.keys.get(&key_id)
    }

    pub(crate) fn active(&self) -> Result<(u32, &Key), VaultError> {
        self.get(self.active_id)
            .map(|key| (self.active_id, key))
            .ok_or(VaultError::Broken {
                what: "the active data key",
            })
    }
}
