//! `sign`: Ed25519, RSA, ECDSA and HMAC signatures.
//!
//! An ECDSA signature is `r` and `s` in a row, as JOSE has it. It takes randomness from the system, and differs
//! each time.

use minijinja::value::Kwargs;
use minijinja::{Error, State, Value};
use ring::rand::SystemRandom;
use ring::signature::{self, KeyPair as _, RsaEncoding};

use super::arguments::{bytes, failed, text};
use super::digest::{Algorithm, plain};
use super::encoding::Encoding;
use super::key::{self, Curve};

/// What a signature costs in fuel: it takes as long as some thousand instructions.
const FUEL: u64 = 20_000;

/// How something is signed.
#[derive(Clone, Copy)]
pub(super) enum Method {
    Hmac(Algorithm),
    Rsa(&'static dyn RsaEncoding),
    Ecdsa(Curve),
    Ed25519,
}

impl Method {
    /// By its JOSE name (RFC 7518, section 3.1; RFC 8037).
    pub(super) fn jose(name: &str) -> Option<Self> {
        Some(match name {
            "HS256" => Self::Hmac(Algorithm::Sha256),
            "HS384" => Self::Hmac(Algorithm::Sha384),
            "HS512" => Self::Hmac(Algorithm::Sha512),
            "RS256" => Self::Rsa(&signature::RSA_PKCS1_SHA256),
            "RS384" => Self::Rsa(&signature::RSA_PKCS1_SHA384),
            "RS512" => Self::Rsa(&signature::RSA_PKCS1_SHA512),
            "PS256" => Self::Rsa(&signature::RSA_PSS_SHA256),
            "PS384" => Self::Rsa(&signature::RSA_PSS_SHA384),
            "PS512" => Self::Rsa(&signature::RSA_PSS_SHA512),
            "ES256" => Self::Ecdsa(Curve::P256),
            "ES384" => Self::Ecdsa(Curve::P384),
            "EdDSA" | "Ed25519" => Self::Ed25519,
            _ => return None,
        })
    }

    /// By any of its names, in any spelling: `ed25519`, `rs256`, `hmac-sha256`, `hmac`.
    fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        match name.as_str() {
            "ed25519" | "eddsa" => Some(Self::Ed25519),
            "hmac" => Some(Self::Hmac(Algorithm::Sha256)),
            other => match other.strip_prefix("hmac") {
                Some(digest) => Algorithm::named(digest).map(Self::Hmac),
                None => Self::jose(&other.to_ascii_uppercase()),
            },
        }
    }

    pub(super) fn sign(self, filter: &str, key: &Value, message: &[u8]) -> Result<Vec<u8>, Error> {
        let random = SystemRandom::new();
        match self {
            Self::Hmac(algorithm) => Ok(algorithm.hmac(&bytes(key)?, message)),
            Self::Ed25519 => Ok(key::ed25519(filter, key)?.sign(message).as_ref().to_vec()),
            Self::Ecdsa(curve) => key::ecdsa(filter, key, curve)?
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| failed(format!("`{filter}`: signing failed"))),
            Self::Rsa(encoding) => {
                let key = key::rsa(filter, key)?;
                let mut signature = vec![0; key.public_key().modulus_len()];
                key.sign(encoding, &random, message, &mut signature)
                    .map(|()| signature)
                    .map_err(|_| {
                        failed(format!(
                            "`{filter}`: signing failed; is the key long enough?"
                        ))
                    })
            }
        }
    }
}

/// RSASSA-PKCS1-v1_5 with SHA-256, with a key as `sign` takes it; for a wrong one, what is wrong with it.
pub(crate) fn rsa_sha256(key: &str, message: &[u8]) -> Result<Vec<u8>, String> {
    Method::Rsa(&signature::RSA_PKCS1_SHA256)
        .sign("RSA-SHA256", &Value::from(key), message)
        .map_err(|error| error.detail().unwrap_or("signing failed").to_owned())
}

/// Charges for a signature.
pub(super) fn charge(state: &State<'_, '_>) -> Result<(), Error> {
    state.consume_fuel(FUEL)
}

pub(super) fn sign(
    state: &State<'_, '_>,
    input: &Value,
    name: &Value,
    key: &Value,
    options: Kwargs,
) -> Result<Value, Error> {
    let encoding = Encoding::from_options("sign", &options)?;
    let method = Method::named(&text(name)?).ok_or_else(|| {
        failed("`sign`: the algorithm is `ed25519`, `rs256`, `es256` or `hmac-sha256`, or another length of these")
    })?;
    charge(state)?;
    Ok(encoding.write(method.sign("sign", key, &bytes(input)?)?))
}
