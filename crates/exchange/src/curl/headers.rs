//! Headers: `-H` lines and the options that stand for one.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use latchwork_model::Parameter;

use super::command::Command;
use super::error::{CurlErrorKind, Fault, cut};
use super::word::Word;
use crate::literal::escape;
use crate::note::{NoteKind, Notes};

/// Said where a command signs in by itself.
/// Of a user name by itself.
pub(super) const NO_PASSWORD: &str = "No password was given: curl would ask for it.";

pub(crate) const CREDENTIALS_AS_HEADER: &str = "User name and password became an `Authorization` header. A Basic auth step asks for them instead.";

/// A header before it is escaped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Header {
    pub name: String,
    pub value: String,
    enabled: bool,
}

/// Headers in their order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Headers(Vec<Header>);

impl Headers {
    /// Reads what a command says of headers. `credentials` are those of the address.
    pub fn read(
        command: &Command,
        credentials: Option<String>,
        notes: &mut Notes,
    ) -> Result<Self, Fault> {
        let mut headers = Self::default();
        for line in &command.headers {
            headers.line(line, notes)?;
        }
        let user = command
            .user
            .as_ref()
            .map(|word| (word.text.clone(), word.position));
        if let Some((user, position)) = user.or_else(|| credentials.map(|text| (text, 0))) {
            if !user.contains(':') {
                notes.add(NoteKind::Missing, NO_PASSWORD);
            }
            let pair = if user.contains(':') {
                user
            } else {
                format!("{user}:")
            };
            let value = format!("Basic {}", STANDARD.encode(pair));
            headers.option("Authorization", &value, position)?;
            notes.add(NoteKind::Changed, CREDENTIALS_AS_HEADER);
        }
        if let Some(token) = &command.bearer {
            headers.option(
                "Authorization",
                &format!("Bearer {}", token.text),
                token.position,
            )?;
        }
        if let Some(agent) = &command.user_agent {
            headers.option("User-Agent", &agent.text, agent.position)?;
        }
        if let Some(referer) = &command.referer {
            let text = referer.text.strip_suffix(";auto").unwrap_or(&referer.text);
            headers.option("Referer", text, referer.position)?;
        }
        headers.cookies(&command.cookies, notes)?;
        Ok(headers)
    }

    fn line(&mut self, line: &Word, notes: &mut Notes) -> Result<(), Fault> {
        let text = line.text.as_str();
        if text.starts_with('@') {
            notes.add(
                NoteKind::Missing,
                "Headers from a file (`-H @…`) are left out: add them by hand.",
            );
            return Ok(());
        }
        // A name that begins with a colon is HTTP/2's own, which older browsers copied.
        let colon = text
            .char_indices()
            .skip(1)
            .find(|(_, character)| *character == ':')
            .map(|(index, _)| index);
        let (name, value) = match (colon, text.strip_suffix(';')) {
            (Some(colon), _) => (
                text[..colon].trim(),
                text[colon + 1..].trim_matches([' ', '\t']),
            ),
            (None, Some(name)) => {
                return self.push(name.trim(), String::new(), line.position);
            }
            (None, None) => {
                notes.add(
                    NoteKind::LeftOut,
                    "A header without a colon is left out, as curl does.",
                );
                return Ok(());
            }
        };
        if value.is_empty() {
            notes.add(
                NoteKind::LeftOut,
                "Headers with nothing behind the colon are left out: they tell curl to send none.",
            );
            return Ok(());
        }
        if let Some(reason) = sent_anyway(name) {
            notes.add(
                NoteKind::LeftOut,
                format!("The header `{}` is left out: {reason}.", cut(name)),
            );
            return Ok(());
        }
        if is_of_browser(name) {
            notes.add(
                NoteKind::Changed,
                "Headers that only a browser sends (`sec-…`, `priority` and the like) are there, switched off.",
            );
        }
        self.push(name, value.to_owned(), line.position)
    }

    /// Adds what an option stands for, where no header says otherwise.
    fn option(&mut self, name: &str, value: &str, position: usize) -> Result<(), Fault> {
        let value = value.trim_matches([' ', '\t']);
        if self.get(name).is_none() && !value.is_empty() {
            self.push(name, value.to_owned(), position)?;
        }
        Ok(())
    }

    fn cookies(&mut self, words: &[Word], notes: &mut Notes) -> Result<(), Fault> {
        let mut cookies: Vec<&str> = Vec::new();
        for word in words {
            if word.text.contains('=') {
                cookies.push(word.text.trim().trim_end_matches(';'));
            } else {
                notes.add(
                    NoteKind::Missing,
                    "Cookies from a file (`-b` without `=`) are left out. A run keeps its own.",
                );
            }
        }
        let position = words.first().map_or(0, |word| word.position);
        self.option("Cookie", &cookies.join("; "), position)
    }

    fn push(&mut self, name: &str, value: String, position: usize) -> Result<(), Fault> {
        let fault = |reason| Fault {
            position,
            kind: CurlErrorKind::InvalidHeader {
                name: cut(name),
                reason,
            },
        };
        if !is_token(name) {
            return Err(fault("a name has letters, digits and dashes"));
        }
        if value.contains(['\r', '\n', '\0']) {
            return Err(fault("its value has a line's end in it"));
        }
        self.0.push(Header {
            name: name.to_owned(),
            value,
            enabled: !is_of_browser(name),
        });
        Ok(())
    }

    /// The value of a header.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|header| header.name.eq_ignore_ascii_case(name))
            .map(|header| header.value.as_str())
    }

    /// Takes a header away.
    pub fn remove(&mut self, name: &str) {
        self.0
            .retain(|header| !header.name.eq_ignore_ascii_case(name));
    }

    /// Adds a header where there is none of that name.
    pub fn add_default(&mut self, name: &str, value: &str) {
        if self.get(name).is_none() {
            self.0.push(Header {
                name: name.to_owned(),
                value: value.to_owned(),
                enabled: true,
            });
        }
    }

    pub fn into_parameters(self) -> Vec<Parameter> {
        let parameter = |header: &Header| Parameter {
            enabled: header.enabled,
            ..Parameter::new(header.name.as_str(), escape(&header.value))
        };
        self.0.iter().map(parameter).collect()
    }
}

/// A token of RFC 9110 section 5.6.2.
pub(crate) fn is_token(text: &str) -> bool {
    !text.is_empty()
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte))
}

/// Why a header is not taken over: what sends the request writes it itself.
fn sent_anyway(name: &str) -> Option<&'static str> {
    match name.to_ascii_lowercase().as_str() {
        "content-length" => Some("it is counted when the request is sent"),
        "host" => Some("it comes from the address"),
        "accept-encoding" => Some("what can be unpacked is asked for anyway"),
        "connection" | "proxy-connection" | "keep-alive" | "transfer-encoding" | "upgrade" => {
            Some("it belongs to the connection")
        }
        _ if name.starts_with(':') => Some("it is HTTP/2's own"),
        _ => None,
    }
}

fn is_of_browser(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    name.starts_with("sec-")
        || matches!(
            name.as_str(),
            "dnt" | "priority" | "te" | "upgrade-insecure-requests"
        )
}
