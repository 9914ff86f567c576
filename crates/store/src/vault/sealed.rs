//! The form of a sealed value: version (1 byte), key id (4, little endian), nonce (24), XChaCha20-Poly1305.
//!
//! The associated data is version, key id, table, row and column, each with its length: a value moved to another
//! row, column or table, or relabelled with another key, does not open.

use chacha20poly1305::XNonce;
use chacha20poly1305::aead::{Aead, Payload};
use zeroize::Zeroizing;

use crate::vault::error::VaultError;
use crate::vault::key::Key;

const VERSION: u8 = 1;
const NONCE_BYTES: usize = 24;
const HEADER_BYTES: usize = 1 + 4 + NONCE_BYTES;

/// Where a sealed value belongs.
#[derive(Clone, Copy, Debug)]
pub struct Place<'a> {
    /// The table.
    pub table: &'a str,
    /// What names the row, in parts.
    pub row: &'a [&'a str],
    /// The column.
    pub column: &'a str,
}

/// Why a value does not open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SealedFault {
    /// The key it names is not here.
    UnknownKey,
    /// Changed, cut, from another place, of an unknown version, or under another key of the same id.
    Broken,
}

pub(crate) fn seal(
    key: &Key,
    key_id: u32,
    place: Place<'_>,
    plain: &[u8],
) -> Result<Vec<u8>, VaultError> {
    let mut nonce = [0; NONCE_BYTES];
    getrandom::fill(&mut nonce).map_err(VaultError::Random)?;
    let payload = Payload {
        msg: plain,
        aad: &associated_data(key_id, place),
    };
    let sealed = key
        .cipher()
        .encrypt(&XNonce::from(nonce), payload)
        .map_err(|_| VaultError::TooLarge)?;
    let mut value = Vec::with_capacity(HEADER_BYTES + sealed.len());
    value.push(VERSION);
    value.extend_from_slice(&key_id.to_le_bytes());
    value.extend_from_slice(&nonce);
    value.extend_from_slice(&sealed);
    Ok(value)
}

/// The id of the key that sealed it.
pub(crate) fn key_id(sealed: &[u8]) -> Result<u32, SealedFault> {
    match sealed {
        [VERSION, a, b, c, d, rest @ ..] if rest.len() > NONCE_BYTES => {
            Ok(u32::from_le_bytes([*a, *b, *c, *d]))
        }
        _ => Err(SealedFault::Broken),
    }
}

pub(crate) fn open(
    key: &Key,
    place: Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, SealedFault> {
    let key_id = key_id(sealed)?;
    let (header, ciphertext) = sealed
        .split_at_checked(HEADER_BYTES)
        .ok_or(SealedFault::Broken)?;
    let nonce = XNonce::try_from(&header[1 + 4..]).map_err(|_| SealedFault::Broken)?;
    let payload = Payload {
        msg: ciphertext,
        aad: &associated_data(key_id, place),
    };
    key.cipher()
        .decrypt(&nonce, payload)
        .map(Zeroizing::new)
        .map_err(|_| SealedFault::Broken)
}

fn associated_data(key_id: u32, place: Place<'_>) -> Vec<u8> {
    let mut data = vec![VERSION];
    data.extend_from_slice(&key_id.to_le_bytes());
    for part in [place.table, place.column].iter().chain(place.row) {
        data.extend_from_slice(&(part.len() as u64).to_le_bytes());
        data.extend_from_slice(part.as_bytes());
    }
    data
}

#[cfg(test)]
mod tests;
