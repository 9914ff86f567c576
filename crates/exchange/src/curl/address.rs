//! Addresses: scheme, credentials, query and fragment taken apart.

use latchwork_model::Parameter;
use percent_encoding::percent_decode_str;
use url::Url;

use crate::literal::escape;
use crate::note::{NoteKind, Notes};

/// An address, its query taken off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Address {
    /// Not yet escaped.
    pub url: String,
    pub query: Vec<Parameter>,
    /// `user:password` that stood in the address, decoded.
    pub credentials: Option<String>,
}

impl Address {
    /// Reads an address as curl does: without a scheme it is http.
    pub fn read(text: &str, notes: &mut Notes) -> Result<Self, String> {
        // curl's own escapes, against its ranges, which browsers write too.
        let text = text
            .trim_matches(|end: char| end.is_whitespace() || end.is_control())
            .replace("\\[", "[")
            .replace("\\]", "]")
            .replace("\\{", "{")
            .replace("\\}", "}");
        if text.is_empty() {
            return Err("it is empty".to_owned());
        }
        let mut address = match text.split_once("://") {
            Some((scheme, _)) if is_scheme(scheme) => text.clone(),
            _ => {
                notes.add(
                    NoteKind::Changed,
                    "The address has no scheme: `http://` was put before it, as curl does.",
                );
                format!("http://{text}")
            }
        };
        let parsed = Url::parse(&address).map_err(|error| error.to_string())?;
        if !matches!(parsed.scheme(), "http" | "https") {
            return Err(format!("`{}` is not http or https", parsed.scheme()));
        }
        if let Some(start) = address.find('#') {
            address.truncate(start);
            notes.add(
                NoteKind::LeftOut,
                "What follows `#` in the address is left out: it is never sent.",
            );
        }
        let credentials = take_credentials(&mut address);
        let query = take_query(&mut address, notes);
        Ok(Self {
            url: address,
            query,
            credentials,
        })
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-' | b'.'))
}

/// Takes `user:password@` off the host.
fn take_credentials(address: &mut String) -> Option<String> {
    let start = address.find("://")? + 3;
    let end = address[start..]
        .find(['/', '?', '\\'])
        .map_or(address.len(), |offset| start + offset);
    let at = start + address[start..end].rfind('@')?;
    let credentials = percent_decode_str(&address[start..at])
        .decode_utf8_lossy()
        .into_owned();
    address.replace_range(start..=at, "");
    Some(credentials)
}

/// Takes the query off, where taking it apart and putting it together again gives the same.
fn take_query(address: &mut String, notes: &mut Notes) -> Vec<Parameter> {
    let Some((before, query)) = address.split_once('?') else {
        return Vec::new();
    };
    let Some(fields) = decode_fields(query) else {
        if !query.is_empty() {
            notes.add(
                NoteKind::Changed,
                "The query stays in the address: it is not made of `name=value` alone.",
            );
            return Vec::new();
        }
        address.truncate(before.len());
        return Vec::new();
    };
    address.truncate(before.len());
    fields
}

/// Reads `name=value&…`; none where it is not that, or no UTF-8.
pub(crate) fn decode_fields(encoded: &str) -> Option<Vec<Parameter>> {
    encoded
        .split('&')
        .map(|pair| {
            let (name, value) = pair.split_once('=')?;
            Some(Parameter::new(
                escape(&decode(name)?),
                escape(&decode(value)?),
            ))
        })
        .collect()
}

fn decode(encoded: &str) -> Option<String> {
    let spaced = encoded.replace('+', " ");
    Some(percent_decode_str(&spaced).decode_utf8().ok()?.into_owned())
}
