//! The body of a command: what its data options say, in the type that its headers say.

use latchwork_model::{Body, FieldsBody, TextBody};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use super::address::decode_fields;
use super::command::Command;
use super::headers::Headers;
use super::options::DataKind;
use super::{json, multipart};
use crate::literal::escape;
use crate::note::{NoteKind, Notes};

const FORM: &str = "application/x-www-form-urlencoded";
const JSON: &str = "application/json";

/// What stays as it is in a query or a form: RFC 3986's unreserved characters.
pub(crate) const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Joins the data options as curl does: with `&`, but JSON with nothing. None where there are none.
pub(crate) fn data(command: &Command, notes: &mut Notes) -> Option<String> {
    if command.data.is_empty() {
        return None;
    }
    let mut data = String::new();
    let mut is_first = true;
    for (kind, word) in &command.data {
        if !is_first && *kind != DataKind::Json {
            data.push('&');
        }
        is_first = false;
        match kind {
            DataKind::Plain | DataKind::Json if word.text.starts_with('@') => note_file(notes),
            DataKind::UrlEncode => data.push_str(&url_encoded(&word.text, notes)),
            DataKind::Plain | DataKind::Json | DataKind::Raw => data.push_str(&word.text),
        }
    }
    Some(data)
}

/// `content`, `=content`, `name=content`, `@file`, `name@file`: the name is taken as it is, the content encoded.
pub(crate) fn url_encoded(text: &str, notes: &mut Notes) -> String {
    match text.find(['=', '@']) {
        Some(0) if text.starts_with('=') => encode(&text[1..]),
        Some(index) if text.as_bytes()[index] == b'=' => {
            format!("{}={}", &text[..index], encode(&text[index + 1..]))
        }
        Some(index) => {
            note_file(notes);
            if index == 0 {
                String::new()
            } else {
                format!("{}=", &text[..index])
            }
        }
        None => encode(text),
    }
}

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

fn note_file(notes: &mut Notes) {
    notes.add(
        NoteKind::Missing,
        "Data from a file (`@…`) is not read: paste what is in it into the body.",
    );
}

/// The body, and its type taken out of the headers where the body says it itself.
pub(crate) fn read(
    command: &Command,
    data: Option<String>,
    headers: &mut Headers,
    notes: &mut Notes,
) -> Body {
    if command.uploads {
        notes.add(
            NoteKind::Missing,
            "The file to upload (`-T`) is not read: paste what is in it into the body.",
        );
    }
    if !command.form.is_empty() {
        if headers.get("content-type").is_some() {
            headers.remove("content-type");
            notes.add(
                NoteKind::LeftOut,
                "The `Content-Type` header is left out: a multipart body writes its own.",
            );
        }
        return Body::Multipart(FieldsBody {
            fields: multipart::fields(&command.form, notes),
        });
    }
    let Some(data) = data else { return Body::None };
    if command.data.iter().any(|(kind, _)| *kind == DataKind::Json) {
        headers.add_default("Content-Type", JSON);
        headers.add_default("Accept", JSON);
    }
    let content_type = headers.get("content-type").map(str::to_owned);
    typed(&data, content_type, headers, notes)
}

fn typed(
    data: &str,
    content_type: Option<String>,
    headers: &mut Headers,
    notes: &mut Notes,
) -> Body {
    let Some(content_type) = content_type else {
        if data.trim_start().starts_with(['{', '['])
            && let Some(value) = json::read_exactly(data)
        {
            notes.add(
                NoteKind::Changed,
                "The data is JSON, and no `Content-Type` says so: curl would send it as a form, here it is sent as JSON.",
            );
            return json::body(value);
        }
        return form(data).unwrap_or_else(|| text(FORM.to_owned(), data));
    };
    let media_type = content_type
        .split(';')
        .next()
        .unwrap_or_default()
        .trim()
        .to_ascii_lowercase();
    // A header that says more than the body's type would stays.
    let is_plain = content_type.trim().eq_ignore_ascii_case(&media_type);
    if media_type == JSON || media_type.ends_with("+json") {
        if let Some(value) = json::read_exactly(data) {
            if media_type == JSON && is_plain {
                headers.remove("content-type");
            }
            return json::body(value);
        }
    } else if media_type == FORM {
        if let Some(body) = form(data) {
            if is_plain {
                headers.remove("content-type");
            }
            return body;
        }
    } else if media_type == "multipart/form-data"
        && let Some(fields) = multipart::written_out(&content_type, data, notes)
    {
        headers.remove("content-type");
        return Body::Multipart(FieldsBody { fields });
    }
    headers.remove("content-type");
    text(content_type, data)
}

fn form(data: &str) -> Option<Body> {
    let fields = if data.is_empty() {
        Vec::new()
    } else {
        decode_fields(data)?
    };
    Some(Body::Form(FieldsBody { fields }))
}

fn text(content_type: String, data: &str) -> Body {
    Body::Text(TextBody {
        content_type,
        content: escape(data),
    })
}
