//! `base64encode`, `base64decode`, `base64url`, `hexencode`, and the `encoding` option of digests and signatures.

use base64::Engine as _;
use base64::alphabet::{STANDARD, URL_SAFE};
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, URL_SAFE_NO_PAD};
use base64::engine::{DecodePaddingMode, general_purpose};
use minijinja::value::Kwargs;
use minijinja::{Error, Value};

use super::arguments::{bytes, failed, option, text};

const LENIENT: GeneralPurposeConfig = GeneralPurposeConfig::new()
    .with_decode_padding_mode(DecodePaddingMode::Indifferent)
    .with_decode_allow_trailing_bits(true);
const ANY_STANDARD: GeneralPurpose = GeneralPurpose::new(&STANDARD, LENIENT);
const ANY_URL_SAFE: GeneralPurpose = GeneralPurpose::new(&URL_SAFE, LENIENT);

pub(super) fn base64encode(input: &Value) -> Result<String, Error> {
    Ok(general_purpose::STANDARD.encode(bytes(input)?))
}

pub(super) fn base64url(input: &Value) -> Result<String, Error> {
    Ok(URL_SAFE_NO_PAD.encode(bytes(input)?))
}

/// Text where the bytes are text, else the bytes.
pub(super) fn base64decode(input: &Value) -> Result<Value, Error> {
    let decoded =
        from_base64(&text(input)?).ok_or_else(|| failed("`base64decode`: this is no base64"))?;
    Ok(text_or_bytes(decoded))
}

pub(super) fn hexencode(input: &Value) -> Result<String, Error> {
    Ok(hex(&bytes(input)?))
}

/// Either alphabet, with padding or without, with line breaks in it.
pub(super) fn from_base64(text: &str) -> Option<Vec<u8>> {
    let text: String = text
        .chars()
        .filter(|character| !character.is_ascii_whitespace())
        .collect();
    if text.contains(['-', '_']) {
        ANY_URL_SAFE.decode(text)
    } else {
        ANY_STANDARD.decode(text)
    }
    .ok()
}

pub(super) fn to_base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

pub(super) fn text_or_bytes(bytes: Vec<u8>) -> Value {
    match String::from_utf8(bytes) {
        Ok(text) => Value::from(text),
        Err(error) => Value::from_bytes(error.into_bytes()),
    }
}

/// Bytes as hex digits, in lower case.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| {
        [
            DIGITS[usize::from(byte >> 4)],
            DIGITS[usize::from(byte & 15)],
        ]
    });
    digits.map(char::from).collect()
}

/// The bytes that hex digits of either case stand for.
pub(in super::super) fn unhex(text: &str) -> Option<Vec<u8>> {
    let digit = |byte: &u8| {
        char::from(*byte)
            .to_digit(16)
            .and_then(|digit| u8::try_from(digit).ok())
    };
    if !text.len().is_multiple_of(2) {
        return None;
    }
    text.as_bytes()
        .chunks_exact(2)
        .map(|pair| Some(digit(&pair[0])? << 4 | digit(&pair[1])?))
        .collect()
}

/// How a digest or a signature is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Hex,
    Base64,
    Base64Url,
    Raw,
}

impl Encoding {
    /// The option `encoding`; hex where it is left out. Other options are refused.
    pub(super) fn from_options(filter: &str, options: &Kwargs) -> Result<Self, Error> {
        let encoding = option(options, "encoding")?;
        options.assert_all_used()?;
        match encoding.as_deref() {
            None | Some("hex") => Ok(Self::Hex),
            Some("base64") => Ok(Self::Base64),
            Some("base64url") => Ok(Self::Base64Url),
            Some("raw") => Ok(Self::Raw),
            Some(_) => Err(failed(format!(
                "`{filter}`: `encoding` is `hex`, `base64`, `base64url` or `raw`"
            ))),
        }
    }

    pub(super) fn write(self, bytes: Vec<u8>) -> Value {
        match self {
            Self::Hex => Value::from(hex(&bytes)),
            Self::Base64 => Value::from(general_purpose::STANDARD.encode(bytes)),
            Self::Base64Url => Value::from(URL_SAFE_NO_PAD.encode(bytes)),
            Self::Raw => Value::from_bytes(bytes),
        }
    }
}
