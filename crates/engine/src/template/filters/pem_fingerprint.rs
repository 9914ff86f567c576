//! `pem_fingerprint`: the digest by which a certificate or a key is known.
//!
//! Of a certificate and of a public key it is the digest of what is in the PEM block; of a private key that of its
//! public key (`SubjectPublicKeyInfo` of X.509), which is what providers compare (`x5t`, Snowflake's `SHA256:…`).

use minijinja::value::Kwargs;
use minijinja::{Error, State, Value};
use ring::signature::KeyPair as _;

use super::arguments::{bytes, failed, text};
use super::digest::Algorithm;
use super::encoding::Encoding;
use super::key::{Block, Curve, der, ecdsa_from, ed25519_from, pem_block, rsa_from};

const FILTER: &str = "pem_fingerprint";

/// `certificate | pem_fingerprint("sha1", encoding="base64url")`; SHA-256 and hex where left out.
pub(super) fn pem_fingerprint(
    state: &State<'_, '_>,
    input: &Value,
    algorithm: Option<Value>,
    options: Kwargs,
) -> Result<Value, Error> {
    let encoding = Encoding::from_options(FILTER, &options)?;
    let algorithm = match algorithm {
        None => Algorithm::Sha256,
        Some(name) => Algorithm::named(&text(&name)?).ok_or_else(|| {
            failed(
                "`pem_fingerprint`: the algorithm is `sha256`, `sha1`, `sha512`, `sha384` or `md5`",
            )
        })?,
    };
    let block = pem_block(FILTER, &bytes(input)?)?
        .ok_or_else(|| failed("`pem_fingerprint`: this is no PEM text (`-----BEGIN …`)"))?;
    let data = if block.label.ends_with("PRIVATE KEY") {
        state.consume_fuel(5_000)?;
        public_key(&block)
            .ok_or_else(|| failed("`pem_fingerprint`: this kind of private key is not known"))?
    } else if block.label == "RSA PUBLIC KEY" {
        rsa_public(&block.der)
    } else {
        block.der
    };
    Ok(encoding.write(algorithm.digest(&data)))
}

/// The `SubjectPublicKeyInfo` of a private key (RFC 5280, section 4.1.2.7).
fn public_key(block: &Block) -> Option<Vec<u8>> {
    if let Ok(key) = rsa_from(&block.der) {
        return Some(rsa_public(key.public_key().as_ref()));
    }
    if let Some(key) = ed25519_from(&block.der) {
        return Some(info(
            &[0x06, 0x03, 0x2b, 0x65, 0x70],
            key.public_key().as_ref(),
        ));
    }
    [Curve::P256, Curve::P384].into_iter().find_map(|curve| {
        let key = ecdsa_from(&block.label, &block.der, curve)?;
        let ec_public_key = [0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
        Some(info(
            &[&ec_public_key, curve.identifier()].concat(),
            key.public_key().as_ref(),
        ))
    })
}

fn rsa_public(pkcs1: &[u8]) -> Vec<u8> {
    const RSA_ENCRYPTION: &[u8] = &[
        0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01, 0x05, 0x00,
    ];
    info(RSA_ENCRYPTION, pkcs1)
}

fn info(algorithm: &[u8], key: &[u8]) -> Vec<u8> {
    der(
        0x30,
        &[der(0x30, algorithm), der(0x03, &[&[0], key].concat())].concat(),
    )
}
