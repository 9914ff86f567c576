//! `hash` and `hmac`.

use std::borrow::Cow;

use md5::{Digest as _, Md5};
use minijinja::value::Kwargs;
use minijinja::{Error, Value};

use super::arguments::{bytes, failed, text};
use super::encoding::Encoding;

/// A digest algorithm. MD5 and SHA-1 are broken for signatures and still asked for by APIs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    Md5,
    Sha1,
    Sha256,
    Sha384,
    Sha512,
}

impl Algorithm {
    /// By name, in any of the spellings `SHA-256`, `sha256`, `sha_256`.
    pub(super) fn named(name: &str) -> Option<Self> {
        Some(match plain(name).as_str() {
            "md5" => Self::Md5,
            "sha1" => Self::Sha1,
            "sha256" => Self::Sha256,
            "sha384" => Self::Sha384,
            "sha512" => Self::Sha512,
            _ => return None,
        })
    }

    pub(super) fn digest(self, data: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Md5 => return Md5::digest(data).to_vec(),
            Self::Sha1 => &ring::digest::SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => &ring::digest::SHA256,
            Self::Sha384 => &ring::digest::SHA384,
            Self::Sha512 => &ring::digest::SHA512,
        };
        ring::digest::digest(algorithm, data).as_ref().to_vec()
    }

    /// RFC 2104.
    pub(super) fn hmac(self, key: &[u8], data: &[u8]) -> Vec<u8> {
        let algorithm = match self {
            Self::Md5 => return hmac_md5(key, data),
            Self::Sha1 => ring::hmac::HMAC_SHA1_FOR_LEGACY_USE_ONLY,
            Self::Sha256 => ring::hmac::HMAC_SHA256,
            Self::Sha384 => ring::hmac::HMAC_SHA384,
            Self::Sha512 => ring::hmac::HMAC_SHA512,
        };
        ring::hmac::sign(&ring::hmac::Key::new(algorithm, key), data)
            .as_ref()
            .to_vec()
    }
}

/// An algorithm's name without case, hyphens and underscores.
pub(super) fn plain(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|character| character.to_ascii_lowercase())
        .collect()
}

fn hmac_md5(key: &[u8], data: &[u8]) -> Vec<u8> {
    const BLOCK: usize = 64;
    let key = if key.len() > BLOCK {
        Cow::Owned(Md5::digest(key).to_vec())
    } else {
        Cow::Borrowed(key)
    };
    let padded = |with: u8| -> Vec<u8> {
        let key = key.iter().copied().chain(std::iter::repeat(0)).take(BLOCK);
        key.map(|byte| byte ^ with).collect()
    };
    let inner = Md5::digest([padded(0x36).as_slice(), data].concat());
    Md5::digest([padded(0x5c).as_slice(), &inner].concat()).to_vec()
}

fn algorithm(filter: &str, name: &Value) -> Result<Algorithm, Error> {
    Algorithm::named(&text(name)?).ok_or_else(|| {
        failed(format!(
            "`{filter}`: the algorithm is `sha256`, `sha1`, `sha512`, `sha384` or `md5`"
        ))
    })
}

pub(super) fn hash(input: &Value, name: &Value, options: Kwargs) -> Result<Value, Error> {
    let encoding = Encoding::from_options("hash", &options)?;
    Ok(encoding.write(algorithm("hash", name)?.digest(&bytes(input)?)))
}

pub(super) fn hmac(
    input: &Value,
    name: &Value,
    key: &Value,
    options: Kwargs,
) -> Result<Value, Error> {
    let encoding = Encoding::from_options("hmac", &options)?;
    Ok(encoding.write(algorithm("hmac", name)?.hmac(&bytes(key)?, &bytes(input)?)))
}
