//! Private keys out of text, bytes or PEM: PKCS#8, PKCS#1, and SEC 1 for elliptic curves.

use minijinja::{Error, Value};
use ring::signature::{
    ECDSA_P256_SHA256_FIXED_SIGNING, ECDSA_P384_SHA384_FIXED_SIGNING, EcdsaKeyPair,
    EcdsaSigningAlgorithm, Ed25519KeyPair, RsaKeyPair,
};

use super::arguments::{bytes, failed};
use super::encoding::{from_base64, unhex};

/// An elliptic curve.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Curve {
    P256,
    P384,
}

impl Curve {
    fn algorithm(self) -> &'static EcdsaSigningAlgorithm {
        match self {
            Self::P256 => &ECDSA_P256_SHA256_FIXED_SIGNING,
            Self::P384 => &ECDSA_P384_SHA384_FIXED_SIGNING,
        }
    }

    /// Its object identifier in DER.
    pub(super) fn identifier(self) -> &'static [u8] {
        match self {
            Self::P256 => &[0x06, 0x08, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07],
            Self::P384 => &[0x06, 0x05, 0x2b, 0x81, 0x04, 0x00, 0x22],
        }
    }
}

/// A block of PEM: what it says it is, and what is in it.
pub(super) struct Block {
    pub(super) label: String,
    pub(super) der: Vec<u8>,
}

/// The first block of PEM in a value that is a key or a certificate; none where the value is no PEM.
pub(super) fn pem_block(filter: &str, value: &[u8]) -> Result<Option<Block>, Error> {
    let Ok(text) = std::str::from_utf8(value) else {
        return Ok(None);
    };
    if !text.contains("-----BEGIN ") {
        return Ok(None);
    }
    // Keys that were put into JSON or a variable often have their line breaks written out.
    let text = text.replace("\\r", "").replace("\\n", "\n");
    let blocks = pem::parse_many(text.as_bytes())
        .map_err(|_| failed(format!("`{filter}`: the PEM text is broken")))?;
    // OpenSSL puts the curve's parameters before an elliptic key.
    let block = blocks
        .into_iter()
        .find(|block| block.tag() != "EC PARAMETERS");
    let block =
        block.ok_or_else(|| failed(format!("`{filter}`: there is no key in the PEM text")))?;
    if block.tag().contains("ENCRYPTED") || block.headers().get("DEK-Info").is_some() {
        return Err(failed(format!(
            "`{filter}`: the key is encrypted; give it without a passphrase"
        )));
    }
    Ok(Some(Block {
        label: block.tag().to_owned(),
        der: block.into_contents(),
    }))
}

fn wrong(filter: &str, kind: &str) -> Error {
    failed(format!(
        "`{filter}`: this is no {kind} private key in PEM (PKCS#8 or PKCS#1) or DER"
    ))
}

/// The DER of a key, from PEM, bytes, or their base64.
fn block(filter: &str, key: &Value) -> Result<Block, Error> {
    let key = bytes(key)?;
    if let Some(block) = pem_block(filter, &key)? {
        return Ok(block);
    }
    let decoded = std::str::from_utf8(&key)
        .ok()
        .and_then(from_base64)
        .filter(|der| der.first() == Some(&0x30));
    Ok(Block {
        label: String::new(),
        der: decoded.unwrap_or_else(|| key.into_owned()),
    })
}

pub(super) fn rsa(filter: &str, key: &Value) -> Result<RsaKeyPair, Error> {
    rsa_from(&block(filter, key)?.der).map_err(|reason| match reason {
        "TooSmall" => failed(format!(
            "`{filter}`: the RSA key is shorter than 2048 bits, which is not supported"
        )),
        _ => wrong(filter, "RSA"),
    })
}

pub(super) fn rsa_from(der: &[u8]) -> Result<RsaKeyPair, &'static str> {
    RsaKeyPair::from_pkcs8(der).or_else(|first| {
        RsaKeyPair::from_der(der).map_err(|second| {
            let reasons = [first.to_string(), second.to_string()];
            if reasons.iter().any(|reason| reason == "TooSmall") {
                "TooSmall"
            } else {
                "Invalid"
            }
        })
    })
}

pub(super) fn ecdsa(filter: &str, key: &Value, curve: Curve) -> Result<EcdsaKeyPair, Error> {
    let block = block(filter, key)?;
    ecdsa_from(&block.label, &block.der, curve).ok_or_else(|| wrong(filter, "elliptic curve"))
}

pub(super) fn ecdsa_from(label: &str, der: &[u8], curve: Curve) -> Option<EcdsaKeyPair> {
    let random = ring::rand::SystemRandom::new();
    let plain = if label == "EC PRIVATE KEY" {
        pkcs8_of_sec1(der, curve)
    } else {
        der.to_vec()
    };
    EcdsaKeyPair::from_pkcs8(curve.algorithm(), &plain, &random).ok()
}

/// A key of RFC 5915 in the envelope of RFC 5208.
fn pkcs8_of_sec1(sec1: &[u8], curve: Curve) -> Vec<u8> {
    const EC_PUBLIC_KEY: &[u8] = &[0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01];
    let algorithm = der(0x30, &[EC_PUBLIC_KEY, curve.identifier()].concat());
    der(
        0x30,
        &[
            &[0x02, 0x01, 0x00],
            algorithm.as_slice(),
            &der(0x04, &without_parameters(sec1)),
        ]
        .concat(),
    )
}

/// An RFC 5915 key without its parameters, which ring does not take: the envelope names the curve.
fn without_parameters(sec1: &[u8]) -> Vec<u8> {
    let Some((0x30, body, [])) = next(sec1) else {
        return sec1.to_vec();
    };
    let mut kept = Vec::new();
    let mut rest = body;
    while let Some((tag, content, after)) = next(rest) {
        if tag != 0xa0 {
            kept.extend_from_slice(&der(tag, content));
        }
        rest = after;
    }
    der(0x30, &kept)
}

/// The next element of DER: its tag, what is in it, and what follows.
fn next(data: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = data.split_first()?;
    let (length, rest) = rest.split_first()?;
    let (length, rest) = if *length < 0x80 {
        (usize::from(*length), rest)
    } else {
        let (bytes, rest) = rest
            .split_at_checked(usize::from(length & 0x7f))
            .filter(|(bytes, _)| bytes.len() <= 4)?;
        (
            bytes
                .iter()
                .fold(0, |length, byte| length << 8 | usize::from(*byte)),
            rest,
        )
    };
    let (content, after) = rest.split_at_checked(length)?;
    Some((*tag, content, after))
}

/// An element of DER.
pub(super) fn der(tag: u8, content: &[u8]) -> Vec<u8> {
    let mut element = vec![tag];
    if let Ok(short @ 0..0x80) = u8::try_from(content.len()) {
        element.push(short);
    } else {
        let bytes = content.len().to_be_bytes();
        let bytes = &bytes[bytes.iter().take_while(|byte| **byte == 0).count()..];
        element.push(0x80 | u8::try_from(bytes.len()).unwrap_or(8));
        element.extend_from_slice(bytes);
    }
    element.extend_from_slice(content);
    element
}

/// An Ed25519 key: PKCS#8, or its 32 bytes (64 with the public key behind them), also in hex or base64.
pub(super) fn ed25519(filter: &str, key: &Value) -> Result<Ed25519KeyPair, Error> {
    let raw = bytes(key)?;
    if let Some(block) = pem_block(filter, &raw)? {
        return ed25519_from(&block.der).ok_or_else(|| wrong(filter, "Ed25519"));
    }
    let text = std::str::from_utf8(&raw).ok().map(str::trim);
    let spelled = [text.and_then(unhex), text.and_then(from_base64)]
        .into_iter()
        .flatten();
    std::iter::once(raw.to_vec())
        .chain(spelled)
        .find_map(|key| match key.len() {
            32 => Ed25519KeyPair::from_seed_unchecked(&key).ok(),
            64 => Ed25519KeyPair::from_seed_and_public_key(&key[..32], &key[32..]).ok(),
            _ => ed25519_from(&key),
        })
        .ok_or_else(|| failed(format!("`{filter}`: this is no Ed25519 key in PEM, or 32 bytes of one, also in hex or base64")))
}

pub(super) fn ed25519_from(der: &[u8]) -> Option<Ed25519KeyPair> {
    Ed25519KeyPair::from_pkcs8_maybe_unchecked(der).ok()
}
